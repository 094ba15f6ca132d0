import { StateContentionError } from '../errors/index.ts';
import type { HeadRow, LaneFacts, Removal, StoredCheckpoint } from './checkpoint-store.ts';
import type { WritingParts } from './committer.ts';
import { checkFacts, openCheckpoint } from './lane-reader.ts';
import type { ReadHeader } from './parts/index.ts';
import { sealHead } from './seals/index.ts';

const ATTEMPTS = 10;
const PAGE = 200;
/** So many checkpoints or parts go in one step: more would keep the store from others for too long. */
const STEP = 1_000;

/**
 * Which checkpoints of a thread to keep, besides those that are always kept: the newest of each namespace, the end of
 * every branch, and what a kept one is rebuilt from.
 */
export interface PrunePolicy {
  /** The newest so many of each namespace; 1 unless told. */
  readonly keepLast?: number;
  /** All that were made at this instant or later, ISO-8601. */
  readonly keepSince?: string;
  /** Whether to tell only what would go; nothing is removed then. */
  readonly dryRun?: boolean;
}

/** What was removed. */
export interface PruneReport {
  readonly checkpoints: number;
  readonly segments: number;
}

/**
 * Removes old checkpoints of a thread, and the parts that nothing kept refers to. What is kept reads as before. It goes
 * in steps, each of which leaves a sound thread; a process that dies on the way leaves the rest to the next pruning.
 *
 * @throws {@link StateContentionError}; what reading a damaged thread throws, before anything was removed.
 */
export async function pruneThread(
  parts: WritingParts,
  thread: string,
  policy: PrunePolicy,
): Promise<PruneReport> {
  const removed = { checkpoints: 0, segments: 0 };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const plan = await planThread(parts, thread, policy);
    if (policy.dryRun === true) {
      const going = plan.lanes.map(({ going: rows }) => rows.length);
      return {
        checkpoints: going.reduce((sum, count) => sum + count, 0),
        segments: plan.unused.length,
      };
    }
    let isDone = true;
    for (const step of stepsOf(parts, thread, plan)) {
      isDone = await parts.store.remove(step);
      if (!isDone) break;
      removed.checkpoints += step.lanes.reduce((sum, { ids }) => sum + ids.length, 0);
      removed.segments += step.segments.length;
    }
    parts.memory.forgetLanes(thread);
    if (isDone) return removed;
  }
  throw new StateContentionError(thread, ATTEMPTS);
}

/** What pruning has to know of a checkpoint. */
interface Place {
  readonly id: string;
  readonly parent: string | null;
  readonly seq: number;
  readonly segments: readonly string[];
  readonly needsParent: boolean;
  /** ISO-8601. */
  readonly madeAt: string;
}

interface LanePlan {
  readonly ns: string;
  readonly head: HeadRow;
  readonly kept: readonly Place[];
  /** Oldest first. */
  readonly going: readonly Place[];
}

interface ThreadPlan {
  readonly lanes: readonly LanePlan[];
  readonly unused: readonly string[];
}

async function planThread(
  parts: WritingParts,
  thread: string,
  policy: PrunePolicy,
): Promise<ThreadPlan> {
  const { store, keys, memory } = parts;
  const lanes: LanePlan[] = [];
  for (const [ns, facts] of await store.lanes(thread)) {
    checkFacts(keys, { thread, ns }, { facts, memory: memory.thread(thread) });
    const plan = await planLane(parts, { thread, ns, facts }, policy);
    if (plan !== undefined) lanes.push(plan);
  }
  const used = new Set(lanes.flatMap(({ kept }) => kept.flatMap(({ segments }) => segments)));
  const unused = (await store.segmentDigests(thread)).filter((digest) => !used.has(digest));
  return { lanes, unused };
}

async function planLane(
  parts: WritingParts,
  {
    thread,
    ns,
    facts,
  }: { readonly thread: string; readonly ns: string; readonly facts: LaneFacts },
  policy: PrunePolicy,
): Promise<LanePlan | undefined> {
  const { head } = facts;
  if (head === undefined) return undefined;
  const all = await readLane(parts, thread, ns);
  const keep = keptIds(all, policy);
  return {
    ns,
    head,
    kept: all.filter(({ id }) => keep.has(id)),
    going: all.filter(({ id }) => !keep.has(id)).toReversed(),
  };
}

