import type { CheckpointMetadata } from '@langchain/langgraph-checkpoint';

import { StateContentionError } from '../errors/index.ts';
import type { LaneFacts, LaneRemoval, StoredCheckpoint } from './checkpoint-store.ts';
import type { WritingParts } from './committer.ts';
import { checkFacts, openCheckpoint } from './lane-reader.ts';
import { sealHead } from './seals/index.ts';

const ATTEMPTS = 10;
const PAGE = 500;

/** Which checkpoints of a thread to keep, besides those that are always kept. */
export interface PrunePolicy {
  /** The newest so many of each namespace; at least 1. */
  readonly keepLast: number;
}

/** What was removed. */
export interface PruneReport {
  readonly checkpoints: number;
  readonly segments: number;
}

/**
 * Removes old checkpoints of a thread. Kept are the newest of each namespace, the end of every branch, and what a
 * DeltaChannel of a kept checkpoint is rebuilt from. Parts that nothing kept refers to go as well.
 *
 * @throws {@link StateContentionError}; what reading a damaged thread throws, before anything was removed.
 */
export async function pruneThread(
  parts: WritingParts,
  thread: string,
  policy: PrunePolicy,
): Promise<PruneReport> {
  const { store, memory } = parts;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const plans: LanePlan[] = [];
    for (const [ns, facts] of await store.lanes(thread)) {
      checkFacts(parts.keys, { thread, ns }, { facts, memory: memory.thread(thread) });
      plans.push(await planLane(parts, { thread, ns, facts }, policy));
    }
    const used = new Set(plans.flatMap(({ kept }) => kept.flatMap(({ row }) => row.segments)));
    const unused = (await store.segmentDigests(thread)).filter((digest) => !used.has(digest));
    const lanes = plans.map(({ removal }) => removal);
    if (await store.remove({ thread, lanes, segments: unused })) {
      memory.forgetLanes(thread);
      const checkpoints = lanes.reduce((sum, { ids }) => sum + ids.length, 0);
      return { checkpoints, segments: unused.length };
    }
  }
  throw new StateContentionError(thread, ATTEMPTS);
}

interface LanePlan {
  readonly kept: readonly StoredCheckpoint[];
  readonly removal: LaneRemoval;
}

async function planLane(
  parts: WritingParts,
  lane: { readonly thread: string; readonly ns: string; readonly facts: LaneFacts },
  policy: PrunePolicy,
): Promise<LanePlan> {
  const { thread, ns, facts } = lane;
  const all = await readLane(parts, thread, ns);
  const keep = keptIds(parts, all, Math.max(1, Math.trunc(policy.keepLast)));
  const kept = all.filter(({ row }) => keep.has(row.id));
  const ids = all.filter(({ row }) => !keep.has(row.id)).map(({ row }) => row.id);
  const head = sealHead(
    parts.keys.current,
    { thread, ns },
    {
      id: facts.head?.id ?? '',
      revision: (facts.head?.revision ?? 0) + (ids.length > 0 ? 1 : 0),
      lastSeq: Math.max(0, ...kept.map(({ row }) => row.seq)),
      count: kept.length,
    },
  );
  return { kept, removal: { ns, ids, head, expectedHead: facts.head?.mac ?? new Uint8Array() } };
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

/** @param all - Newest first. */
function keptIds(
  { keys }: WritingParts,
  all: readonly StoredCheckpoint[],
  keepLast: number,
): ReadonlySet<string> {
  const byId = new Map(all.map((stored) => [stored.row.id, stored]));
  const parents = new Set(all.map(({ row }) => row.parent));
  const keep = new Set<string>();
  for (const [index, { row }] of all.entries()) {
    if (index < keepLast || !parents.has(row.id)) keep.add(row.id);
  }
  for (const start of all.filter(({ row }) => keep.has(row.id))) {
    let stored: StoredCheckpoint | undefined = start;
    while (stored !== undefined) {
      const { metadata } = openCheckpoint(keys, stored.lane, stored.row).read;
      keep.add(stored.row.id);
      if (!isRebuiltFromAncestors(metadata)) break;
      stored = stored.row.parent === null ? undefined : byId.get(stored.row.parent);
    }
  }
  return keep;
}

/** LangGraph counts in the metadata what a DeltaChannel has to replay since its last snapshot. */
function isRebuiltFromAncestors(metadata: CheckpointMetadata): boolean {
  const counters: unknown = Reflect.get(metadata, 'counters_since_delta_snapshot');
  return typeof counters === 'object' && counters !== null && Object.keys(counters).length > 0;
}
