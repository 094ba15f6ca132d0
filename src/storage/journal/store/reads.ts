import type { CheckpointStore, LaneFacts, Page, Reading, ThreadRow } from '../../engine/index.ts';
import { operate, type Operation } from '../operate.ts';
import type { JournaledStoreParts } from './entry.ts';

type Reads = Pick<
  CheckpointStore,
  'read' | 'page' | 'segments' | 'lanes' | 'threads' | 'threadRow' | 'segmentDigests'
>;

/** Gives the reads: from the server, or from what is known of a thread while it is away. */
export function readsOf(parts: JournaledStoreParts): Reads {
  const { remote, threads } = parts;
  const reading = <Value>(
    thread: string | undefined,
    ways: Pick<Operation<Value>, 'remotely' | 'locally' | 'isLess' | 'answered'>,
  ): Promise<Value> => operate(parts, { thread, kind: 'read', ...ways });
  return {
    read: async (lane, id) =>
      reading<Reading>(lane.thread, {
        remotely: async () => remote.store.read(lane, id),
        locally: ({ mirror }) => mirror.read(lane, id),
        isLess: ({ facts }) => threads.isLess(lane.thread, new Map([[lane.ns, facts]])),
        answered: (answer) => threads.learn(lane, answer),
      }),
    page: async (page) =>
      reading(page.thread, {
        remotely: async () => remote.store.page(page),
        locally: ({ mirror }) => mirror.page(page),
        isLess: (found) => found.length === 0 && isOfAll(page) && threads.hasAny(page.thread),
      }),
    segments: async (thread, digests) =>
      reading(thread, {
        remotely: async () => remote.store.segments(thread, digests),
        locally: ({ mirror }) => mirror.segments(digests),
        isLess: (found) => digests.some((digest) => !found.has(digest)),
      }),
    lanes: async (thread) =>
      reading<ReadonlyMap<string, LaneFacts>>(thread, {
        remotely: async () => remote.store.lanes(thread),
        locally: ({ mirror }) => mirror.lanes(),
        isLess: (lanes) => threads.isLess(thread, lanes, true),
        answered: (lanes) => threads.acknowledged(thread, lanes, true),
      }),
    threads: async () =>
      reading(undefined, {
        remotely: async () => remote.store.threads(),
        locally: () => undefined,
      }),
    threadRow: async (thread) => {
      const { row } = await reading(thread, {
        remotely: async () => ({ row: await remote.store.threadRow(thread) }),
        locally: ({ mirror }) => ({ row: mirror.row }),
        isLess: ({ row: found }) => lacksRow(parts, thread, found),
      });
      return row;
    },
    segmentDigests: async (thread) =>
      reading(thread, {
        remotely: async () => remote.store.segmentDigests(thread),
        locally: () => undefined,
      }),
  };
}

/** Whether a page begins with the newest of all checkpoints of a thread. */
function isOfAll(page: Page): page is Page & { readonly thread: string } {
  const { thread, ns, id, before, after } = page;
  return thread !== undefined && [ns, id, before, after].every((each) => each === undefined);
}

/** Whether the server does not know any more that a thread was deleted once. */
export function lacksRow(
  { threads }: JournaledStoreParts,
  thread: string,
  found: ThreadRow | undefined,
): boolean {
  return found === undefined && threads.get(thread)?.mirror.row !== undefined;
}
