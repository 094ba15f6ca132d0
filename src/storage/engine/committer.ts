import { randomBytes } from 'node:crypto';

import type {
  ChannelVersions,
  Checkpoint,
  CheckpointMetadata,
} from '@langchain/langgraph-checkpoint';

import { StateContentionError, ThreadDeletedError } from '../errors/index.ts';
import { storableName } from './address.ts';
import type {
  CheckpointRow,
  CheckpointStore,
  Commit,
  CommitOutcome,
  HeadRow,
  Lane,
  ThreadRow,
  WriteRow,
} from './checkpoint-store.ts';
import { encodeValue } from './codec/index.ts';
import type { Memory } from './lane-memory.ts';
import { checkFacts, checkThread, openCheckpoint, placeOf } from './lane-reader.ts';
import { type KnownReferences, takeApart, type TakenApart } from './parts/index.ts';
import {
  type EnvelopeOptions,
  type Keyring,
  sealCheckpoint,
  sealHead,
  sealThread,
  sealWrite,
  segmentDigest,
  wrap,
} from './seals/index.ts';
import { rememberWrites } from './write-marks.ts';

const ATTEMPTS = 30;
const NOTHING: KnownReferences = new Map();

/** What writing needs. */
export interface WritingParts {
  readonly store: CheckpointStore;
  readonly keys: Keyring;
  readonly memory: Memory;
  readonly envelope: EnvelopeOptions;
}

/** A checkpoint on its way into a lane. */
export interface Putting {
  readonly lane: Lane;
  readonly parent: string | null;
  readonly checkpoint: Checkpoint;
  readonly metadata: CheckpointMetadata;
  readonly newVersions: ChannelVersions;
  /** Whether it may begin a deleted thread again although its id is old, as a copy or an import does. */
  readonly mayRevive: boolean;
}

/**
 * Puts a checkpoint: sealed, with a sequence number of its own, and the lane's head moved in the same step. A put that
 * was done before is recognized and changes nothing.
 *
 * @throws {@link ThreadDeletedError}, {@link StateContentionError}; what `checkFacts` throws.
 */
export async function putCheckpoint(parts: WritingParts, putting: Putting): Promise<void> {
  const { underWay } = parts.memory.thread(putting.lane.thread);
  const work = commitCheckpoint(parts, putting);
  underWay.add(work);
  try {
    await work;
  } finally {
    underWay.delete(work);
  }
}

async function commitCheckpoint(parts: WritingParts, putting: Putting): Promise<void> {
  const { store, memory } = parts;
  const { lane } = putting;
  const known = memory.lane(lane);
  let taken = takenApart(parts, putting, known.references);
  let exists = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const commit = draft(parts, putting, { taken, exists });
    const outcome = await store.commit(commit);
    if (outcome.kind === 'done') {
      remember(parts, commit, taken);
      return;
    }
    if (outcome.kind === 'missing-segments') {
      known.stored = new Set();
      taken = takenApart(parts, putting, NOTHING);
      continue;
    }
    learn(parts, lane, outcome);
    exists = outcome.existing !== undefined;
    if (
      outcome.existing !== undefined &&
      isDone(parts, putting, { taken, row: outcome.existing })
    ) {
      return;
    }
  }
  throw new StateContentionError(lane.thread, ATTEMPTS);
}

/** The pending writes of one task. */
export interface PuttingWrites {
  readonly lane: Lane;
  readonly id: string;
  readonly task: string;
  readonly path: string;
  readonly writes: readonly {
    readonly idx: number;
    readonly channel: string;
    readonly value: unknown;
  }[];
}

/**
 * Puts pending writes, also of a checkpoint that is not there yet.
 *
 * @throws {@link ThreadDeletedError}, {@link StateContentionError}
 */
export async function putPendingWrites(parts: WritingParts, putting: PuttingWrites): Promise<void> {
  const { store, memory, keys } = parts;
  const { lane, id } = putting;
  const rows = putting.writes.map((write) => writeRow(parts, putting, write));
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const thread = memory.thread(lane.thread);
    if (isAfterDeletion(thread.row, id)) {
      // The put that begins the thread again may be on its way, or was another process's.
      await Promise.allSettled(thread.underWay);
      const row = await store.threadRow(lane.thread);
      checkThread(keys, lane, row);
      thread.row = row;
      if (isAfterDeletion(row, id)) throw new ThreadDeletedError(lane.thread, id);
    }
    const outcome = await store.commitWrites({ lane, id, rows, expectedThread: thread.row?.mac });
    if (outcome.kind === 'done') {
      rememberWrites(memory.lane(lane).writes, id, rows);
      return;
    }
    checkThread(keys, lane, outcome.thread);
    thread.row = outcome.thread;
  }
  throw new StateContentionError(lane.thread, ATTEMPTS);
}

/** Whether a pending write belongs to nothing but what was deleted. */
function isAfterDeletion(row: ThreadRow | undefined, id: string): boolean {
  return row !== undefined && (row.isDeleted || id <= row.lastId);
}

