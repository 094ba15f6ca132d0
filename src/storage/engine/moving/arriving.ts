import { StateContentionError, ThreadExistsError } from '../../errors/index.ts';
import { storableName } from '../address.ts';
import type { Arrival, HeadRow, LaneFacts, Stage, ThreadRow } from '../checkpoint-store.ts';
import type { WritingParts } from '../committer.ts';
import { markOf } from '../erase-thread.ts';
import { sealHead, sealThread } from '../seals/index.ts';
import type { MovingCheckpoint } from './departing.ts';
import { rehome, type Move } from './rehome.ts';

const ATTEMPTS = 10;
const BATCH_ROWS = 200;
const BATCH_BYTES = 1024 * 1024;

/** How a thread arrives. */
export interface ArrivingOptions {
  readonly from: string;
  readonly to: string;
  /** Whether a thread that is there already goes when the other one has arrived. */
  readonly replace: boolean;
}

/** What has arrived. */
export interface Arrived {
  readonly thread: string;
  readonly checkpoints: number;
  readonly segments: number;
}

/**
 * Takes checkpoints in, each seal checked, and puts them in the place of a thread when all are there: in one step, or
 * not at all.
 *
 * @throws {@link ThreadExistsError}, {@link StateContentionError}, StateIntegrityError; what `checkpoints` throws.
 */
export async function arrive(
  parts: WritingParts,
  checkpoints: AsyncIterable<MovingCheckpoint>,
  options: ArrivingOptions,
): Promise<Arrived> {
  const to = storableName(options.to, 'thread');
  const refuse = (lanes: ReadonlyMap<string, LaneFacts>): void => {
    if (lanes.size > 0 && !options.replace) throw new ThreadExistsError(to);
  };
  refuse(await parts.store.lanes(to));
  const stage = await parts.store.stage(to);
  try {
    const move = { from: options.from, to, names: new Map<string, string>() };
    const staged = await fill(parts, stage, { checkpoints, move });
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const lanes = await parts.store.lanes(to);
      refuse(lanes);
      const before = await parts.store.threadRow(to);
      const arrival = arrivalOf(parts, to, { staged, lanes, before });
      if (!(await stage.finish(arrival))) continue;
      remember(parts, to, arrival);
      const count = [...arrival.heads.values()].reduce((sum, head) => sum + head.count, 0);
      return { thread: to, checkpoints: count, segments: arrival.segments };
    }
    throw new StateContentionError(to, ATTEMPTS);
  } catch (error) {
    await stage.drop();
    throw error;
  }
}

type Unsealed = Pick<HeadRow, 'id' | 'lastSeq' | 'count'>;

interface Staged {
  readonly lanes: ReadonlyMap<string, Unsealed>;
  readonly segments: number;
}

async function fill(
  parts: WritingParts,
  stage: Stage,
  arriving: { readonly checkpoints: AsyncIterable<MovingCheckpoint>; readonly move: Move },
): Promise<Staged> {
  const lanes = new Map<string, Unsealed>();
  const names = new Set<string>();
  let batch: MovingCheckpoint[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    const segments = new Map(batch.flatMap((moving) => [...moving.segments]));
    await stage.put({ checkpoints: batch, segments });
    batch = [];
    bytes = 0;
  };
  for await (const moving of arriving.checkpoints) {
    const moved = rehome(parts, moving, arriving.move);
    for (const name of moved.segments.keys()) names.add(name);
    lanes.set(moved.ns, grown(lanes.get(moved.ns), moved));
    batch.push(moved);
    bytes += bytesOf(moved);
    if (batch.length >= BATCH_ROWS || bytes >= BATCH_BYTES) await flush();
  }
  await flush();
  return { lanes, segments: names.size };
}

function grown(lane: Unsealed | undefined, { row }: MovingCheckpoint): Unsealed {
  if (lane === undefined) return { id: row.id, lastSeq: row.seq, count: 1 };
  return {
    id: row.id > lane.id ? row.id : lane.id,
    lastSeq: Math.max(row.seq, lane.lastSeq),
    count: lane.count + 1,
  };
}

function bytesOf({ row, writes, segments }: MovingCheckpoint): number {
  const parts = [row.header, ...writes.map(({ value }) => value), ...segments.values()];
  return parts.reduce((sum, part) => sum + part.length, 0);
}

function arrivalOf(
  { keys }: WritingParts,
  thread: string,
  found: {
    readonly staged: Staged;
    readonly lanes: ReadonlyMap<string, LaneFacts>;
    readonly before: ThreadRow | undefined;
  },
): Arrival {
  const { staged, lanes, before } = found;
  const isNew = lanes.size === 0 && before === undefined;
  // What was seen of an earlier life of the thread must not be greater than what is seen of this one.
  const { floor } = markOf([...lanes.values()], before);
  const heads = new Map<string, HeadRow>();
  for (const [ns, lane] of staged.lanes) {
    const revision = Math.max(lane.lastSeq, floor + 1);
    heads.set(ns, sealHead(keys.current, { thread, ns }, { ...lane, revision }));
  }
  const expectedHeads = new Map<string, Uint8Array>();
  for (const [ns, { head }] of lanes) if (head !== undefined) expectedHeads.set(ns, head.mac);
  const row = { isDeleted: false, lastId: '', floor };
  return {
    heads,
    segments: staged.segments,
    thread: isNew ? undefined : sealThread(keys.current, thread, row),
    expectedHeads,
    expectedThread: before?.mac,
  };
}

function remember({ memory }: WritingParts, thread: string, { heads, thread: row }: Arrival): void {
  memory.forgetLanes(thread);
  const remembered = memory.thread(thread);
  remembered.row = row;
  for (const [ns, { revision }] of heads) remembered.revisions.set(ns, revision);
}
