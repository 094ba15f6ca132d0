import { setTimeout as delay } from 'node:timers/promises';

import { ThreadBusyError } from './errors/index.ts';

const DEFAULT_WAIT_MS = 30_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 200;

/** For how long one who waits keeps the place in the line without asking again. */
export const PLACE_MS = 2_000;

/** A place in a line that somebody else keeps in order. */
export interface Place<Taken> {
  /** Takes what is waited for, and keeps the place otherwise. @throws {@link ThreadBusyError} while it is not our turn. */
  attempt(): Promise<Taken>;
  /** Gives the place up. */
  leave(): Promise<void>;
}

/**
 * Waits until it is our turn.
 *
 * @throws {@link ThreadBusyError} after `waitMs`; the reason of `signal` when it is aborted.
 */
export async function waitInLine<Taken>(
  place: Place<Taken>,
  how: { readonly waitMs?: number | undefined; readonly signal?: AbortSignal | undefined },
): Promise<Taken> {
  try {
    return await askAgain(place, how);
  } catch (error) {
    await place.leave();
    throw error;
  }
}

async function askAgain<Taken>(
  place: Place<Taken>,
  { waitMs = DEFAULT_WAIT_MS, signal }: Parameters<typeof waitInLine>[1],
): Promise<Taken> {
  const giveUpAt = performance.now() + waitMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    signal?.throwIfAborted();
    try {
      return await place.attempt();
    } catch (error) {
      const isOver = performance.now() + pauseMs > giveUpAt;
      if (!(error instanceof ThreadBusyError) || isOver) throw error;
    }
    await delay(pauseMs);
  }
}
