import {
  StateContentionError,
  StateIntegrityError,
  UnknownStateKeyError,
} from '../errors/index.ts';
import type { HeadRow, LaneFacts, LaneRemoval, StoredCheckpoint } from './checkpoint-store.ts';
import type { WritingParts } from './committer.ts';
import { eraseThread } from './erase-thread.ts';
import { checkFacts } from './lane-reader.ts';
import { isHeadSound, isNamed, sealHead, type RollbackOrder } from './seals/index.ts';

const ATTEMPTS = 10;
const PAGE = 500;

/**
 * Takes back what was put into a thread since it had `marks` for its heads, by namespace. Its revision goes on growing,
 * so that nobody takes the older state for one that was put back by somebody else. A thread that had nothing is deleted.
 *
 * @param order - Read by `readOrder`. It is carried out once: on what the thread held when it was given, or not at all.
 * @returns How many checkpoints were taken back.
 * @throws {@link StateIntegrityError} also where a mark is no head that this thread ever had, and for an order that was
 * given for another state of the thread; {@link StateContentionError}.
 */
export async function rollBackThread(
  parts: WritingParts,
  order: RollbackOrder,
  marks: ReadonlyMap<string, HeadRow>,
): Promise<number> {
  const { store, memory } = parts;
  const { thread } = order;
  for (const [ns, mark] of marks) checkMark(parts, { thread, ns }, mark);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const facts = await store.lanes(thread);
    const plans = await planLanes(parts, { thread, facts }, marks);
    const lanes = plans.map(({ removal }) => removal);
    const count = lanes.reduce((sum, { ids }) => sum + ids.length, 0);
    if (count === 0) return 0;
    for (const [ns, { head }] of facts) {
      if (isNamed(order, ns, head)) continue;
      const at = { thread, ns, checkpoint: head?.id ?? '' };
      throw new StateIntegrityError(at, 'the order to roll it back was given for another state');
    }
    if (plans.every(({ kept }) => kept === 0)) {
      await eraseThread(parts, thread);
      return count;
    }
    // Parts that only they referred to go with the next pruning.
    if (await store.remove({ thread, lanes, segments: [] })) {
      memory.forgetLanes(thread);
      return count;
    }
  }
  throw new StateContentionError(thread, ATTEMPTS);
}

function checkMark(
  { keys }: WritingParts,
  lane: { readonly thread: string; readonly ns: string },
  mark: HeadRow,
): void {
  const key = keys.find(mark.keyId);
  if (key === undefined) throw new UnknownStateKeyError(lane.thread, mark.keyId);
  if (isHeadSound(key, lane, mark)) return;
  const at = { ...lane, checkpoint: mark.id };
  throw new StateIntegrityError(at, 'what it is to be rolled back to was edited');
}

async function planLanes(
  parts: WritingParts,
  { thread, facts: all }: { readonly thread: string; readonly facts: Lanes },
  marks: ReadonlyMap<string, HeadRow>,
): Promise<readonly LanePlan[]> {
  const plans: LanePlan[] = [];
  for (const [ns, facts] of all) {
    checkFacts(parts.keys, { thread, ns }, { facts, memory: parts.memory.thread(thread) });
    plans.push(await planLane(parts, { thread, ns, facts }, marks.get(ns)?.lastSeq ?? 0));
  }
  return plans;
}

type Lanes = ReadonlyMap<string, LaneFacts>;

interface LanePlan {
  readonly kept: number;
  readonly removal: LaneRemoval;
}

async function planLane(
  parts: WritingParts,
  lane: { readonly thread: string; readonly ns: string; readonly facts: LaneFacts },
  lastSeq: number,
): Promise<LanePlan> {
  const { thread, ns, facts } = lane;
  const all = await readLane(parts, thread, ns);
  const kept = all.filter(({ row }) => row.seq <= lastSeq);
  const ids = all.filter(({ row }) => row.seq > lastSeq).map(({ row }) => row.id);
  const head = sealHead(
    parts.keys.current,
    { thread, ns },
    {
      // Newest first. A lane of which nothing is left keeps its head, and with it the count of its revisions.
      id: kept[0]?.row.id ?? '',
      revision: (facts.head?.revision ?? 0) + (ids.length > 0 ? 1 : 0),
      lastSeq: Math.max(0, ...kept.map(({ row }) => row.seq)),
      count: kept.length,
    },
  );
  const expectedHead = facts.head?.mac ?? new Uint8Array();
  return { kept: kept.length, removal: { ns, ids, head, expectedHead } };
}

async function readLane(
  { store }: WritingParts,
  thread: string,
  ns: string,
): Promise<readonly StoredCheckpoint[]> {
  const all: StoredCheckpoint[] = [];
  const page = { thread, ns, id: undefined, before: undefined, limit: PAGE };
  for (;;) {
    const found = await store.page({ ...page, after: all.at(-1) });
    all.push(...found);
    if (found.length < PAGE) return all;
  }
}
