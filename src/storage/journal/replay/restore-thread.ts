import { sealHead, type HeadRow, type Keyring } from '../../engine/index.ts';
import type { CheckpointStore } from '../../engine/index.ts';
import type { LaneSnapshot } from '../log/index.ts';
import type { ThreadMirror } from '../thread-mirror.ts';

/**
 * Puts back a thread that the store has lost altogether, as far as it is known here: its latest state and what came in
 * the last minute. What is older is gone with the store; the heads are sealed anew for what there is.
 *
 * @returns how many checkpoints were put back, or `undefined`, and no change, where the store has something of the thread.
 */
export async function restoreThread(
  { store, keys }: { readonly store: CheckpointStore; readonly keys: () => Keyring },
  mirror: ThreadMirror,
): Promise<number | undefined> {
  const { thread } = mirror;
  const { lanes, row } = mirror.snapshot();
  const heads = new Map<string, HeadRow>();
  const segments = new Map<string, Uint8Array>();
  const checkpoints = lanes.flatMap((lane) => {
    const rows = lane.rows.filter(({ segments: digests }) => {
      const found = mirror.segments(digests);
      for (const [digest, bytes] of found ?? []) segments.set(digest, bytes);
      return found !== undefined;
    });
    const head = headOf(keys, thread, { ...lane, rows });
    if (head === undefined) return [];
    heads.set(lane.ns, head);
    return rows.map((each) => ({ ns: lane.ns, row: each, writes: writesOf(lane, each.id) }));
  });
  if (checkpoints.length === 0) return undefined;
  const stage = await store.stage(thread);
  await stage.put({ checkpoints, segments });
  const isDone = await stage.finish({
    heads,
    segments: segments.size,
    thread: row,
    expectedHeads: new Map(),
    expectedThread: undefined,
  });
  if (!isDone) return undefined;
  for (const { ns, head } of lanes) {
    const put = heads.get(ns);
    if (head !== undefined && put !== undefined) mirror.sealedAnew(ns, head, put);
  }
  for (const lane of lanes) {
    // Writes may have come before their checkpoint.
    for (const { id, rows } of lane.writes.filter((each) => !hasRow(lane, each.id))) {
      await store.commitWrites({
        lane: { thread, ns: lane.ns },
        id,
        rows,
        expectedThread: row?.mac,
      });
    }
  }
  return checkpoints.length;
}

function headOf(
  keys: () => Keyring,
  thread: string,
  { ns, head, rows }: LaneSnapshot,
): HeadRow | undefined {
  if (head === undefined || !rows.some(({ id }) => id === head.id)) return undefined;
  if (rows.length === head.count) return head;
  const lastSeq = Math.max(...rows.map(({ seq }) => seq));
  const { id, revision } = head;
  return sealHead(keys().current, { thread, ns }, { id, revision, lastSeq, count: rows.length });
}

function writesOf(lane: LaneSnapshot, id: string): LaneSnapshot['writes'][number]['rows'] {
  return lane.writes.find((each) => each.id === id)?.rows ?? [];
}

function hasRow({ rows }: LaneSnapshot, id: string): boolean {
  return rows.some((row) => row.id === id);
}
