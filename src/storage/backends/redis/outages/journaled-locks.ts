import type { Journal } from '../../../journal/index.ts';
import type { LockOptions, ThreadLock } from '../../../thread-lock.ts';
import type { Leases } from '../leases.ts';

/** A lock that nobody in this process needs any more, and that the server has not been given back yet. */
interface Waiting {
  readonly lock: ThreadLock;
}

/**
 * Gives locks of which the journal knows: one is given back only once the server has everything that was written under
 * it, since its next holder would begin with less. Until then this process may take it up again, also without the server.
 */
export function journaledLocks(
  leases: Leases,
  journal: Journal,
): (thread: string, options?: LockOptions) => Promise<ThreadLock> {
  const waiting = new Map<string, Waiting>();
  const lend = (lock: ThreadLock): ThreadLock => {
    const { thread } = lock;
    let isReleased = false;
    const release = async (): Promise<void> => {
      if (isReleased) return;
      isReleased = true;
      const place = { lock };
      waiting.set(thread, place);
      await journal.whenStored(thread, async () => {
        // It was taken up again.
        if (waiting.get(thread) !== place) return;
        waiting.delete(thread);
        await lock.release();
      });
    };
    return Object.freeze({ ...lock, release, [Symbol.asyncDispose]: release });
  };
  return async (thread, options) => {
    const kept = waiting.get(thread)?.lock;
    if (kept !== undefined && !kept.signal.aborted) {
      waiting.delete(thread);
      return lend(kept);
    }
    const lock = await leases.lock(thread, options).catch((error: unknown) => {
      throw journal.explain(error);
    });
    journal.locked(thread, options?.isNew ?? false);
    return lend(lock);
  };
}