function takenApart(
  { keys, memory }: WritingParts,
  putting: Putting,
  known: KnownReferences,
): TakenApart {
  const { checkpoint, metadata, newVersions, lane } = putting;
  const digestOf = (bytes: Uint8Array): string => segmentDigest(keys.current, lane.thread, bytes);
  // With nothing known the store lacks something: all is written.
  const scope = known === NOTHING ? undefined : `${keys.current.id}|${lane.thread}`;
  const taken = takeApart(checkpoint, metadata, { digestOf, newVersions, known, scope });
  const { stored } = memory.lane(lane);
  const unsent = [...taken.segments].filter(([digest]) => !stored.has(digest));
  return { ...taken, segments: new Map(unsent) };
}

function draft(
  parts: WritingParts,
  putting: Putting,
  { taken, exists }: { readonly taken: TakenApart; readonly exists: boolean },
): Commit {
  const { keys, memory, envelope } = parts;
  const { lane, parent } = putting;
  const key = keys.current;
  const id = storableName(putting.checkpoint.id, 'checkpoint');
  const { head } = memory.lane(lane);
  const { row: thread } = memory.thread(lane.thread);
  const revived = reviveThread(parts, putting, thread);
  const seq = (head?.revision ?? thread?.floor ?? 0) + 1;
  const how = { ...envelope, key };
  const header = wrap(taken.header, placeOf.header(lane, id), how);
  const fields = { id, parent, seq, segments: taken.digests, header };
  const segments = [...taken.segments].map(([digest, bytes]) => {
    return [digest, wrap(bytes, placeOf.segment(lane.thread, digest), how)] as const;
  });
  return {
    lane,
    row: sealCheckpoint(key, lane, { ...fields, plain: taken.header }),
    segments: new Map(segments),
    head: sealHead(key, lane, {
      id: head !== undefined && head.id > id ? head.id : id,
      revision: seq,
      lastSeq: seq,
      count: (head?.count ?? 0) + (exists ? 0 : 1),
    }),
    thread: revived,
    expected: { head: head?.mac, thread: thread?.mac, exists },
  };
}

/** Gives the row of a thread that begins again, or `undefined` where there is nothing to change. */
function reviveThread(
  { keys }: WritingParts,
  { lane, parent, checkpoint, mayRevive }: Putting,
  row: ThreadRow | undefined,
): ThreadRow | undefined {
  if (row === undefined) return undefined;
  const { floor, lastId } = row;
  if (mayRevive) {
    if (!row.isDeleted && lastId === '') return undefined;
    return sealThread(keys.current, lane.thread, { isDeleted: false, lastId: '', floor });
  }
  const isOld = checkpoint.id <= lastId || (parent !== null && parent <= lastId);
  const isBeginning = parent === null && lane.ns === '';
  if (isOld || (row.isDeleted && !isBeginning)) {
    throw new ThreadDeletedError(lane.thread, checkpoint.id);
  }
  if (!row.isDeleted) return undefined;
  return sealThread(keys.current, lane.thread, { isDeleted: false, lastId, floor });
}

function learn(
  { keys, memory }: WritingParts,
  lane: Lane,
  { facts }: Extract<CommitOutcome, { kind: 'conflict' }>,
): void {
  const thread = memory.thread(lane.thread);
  checkFacts(keys, lane, { facts, memory: thread });
  thread.row = facts.thread;
  memory.lane(lane).head = facts.head;
}

/** Tells whether this very put was done before: a resent command, or a second call. */
function isDone(
  { keys }: WritingParts,
  { lane, parent }: Putting,
  { taken, row }: { readonly taken: TakenApart; readonly row: CheckpointRow },
): boolean {
  const { plain } = openCheckpoint(keys, lane, row);
  return row.parent === parent && Buffer.compare(plain, taken.header) === 0;
}

function remember({ memory }: WritingParts, commit: Commit, taken: TakenApart): void {
  const { lane, head, row } = commit;
  const thread = memory.thread(lane.thread);
  if (commit.thread !== undefined) thread.row = commit.thread;
  thread.revisions.set(lane.ns, Math.max(head.revision, thread.revisions.get(lane.ns) ?? 0));
  const known = memory.lane(lane);
  known.head = newer(known.head, head);
  known.references = taken.references;
  known.stored = new Set(row.segments);
}

/** Two puts at once may end in any order. */
function newer(one: HeadRow | undefined, other: HeadRow): HeadRow {
  return one !== undefined && one.revision > other.revision ? one : other;
}

function writeRow(
  { keys, envelope }: WritingParts,
  { lane, id, task, path }: PuttingWrites,
  { idx, channel, value }: PuttingWrites['writes'][number],
): WriteRow {
  const text = encodeValue(value, channel);
  // Where the last one wins, each has a seal of its own, so that an older one can be told from it.
  const plain = Buffer.from(idx < 0 ? `#${randomBytes(9).toString('base64url')}#${text}` : text);
  const key = keys.current;
  const wrapped = wrap(plain, placeOf.write(lane, id), { ...envelope, key });
  const fields = {
    task: storableName(task, 'task'),
    idx,
    channel: storableName(channel, 'channel'),
    path: storableName(path, 'task path'),
    value: wrapped,
  };
  return sealWrite(key, { ...lane, id }, { ...fields, plain });
}
