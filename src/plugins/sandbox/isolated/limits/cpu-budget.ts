import type { Clock } from './processor-clock.ts';

/** How far the processor's clock may be behind: it goes forward with the system's ticks. */
const TICK_MS = 10;
/** Near its end, a budget asks the processor's clock no more often than this. */
const MIN_LOOK_MS = 2;

/**
 * The processor time of one call.
 *
 * The time that passes is looked at first, since that costs next to nothing; the processor's clock is asked only when so much has
 * passed that the budget could be spent. On a machine that is busy with other things it mostly is not.
 */
export interface CpuBudget {
  /**
   * A call begins.
   *
   * @param maxMs - What it may take of the processor.
   * @param from - Where the processor's clock stands.
   */
  begin(maxMs: number, from: number): void;
  /** The call waits: until {@link CpuBudget.resume} nothing is counted. */
  pause(): void;
  /** @param from - Where the processor's clock stands. */
  resume(from: number): void;
  /** True once the call has taken all that it may. */
  isSpent(): boolean;
  /** Milliseconds that the call has taken, at the last pause. */
  spentMs(): number;
}

/**
 * @param processor - Of the thread that the call runs in.
 * @param now - The time that passes, in milliseconds.
 */
export function createCpuBudget(processor: Clock, now: Clock): CpuBudget {
  let maxMs = 0;
  let passedMs = 0;
  let takenMs = 0;
  let resumedAt = 0;
  let base = 0;
  let lookAt = 0;
  const resume = (from: number): void => {
    base = from;
    resumedAt = now();
    lookAt = resumedAt + maxMs - passedMs;
  };
  return {
    begin: (allowedMs, from) => {
      maxMs = allowedMs;
      passedMs = 0;
      takenMs = 0;
      resume(from);
    },
    pause: () => {
      passedMs += now() - resumedAt;
      takenMs += processor() - base;
    },
    resume,
    isSpent: () => {
      if (now() <= lookAt) return false;
      const leftMs = maxMs - takenMs - (processor() - base);
      if (leftMs <= 0) return true;
      lookAt = now() + Math.max(MIN_LOOK_MS, leftMs);
      return false;
    },
    spentMs: () => Math.min(passedMs, takenMs + TICK_MS),
  };
}
