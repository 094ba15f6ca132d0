import type { Journal } from '../../../journal/index.ts';
import type { LockOptions, ThreadLock } from '../../../thread-lock.ts';
import type { Leases } from '../leases.ts';

/**
 * Gives locks of which the journal knows: one is given back only once the server has everything that was written under
 * it, since its next holder would begin with less.
 */
export function journaledLocks(
  leases: Leases,
  journal: Journal,
): (thread: string, options?: LockOptions) => Promise<ThreadLock> {
  return async (thread, options) => {
    const lock = await leases.lock(thread, options).catch((error: unknown) => {
      throw journal.explain(error);
    });
    journal.locked(thread, options?.isNew ?? false);
    const release = async (): Promise<void> =>
      journal.whenStored(thread, async () => lock.release());
    return Object.freeze({ ...lock, release, [Symbol.asyncDispose]: release });
  };
}
