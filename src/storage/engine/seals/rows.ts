import { timingSafeEqual } from 'node:crypto';

import type { CheckpointRow, HeadRow, Lane, ThreadRow, WriteRow } from '../checkpoint-store.ts';
import { macOf, type KeyMaterial } from './keyring.ts';

/** What of a row the seal covers besides the place where it is. */
type Unsealed<Row> = Omit<Row, 'keyId' | 'mac'>;

/** Seals a checkpoint in its place: thread, namespace, id, parent and order. `header` is what it was before wrapping. */
export function sealCheckpoint(
  key: KeyMaterial,
  lane: Lane,
  row: Unsealed<CheckpointRow> & { readonly plain: Uint8Array },
): CheckpointRow {
  const { id, parent, seq, segments, header } = row;
  const mac = checkpointMac(key, lane, row);
  return { id, parent, seq, segments, header, keyId: key.id, mac };
}

/** Tells whether a checkpoint is what was sealed in this place. */
export function isCheckpointSound(
  key: KeyMaterial,
  lane: Lane,
  row: CheckpointRow & { readonly plain: Uint8Array },
): boolean {
  return isSame(row.mac, checkpointMac(key, lane, row));
}

/** Seals what a lane holds together. */
export function sealHead(key: KeyMaterial, lane: Lane, head: Unsealed<HeadRow>): HeadRow {
  return { ...head, keyId: key.id, mac: headMac(key, lane, head) };
}

/** Tells whether a head is what was sealed for this lane. */
export function isHeadSound(key: KeyMaterial, lane: Lane, head: HeadRow): boolean {
  return isSame(head.mac, headMac(key, lane, head));
}

/** Seals what outlives a thread. */
export function sealThread(key: KeyMaterial, thread: string, row: Unsealed<ThreadRow>): ThreadRow {
  return { ...row, keyId: key.id, mac: threadMac(key, thread, row) };
}

/** Tells whether a thread's row is what was sealed for it. */
export function isThreadSound(key: KeyMaterial, thread: string, row: ThreadRow): boolean {
  return isSame(row.mac, threadMac(key, thread, row));
}

/** Where a pending write belongs. */
export interface WritePlace extends Lane {
  readonly id: string;
}

/** Seals a pending write in its place. `plain` is its value before wrapping. */
export function sealWrite(
  key: KeyMaterial,
  place: WritePlace,
  row: Unsealed<WriteRow> & { readonly plain: Uint8Array },
): WriteRow {
  const { task, idx, channel, path, value } = row;
  return { task, idx, channel, path, value, keyId: key.id, mac: writeMac(key, place, row) };
}

/** Tells whether a pending write is what was sealed in this place. */
export function isWriteSound(
  key: KeyMaterial,
  place: WritePlace,
  row: WriteRow & { readonly plain: Uint8Array },
): boolean {
  return isSame(row.mac, writeMac(key, place, row));
}

function checkpointMac(
  key: KeyMaterial,
  lane: Lane,
  row: Pick<CheckpointRow, 'id' | 'parent' | 'seq' | 'segments'> & { readonly plain: Uint8Array },
): Buffer {
  const parent = row.parent === null ? '-' : `+${row.parent}`;
  const segments = row.segments.join(',');
  const fields = [lane.thread, lane.ns, row.id, parent, String(row.seq), segments, row.plain];
  return macOf(key, 'checkpoint', fields);
}

function headMac(key: KeyMaterial, lane: Lane, head: Unsealed<HeadRow>): Buffer {
  const numbers = [head.revision, head.lastSeq, head.count].map(String);
  return macOf(key, 'head', [lane.thread, lane.ns, head.id, ...numbers]);
}

function threadMac(key: KeyMaterial, thread: string, row: Unsealed<ThreadRow>): Buffer {
  const state = row.isDeleted ? 'deleted' : 'living';
  return macOf(key, 'thread', [thread, state, row.lastId, String(row.floor)]);
}

function writeMac(
  key: KeyMaterial,
  place: WritePlace,
  row: Pick<WriteRow, 'task' | 'idx' | 'channel' | 'path'> & { readonly plain: Uint8Array },
): Buffer {
  const where = [place.thread, place.ns, place.id];
  const fields = [...where, row.task, String(row.idx), row.channel, row.path, row.plain];
  return macOf(key, 'write', fields);
}

function isSame(found: Uint8Array, expected: Buffer): boolean {
  return found.length === expected.length && timingSafeEqual(found, expected);
}
