import {
  compareWritesSortKeys,
  maxChannelVersion,
  TASKS,
  writesSortKey,
  type Checkpoint,
  type CheckpointPendingWrite,
  type CheckpointTuple,
} from '@langchain/langgraph-checkpoint';

import { Lz4MissingError, StateIntegrityError, UnknownStateKeyError } from '../errors/index.ts';
import { configOf } from './address.ts';
import type {
  CheckpointRow,
  CheckpointStore,
  Lane,
  LaneFacts,
  StoredCheckpoint,
  ThreadRow,
  WriteRow,
} from './checkpoint-store.ts';
import { decodeValue } from './codec/index.ts';
import type { ThreadMemory } from './lane-memory.ts';
import { nextVersion, putTogether, readHeader, type ReadHeader } from './parts/index.ts';
import {
  isCheckpointSound,
  isHeadSound,
  isThreadSound,
  isWriteSound,
  type KeyMaterial,
  type Keyring,
  segmentDigest,
  unwrap,
} from './seals/index.ts';

/** Where the wrapped bytes of each kind belong. */
export const placeOf = {
  header: (lane: Lane, id: string) => `header|${lane.thread}|${lane.ns}|${id}`,
  segment: (thread: string, digest: string) => `segment|${thread}|${digest}`,
  write: (lane: Lane, id: string) => `write|${lane.thread}|${lane.ns}|${id}`,
} as const;

/** A checkpoint whose seal was found sound. */
export interface SoundCheckpoint {
  readonly lane: Lane;
  readonly row: CheckpointRow;
  readonly plain: Uint8Array;
  readonly read: ReadHeader;
}

/**
 * Checks what a lane is said to hold against what it holds.
 *
 * @param memory - What was seen of the thread before; an older state than that is refused, a newer one remembered.
 * @throws {@link StateIntegrityError}, {@link UnknownStateKeyError}
 */
export function checkFacts(
  keys: Keyring,
  lane: Lane,
  { facts, memory }: { readonly facts: LaneFacts; readonly memory: ThreadMemory },
): void {
  const { head, thread } = facts;
  checkThread(keys, lane, thread);
  const at = { ...lane, checkpoint: head?.id ?? '' };
  const fault = faultOfHead(keys, lane, facts);
  if (fault !== undefined) throw new StateIntegrityError(at, fault);
  const revision = revisionOf(facts);
  const isGone = head === undefined && thread === undefined;
  const seen = memory.revisions.get(lane.ns) ?? 0;
  if (revision < seen && !(isGone && memory.mayVanish)) {
    throw new StateIntegrityError(at, `it was turned back from revision ${seen} to ${revision}`);
  }
  memory.revisions.set(lane.ns, revision);
}

function revisionOf({ head, thread }: LaneFacts): number {
  return head?.revision ?? thread?.floor ?? 0;
}

function faultOfHead(keys: Keyring, lane: Lane, facts: LaneFacts): string | undefined {
  const { head, thread, count, lastSeq } = facts;
  if (head === undefined) {
    return count > 0 ? 'the head of its checkpoints is missing' : undefined;
  }
  if (!isHeadSound(keyOf(keys, lane, head.keyId), lane, head)) return 'its head was edited';
  if (count !== head.count || lastSeq !== head.lastSeq) {
    return `${count} checkpoints were found up to ${lastSeq}, its head says ${head.count} up to ${head.lastSeq}`;
  }
  if (head.revision <= (thread?.floor ?? 0))
    return 'its head is older than a deletion of the thread';
  return undefined;
}

/** Checks the row that outlives a thread's deletion, where there is one. */
export function checkThread(keys: Keyring, lane: Lane, row: ThreadRow | undefined): void {
  if (row === undefined) return;
  if (isThreadSound(keyOf(keys, lane, row.keyId), lane.thread, row)) return;
  throw new StateIntegrityError({ ...lane, checkpoint: '' }, 'the mark of its deletion was edited');
}

/**
 * Opens a checkpoint and checks its seal.
 *
 * @throws {@link StateIntegrityError}, {@link UnknownStateKeyError}
 */
export function openCheckpoint(keys: Keyring, lane: Lane, row: CheckpointRow): SoundCheckpoint {
  const key = keyOf(keys, lane, row.keyId);
  const at = { ...lane, checkpoint: row.id };
  try {
    const plain = unwrap(row.header, placeOf.header(lane, row.id), keys);
    if (isCheckpointSound(key, lane, { ...row, plain })) {
      return { lane, row, plain, read: readHeader(plain) };
    }
  } catch (error) {
    throw unopened(at, 'it cannot be opened', error);
  }
  throw new StateIntegrityError(at, 'it is not what was put in this place');
}

/**
 * Gives the checkpoint whole, each segment checked.
 *
 * @throws {@link StateIntegrityError}
 */
export function assemble(
  keys: Keyring,
  { lane, row, read }: SoundCheckpoint,
  segments: ReadonlyMap<string, Uint8Array>,
): Checkpoint {
  return putTogether(read, (digest) => openPart(keys, { lane, row, digest }, segments.get(digest)));
}

