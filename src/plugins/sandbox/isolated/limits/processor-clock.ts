import { openSync, readFileSync, readlinkSync, readSync } from 'node:fs';

const MAX_BYTES = 128;
const NS_PER_MS = 1e6;

/** Tells milliseconds of a clock that only goes forward; where it begins means nothing. */
export type Clock = () => number;

/** The name that the operating system has for this thread; undefined where it does not count what a thread takes. */
export function threadName(): string | undefined {
  try {
    const name = readlinkSync('/proc/thread-self');
    // A kernel that does not count gives zeros.
    return processorMs(readFileSync(fileOf(name), 'latin1')) > 0 ? name : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A clock of the processor time that this thread has taken: what a busy machine gives to others is not counted. It goes forward
 * with the system's ticks (a few milliseconds).
 *
 * @param name - From {@link threadName}. Without one, the clock is that of the time that passes: it counts more, never less.
 * @see https://docs.kernel.org/scheduler/sched-stats.html (schedstat: nanoseconds on the processor come first)
 */
export function clockOfThisThread(name: string | undefined): Clock {
  if (name === undefined) return passingTime;
  // Open for as long as the thread lives, which closes it: a read takes microseconds, and each call begins with one.
  const file = openSync(fileOf(name), 'r');
  const bytes = Buffer.alloc(MAX_BYTES);
  return () => processorMs(bytes.toString('latin1', 0, readSync(file, bytes, 0, MAX_BYTES, 0)));
}

/**
 * The same clock, looked at from another thread of the process.
 *
 * @param name - What {@link threadName} gave in the thread that is looked at.
 * @returns Infinity when that thread is no more.
 */
export function lookAtClock(name: string | undefined): number {
  if (name === undefined) return passingTime();
  try {
    return processorMs(readFileSync(fileOf(name), 'latin1'));
  } catch {
    return Infinity;
  }
}

function fileOf(name: string): string {
  return `/proc/${name}/schedstat`;
}

function processorMs(text: string): number {
  return Number(text.split(' ', 1)[0]) / NS_PER_MS;
}

/** Counted from the same moment in all threads. */
function passingTime(): number {
  return performance.timeOrigin + performance.now();
}
