import { readFileSync } from 'node:fs';

/** What a process has taken so far. */
export interface Resources {
  readonly cpuMs: number;
  readonly rssBytes: number;
}

// Linux counts processor time for programs in hundredths of a second on every architecture that Node runs on, and pages here
// are of 4 KiB; on 64 KiB pages the figure is too small, so that the limit is looser.
const TICK_MS = 10;
const PAGE_BYTES = 4096;

/** Reads what a process has taken; undefined where the system does not tell (anything but Linux), or when it has ended. */
export function resourcesOf(pid: number): Resources | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is a name in parentheses, which may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { cpuMs: ticks * TICK_MS, rssBytes: Number(fields[21]) * PAGE_BYTES };
  } catch {
    return undefined;
  }
}