/** Where a part belongs: a checkpoint that refers to it. */
export interface PartOf {
  readonly lane: Lane;
  readonly row: Pick<CheckpointRow, 'id' | 'keyId'>;
  readonly digest: string;
}

/**
 * Gives the bytes of a part as they were before wrapping.
 *
 * @throws {@link StateIntegrityError} where it is missing or not what its digest says.
 */
export function openPart(
  keys: Keyring,
  { lane, row, digest }: PartOf,
  stored: Uint8Array | undefined,
): Uint8Array {
  const at = { ...lane, checkpoint: row.id };
  if (stored === undefined) throw new StateIntegrityError(at, 'a part of it is missing');
  const bytes = openSegment(keys, { ...at, digest }, stored);
  const key = keyOf(keys, lane, row.keyId);
  if (segmentDigest(key, lane.thread, bytes) === digest) return bytes;
  throw new StateIntegrityError(at, 'a part of it was edited');
}

/** Gives the pending writes of a checkpoint, checked, in the order in which LangGraph applies them. */
export function openWrites(keys: Keyring, found: StoredCheckpoint): CheckpointPendingWrite[] {
  const { lane, row, writes } = found;
  return writes
    .map((write) => ({ write, value: openWrite(keys, { ...lane, id: row.id }, write) }))
    .toSorted((one, other) => compareWritesSortKeys(sortKey(one.write), sortKey(other.write)))
    .map(({ write, value }) => [write.task, write.channel, value]);
}

/** Gives what LangGraph expects of a checkpoint, with everything checked. */
export async function tupleOf(
  at: { readonly keys: Keyring; readonly store: CheckpointStore },
  found: StoredCheckpoint & { readonly sound: SoundCheckpoint },
  segments: ReadonlyMap<string, Uint8Array>,
): Promise<CheckpointTuple> {
  const { lane, row, sound } = found;
  const checkpoint = assemble(at.keys, sound, segments);
  if (checkpoint.v < 4 && row.parent !== null) {
    const parent = (await at.store.read(lane, row.parent)).found;
    const sends = parent === undefined ? [] : openWrites(at.keys, parent);
    addPendingSends(checkpoint, sends);
  }
  return {
    config: configOf(lane, row.id),
    checkpoint,
    metadata: sound.read.metadata,
    pendingWrites: openWrites(at.keys, found),
    ...(row.parent === null ? {} : { parentConfig: configOf(lane, row.parent) }),
  };
}

/** Until format 4 the sends to the next step were pending writes of the checkpoint before. */
function addPendingSends(checkpoint: Checkpoint, writes: readonly CheckpointPendingWrite[]): void {
  const sends = writes.filter(([, channel]) => channel === TASKS).map(([, , value]) => value);
  const versions = Object.values(checkpoint.channel_versions);
  checkpoint.channel_values[TASKS] = sends;
  checkpoint.channel_versions[TASKS] =
    versions.length > 0 ? maxChannelVersion(...versions) : nextVersion(undefined);
}

function openWrite(keys: Keyring, place: Lane & { readonly id: string }, row: WriteRow): unknown {
  const text = Buffer.from(openWriteBytes(keys, place, row)).toString();
  // What makes the seal of a special write its own stands before the value, between two signs that no JSON begins with.
  return decodeValue(text.startsWith('#') ? text.slice(text.indexOf('#', 1) + 1) : text);
}

/**
 * Gives the bytes of a pending write's value as they were before wrapping.
 *
 * @throws {@link StateIntegrityError}, {@link UnknownStateKeyError}
 */
export function openWriteBytes(
  keys: Keyring,
  place: Lane & { readonly id: string },
  row: WriteRow,
): Uint8Array {
  const key = keyOf(keys, place, row.keyId);
  const at = { thread: place.thread, ns: place.ns, checkpoint: place.id };
  try {
    const plain = unwrap(row.value, placeOf.write(place, place.id), keys);
    if (isWriteSound(key, place, { ...row, plain })) return plain;
  } catch (error) {
    throw unopened(at, 'a pending write cannot be opened', error);
  }
  throw new StateIntegrityError(at, 'a pending write is not what was put in this place');
}

function openSegment(
  keys: Keyring,
  at: Lane & { readonly checkpoint: string; readonly digest: string },
  stored: Uint8Array,
): Uint8Array {
  try {
    return unwrap(stored, placeOf.segment(at.thread, at.digest), keys);
  } catch (error) {
    throw unopened(at, 'a part of it cannot be opened', error);
  }
}

/** What cannot be opened was changed, unless only this installation lacks what opens it. */
function unopened(
  at: ConstructorParameters<typeof StateIntegrityError>[0],
  found: string,
  error: unknown,
): Error {
  return error instanceof Lz4MissingError ? error : new StateIntegrityError(at, found, error);
}

function keyOf(keys: Keyring, lane: Lane, id: string): KeyMaterial {
  const key = keys.find(id);
  if (key === undefined) throw new UnknownStateKeyError(lane.thread, id);
  return key;
}

function sortKey({ path, task, idx }: WriteRow): ReturnType<typeof writesSortKey> {
  return writesSortKey(path, task, idx);
}