/** The places of a lane, newest first, every seal checked. */
async function readLane(
  { store, keys }: WritingParts,
  thread: string,
  ns: string,
): Promise<readonly Place[]> {
  const all: Place[] = [];
  const page = { thread, ns, id: undefined, after: undefined, limit: PAGE };
  for (;;) {
    const found = await store.page({ ...page, before: all.at(-1)?.id });
    const place = ({ lane, row }: StoredCheckpoint): Place => {
      const { read } = openCheckpoint(keys, lane, row);
      const { id, parent, seq, segments } = row;
      const madeAt = read.checkpoint.ts;
      return { id, parent, seq, segments, needsParent: isRebuiltFromParent(read), madeAt };
    };
    all.push(...found.map(place));
    if (found.length < PAGE) return all;
  }
}

/** @param all - Newest first. */
function keptIds(all: readonly Place[], policy: PrunePolicy): ReadonlySet<string> {
  const keepLast = Math.max(1, Math.trunc(policy.keepLast ?? 1));
  const since = policy.keepSince === undefined ? Number.NaN : Date.parse(policy.keepSince);
  const byId = new Map(all.map((place) => [place.id, place]));
  const parents = new Set(all.map(({ parent }) => parent));
  const keep = new Set<string>();
  for (const [index, place] of all.entries()) {
    const isWanted =
      index < keepLast || !parents.has(place.id) || Date.parse(place.madeAt) >= since;
    if (!isWanted) continue;
    let needed: Place | undefined = place;
    while (needed !== undefined && !keep.has(needed.id)) {
      keep.add(needed.id);
      const { parent, needsParent }: Place = needed;
      needed = needsParent && parent !== null ? byId.get(parent) : undefined;
    }
  }
  return keep;
}

/**
 * LangGraph counts in the metadata what a DeltaChannel has to replay since its last snapshot; until format 4 a
 * checkpoint's sends were pending writes of its parent.
 */
function isRebuiltFromParent({ checkpoint, metadata }: ReadHeader): boolean {
  const counters: unknown = Reflect.get(metadata, 'counters_since_delta_snapshot');
  const hasDelta =
    typeof counters === 'object' && counters !== null && Object.keys(counters).length > 0;
  return hasDelta || checkpoint.v < 4;
}

/**
 * The removals in their order; each expects the heads that the one before left.
 *
 * @yields what goes in one step.
 */
function* stepsOf(parts: WritingParts, thread: string, plan: ThreadPlan): Generator<Removal> {
  const heads = new Map(plan.lanes.map(({ ns, head }) => [ns, head]));
  const lanesWith = (change?: { ns: string; ids: readonly string[]; head: HeadRow }) =>
    [...heads].map(([ns, before]) => {
      const isChanged = ns === change?.ns;
      const ids = isChanged ? change.ids : [];
      return { ns, ids, head: isChanged ? change.head : before, expectedHead: before.mac };
    });
  for (const { ns, head: first, kept, going } of plan.lanes) {
    for (let start = 0; start < going.length; start += STEP) {
      const ids = going.slice(start, start + STEP).map(({ id }) => id);
      const left = [...kept, ...going.slice(start + STEP)];
      const head = sealHead(
        parts.keys.current,
        { thread, ns },
        {
          id: first.id,
          revision: (heads.get(ns) ?? first).revision + 1,
          lastSeq: left.reduce((last, { seq }) => Math.max(last, seq), 0),
          count: left.length,
        },
      );
      yield { thread, lanes: lanesWith({ ns, ids, head }), segments: [] };
      heads.set(ns, head);
    }
  }
  for (let start = 0; start < plan.unused.length; start += STEP) {
    yield { thread, lanes: lanesWith(), segments: plan.unused.slice(start, start + STEP) };
  }
}
