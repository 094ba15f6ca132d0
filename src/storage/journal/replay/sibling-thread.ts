import { createHash } from 'node:crypto';

import { compareWritesSortKeys, writesSortKey } from '@langchain/langgraph-checkpoint';
import type { BaseCheckpointSaver, PendingWrite } from '@langchain/langgraph-checkpoint';

import type { CheckpointStore, StoredCheckpoint, WriteRow } from '../../engine/index.ts';
import type { ThreadMirror } from '../thread-mirror.ts';

const LONGEST = 128;
const MARK_CHARACTERS = 12;

/** What a sibling is written with. */
export interface SiblingParts {
  /** Gives a saver with the keys of the storage, on any store. */
  readonly saverOn: (store: CheckpointStore) => BaseCheckpointSaver;
  readonly store: CheckpointStore;
}

/** A branch in a thread of its own. */
export interface Sibling {
  readonly thread: string;
  readonly checkpoints: number;
}

/**
 * Gives the name of the thread that takes in the branch of `thread` which begins with the checkpoint sealed by `mac`.
 * It is the same each time, so that what was interrupted can be done again.
 */
export function siblingName(thread: string, mac: Uint8Array): string {
  const mark = createHash('sha256').update(thread).update('\0').update(mac).digest('hex');
  const end = `.conflict-${mark.slice(0, MARK_CHARACTERS)}`;
  return thread.slice(0, LONGEST - end.length) + end;
}

/**
 * Writes what is known of a thread into another one, sealed for that one. Each checkpoint says in its metadata
 * (`sibling_of`) where it comes from.
 *
 * @throws what the store throws; STORAGE_INTEGRITY for a row that is not what was sealed.
 */
export async function writeSibling(
  parts: SiblingParts,
  mirror: ThreadMirror,
  sibling: string,
): Promise<Sibling> {
  const { saverOn, store } = parts;
  const source = saverOn(mirrorStore(store, mirror));
  const target = saverOn(store);
  let checkpoints = 0;
  for (const found of rowsInOrder(mirror)) {
    const { lane, row, writes } = found;
    const at = { thread_id: lane.thread, checkpoint_ns: lane.ns, checkpoint_id: row.id };
    const tuple = await source.getTuple({ configurable: at });
    if (tuple === undefined) continue;
    const { checkpoint, metadata = { source: 'fork', step: 0, parents: {} } } = tuple;
    const parent = row.parent === null ? {} : { checkpoint_id: row.parent };
    const into = { thread_id: sibling, checkpoint_ns: lane.ns };
    const marked = Object.assign({ ...metadata }, { sibling_of: lane.thread });
    await target.put({ configurable: { ...into, ...parent } }, checkpoint, marked, {});
    const config = { configurable: { ...into, checkpoint_id: row.id } };
    for (const [task, { path, values }] of byTask(writes, tuple.pendingWrites ?? [])) {
      await target.putWrites(config, values, task, path);
    }
    checkpoints += 1;
  }
  return { thread: sibling, checkpoints };
}

function rowsInOrder(mirror: ThreadMirror): readonly StoredCheckpoint[] {
  const { thread } = mirror;
  return mirror
    .snapshot()
    .lanes.flatMap(({ ns, rows, writes }) =>
      rows.map((row) => ({
        lane: { thread, ns },
        row,
        writes: writes.find(({ id }) => id === row.id)?.rows ?? [],
      })),
    )
    .filter(({ row }) => mirror.segments(row.segments) !== undefined);
}

interface TaskWrites {
  readonly path: string;
  readonly values: PendingWrite[];
}

/** The saver gives values in the order of their places; the rows say which task and path each has. */
function byTask(
  rows: readonly WriteRow[],
  values: readonly (readonly [string, string, unknown])[],
): ReadonlyMap<string, TaskWrites> {
  const key = ({ path, task, idx }: WriteRow): ReturnType<typeof writesSortKey> =>
    writesSortKey(path, task, idx);
  const sorted = rows.toSorted((one, other) => compareWritesSortKeys(key(one), key(other)));
  const tasks = new Map<string, TaskWrites>();
  for (const [index, row] of sorted.entries()) {
    const [, channel = row.channel, value] = values[index] ?? [];
    const known = tasks.get(row.task) ?? { path: row.path, values: [] };
    known.values.push([channel, value]);
    tasks.set(row.task, known);
  }
  return tasks;
}

/** A store that has one thread, as far as it is known here. */
function mirrorStore(store: CheckpointStore, mirror: ThreadMirror): CheckpointStore {
  return {
    ...store,
    read: async (lane, id) => {
      const facts = { head: undefined, thread: undefined, count: 0, lastSeq: 0 };
      return mirror.read(lane, id) ?? { facts, found: undefined, segments: new Map() };
    },
  };
}
