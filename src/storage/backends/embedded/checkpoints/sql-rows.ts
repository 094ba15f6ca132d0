import { UnreadableRowError } from '../../../errors/index.ts';
import type { CheckpointRow, HeadRow, ThreadRow, WriteRow } from '../../../engine/index.ts';

/** A row as the driver gives it: its columns in order. */
export type Columns = readonly unknown[];

export const CHECKPOINT_COLUMNS = 'id, parent, seq, segments, header, key_id, mac';
export const HEAD_COLUMNS = 'id, revision, last_seq, count, key_id, mac';
export const THREAD_COLUMNS = 'is_deleted, last_id, floor, key_id, mac';
export const WRITE_COLUMNS = 'task, idx, channel, path, value, key_id, mac';

/** Reads {@link CHECKPOINT_COLUMNS}. */
export function checkpointRow(columns: Columns): CheckpointRow {
  const [id, parent, seq, segments, header, keyId, mac] = columns;
  const digests = text(segments);
  return {
    id: text(id),
    parent: parent === null ? null : text(parent),
    seq: whole(seq),
    segments: digests === '' ? [] : digests.split(','),
    header: bytes(header),
    keyId: text(keyId),
    mac: bytes(mac),
  };
}

/** Reads {@link HEAD_COLUMNS}. */
export function headRow(columns: Columns): HeadRow {
  const [id, revision, lastSeq, count, keyId, mac] = columns;
  return {
    id: text(id),
    revision: whole(revision),
    lastSeq: whole(lastSeq),
    count: whole(count),
    keyId: text(keyId),
    mac: bytes(mac),
  };
}

/** Reads {@link THREAD_COLUMNS}. */
export function threadRow(columns: Columns): ThreadRow {
  const [isDeleted, lastId, floor, keyId, mac] = columns;
  return {
    isDeleted: whole(isDeleted) === 1,
    lastId: text(lastId),
    floor: whole(floor),
    keyId: text(keyId),
    mac: bytes(mac),
  };
}

/** Reads {@link WRITE_COLUMNS}. */
export function writeRow(columns: Columns): WriteRow {
  const [task, idx, channel, path, value, keyId, mac] = columns;
  return {
    task: text(task),
    idx: whole(idx),
    channel: text(channel),
    path: text(path),
    value: bytes(value),
    keyId: text(keyId),
    mac: bytes(mac),
  };
}

/** Reads a text column. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new UnreadableRowError('checkpoint', new TypeError('expected a text'));
}

/** Reads a column that holds a whole number. */
export function whole(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new UnreadableRowError('checkpoint', new TypeError('expected a whole number'));
}

/** Reads a column that holds bytes. */
export function bytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new UnreadableRowError('checkpoint', new TypeError('expected bytes'));
}
