import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

import { isPhasegateError, systemClock } from '../../kernel/index.ts';
import type { ThreadLock } from '../../storage/index.ts';
import type { AppStorage } from './open-storage.ts';

const POLL_MS = 200;
const OWNER = `command-line on ${hostname()}`;

/** What {@link lockThread} works with. */
export interface LockingParts {
  readonly storage: Pick<AppStorage, 'lockThread'>;
  /** How long a lock outlives a holder that stopped renewing it. */
  readonly leaseMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Told once when there is something to wait for, and for how many milliseconds at most. */
  readonly onWait?: ((atMostMs: number) => void) | undefined;
}

/**
 * Takes the right to write a thread. Where its holder was a process of this machine that has ended without giving it free,
 * as on a server that was away just then, it waits until the lease has run out; everybody else's lock is respected at once.
 *
 * @throws STORAGE_THREAD_BUSY while somebody else holds it.
 */
export async function lockThread(
  thread: string,
  { storage, leaseMs, signal, onWait }: LockingParts,
): Promise<ThreadLock> {
  const giveUpAtMs = systemClock.monotonicMs() + leaseMs + POLL_MS;
  for (let waits = 0; ; waits += 1) {
    try {
      // Each try depends on the one before.
      // oxlint-disable-next-line no-await-in-loop
      return await storage.lockThread(thread, { owner: OWNER });
    } catch (error) {
      if (!isLeftBehind(error) || systemClock.monotonicMs() >= giveUpAtMs) throw error;
    }
    if (waits === 0) onWait?.(leaseMs);
    // oxlint-disable-next-line no-await-in-loop
    await delay(POLL_MS, undefined, signal === undefined ? {} : { signal });
  }
}

/** Whether the thread is held by a process of this machine that is gone. */
function isLeftBehind(error: unknown): boolean {
  if (!isPhasegateError(error) || error.code !== 'STORAGE_THREAD_BUSY') return false;
  const { owner, pid } = error.details;
  return owner === OWNER && typeof pid === 'number' && !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
