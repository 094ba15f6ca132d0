import { StorageUnavailableError } from '../../../errors/index.ts';
import type { Client } from '../client.ts';
import { threadsKey } from '../keys.ts';

/** How long an entry is believed to be there. */
const BELIEVED_MS = 60_000;

/** The entries by which all threads can be listed. */
export interface ThreadEntries {
  /** Whether a thread is believed to be listed. */
  has(thread: string): boolean;
  /** Makes sure that a thread that was written is listed. */
  enter(thread: string): Promise<void>;
  /** Takes a thread that was deleted off the list. */
  leave(thread: string): Promise<void>;
}

/**
 * Keeps the list of all threads, which lies outside the slots of the threads and may thus be on another server, away
 * while theirs answers. What could not be entered is entered by a later write, and so is what was lost: each process
 * enters a thread anew when it has not done so for a minute.
 */
export function createThreadEntries(
  client: Pick<Client, 'command'>,
  prefix: string,
  nowMs: () => number = () => performance.now(),
): ThreadEntries {
  const believed = new Map<string, number>();
  const key = threadsKey(prefix);
  const has = (thread: string): boolean => (believed.get(thread) ?? 0) > nowMs();
  const later = (error: unknown): void => {
    if (!(error instanceof StorageUnavailableError)) throw error;
  };
  return {
    has,
    enter: async (thread) => {
      if (has(thread)) return;
      const now = nowMs();
      // The oldest come first.
      for (const [name, until] of believed) {
        if (until > now) break;
        believed.delete(name);
      }
      await client
        .command('ZADD', key, 0, thread)
        .then(() => believed.set(thread, now + BELIEVED_MS), later);
    },
    leave: async (thread) => {
      believed.delete(thread);
      // An entry that stays names a thread that has nothing; who lists all threads takes it off.
      await client.command('ZREM', key, thread).catch(later);
    },
  };
}
