import type { ThreadQuery, ThreadRecord } from '../storage/index.ts';
import type { AppStorage } from './store/open-storage.ts';

/** A thread of the list. */
export interface ListedThread extends ThreadRecord {
  /** Present where some of it was written while the server was away. */
  readonly degraded?: true;
}

const AT_ONCE = 32;

/** Lists threads as the store does, and says of each whether some of it was written while the server was away. */
export async function listThreads(
  storage: AppStorage,
  query: ThreadQuery,
): Promise<readonly ListedThread[]> {
  const records = await storage.threads.list(query);
  if (storage.kind !== 'redis') return records;
  const listed: ListedThread[] = [];
  for (let at = 0; at < records.length; at += AT_ONCE) {
    const some = records.slice(at, at + AT_ONCE).map(async (record) => marked(storage, record));
    // oxlint-disable-next-line no-await-in-loop
    listed.push(...(await Promise.all(some)));
  }
  return listed;
}

async function marked(storage: AppStorage, record: ThreadRecord): Promise<ListedThread> {
  const { thread } = record;
  if (storage.degradedSince(thread) !== undefined) return { ...record, degraded: true };
  const newest = await storage.checkpointer.getTuple({ configurable: { thread_id: thread } });
  return isMarked(newest?.metadata) ? { ...record, degraded: true } : record;
}

/** The storage says so in the metadata of each checkpoint that it kept for itself. */
export function isMarked(metadata: object | undefined): boolean {
  return metadata !== undefined && Reflect.get(metadata, 'degraded') === true;
}
