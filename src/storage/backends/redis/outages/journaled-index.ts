import { systemClock } from '../../../../kernel/index.ts';
import type { Journal } from '../../../journal/index.ts';
import {
  ThreadRecord,
  type ThreadEntry,
  type ThreadIndex,
  type ThreadQuery,
} from '../../../thread-record.ts';

/** Gives the list of threads in which threads that go on while the server is away are kept up to date as well. */
export function journaledIndex(index: ThreadIndex, journal: Journal): ThreadIndex {
  return Object.freeze({
    upsert: async (entry: ThreadEntry) => {
      const now = systemClock.now();
      const record = { ...entry, createdAt: now, updatedAt: now };
      return journal.makeNote<ThreadRecord>({
        thread: entry.thread,
        text: JSON.stringify(record),
        remotely: async () => index.upsert(entry),
        locally: () => Object.freeze(record),
      });
    },
    get: async (thread: string) =>
      journal.readNote<ThreadRecord | undefined>(thread, {
        remotely: async () => index.get(thread),
        from: (text) => ThreadRecord.parse(JSON.parse(text)),
      }),
    list: async (query?: ThreadQuery) => index.list(query),
  });
}

/** Puts a note of {@link journaledIndex} into the list, unless something newer stands there. */
export async function putNote(index: ThreadIndex, thread: string, text: string): Promise<void> {
  const { createdAt: _, updatedAt, ...entry } = ThreadRecord.parse(JSON.parse(text));
  const there = await index.get(thread);
  if (there === undefined || there.updatedAt < updatedAt) await index.upsert({ ...entry, thread });
}
