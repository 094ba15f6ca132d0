import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** What tells one process from every other, also after its number was given to a new one. */
export interface ProcessIdentity {
  /** The place where the number means something: one boot of one machine, and there one PID namespace. */
  readonly host: string;
  readonly pid: number;
  /** When it started, in the kernel's own ticks; empty where the system does not tell. */
  readonly start: string;
}

/** Gives the identity of this process. */
export function currentProcess(): ProcessIdentity {
  return { host: currentHost(), pid: process.pid, start: startOf(process.pid) ?? '' };
}

/**
 * Tells whether `other` is known to have ended. A process on another host, in another container or from before a
 * restart is never known: `false`.
 */
export function hasEnded(other: ProcessIdentity, here: ProcessIdentity): boolean {
  if (other.host !== here.host) return false;
  if (!exists(other.pid)) return true;
  const start = startOf(other.pid);
  if (start === undefined) return false;
  return start !== other.start && other.start !== '';
}

function currentHost(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    // No /proc on this system; its name is the best there is.
    return hostname();
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** The start of a living process; `ended` for one that is dead and only waits to be reaped. */
function startOf(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // No /proc, or the process ended just now: not known from here.
    return undefined;
  }
  // proc(5): the command, in parentheses, may hold anything; after it come the state (3) and, as field 22, starttime.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0] ?? '';
  return 'ZX'.includes(state) ? 'ended' : fields[19];
}
