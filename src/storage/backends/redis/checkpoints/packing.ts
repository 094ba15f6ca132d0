import type { CheckpointRow, HeadRow, ThreadRow, WriteRow } from '../../../engine/index.ts';
import { UnreadableRowError } from '../../../errors/index.ts';

const MAC_BYTES = 32;
const SEQ_DIGITS = 16;
const COUNT_DIGITS = 5;
const DIGEST_CHARACTERS = 24;
const LENGTH_BYTES = 4;

/** Packs a checkpoint: mac, seq, number of segments, their digests, then the other fields. The scripts read the start. */
export function packCheckpoint(row: CheckpointRow): Buffer {
  const seq = String(row.seq).padStart(SEQ_DIGITS, '0');
  const count = String(row.segments.length).padStart(COUNT_DIGITS, '0');
  const start = `${seq}${count}${row.segments.join('')}`;
  const parent = row.parent === null ? '-' : `+${row.parent}`;
  return pack(row.mac, [row.id, parent, row.keyId, row.header], start);
}

/** Reads what {@link packCheckpoint} wrote. */
export function unpackCheckpoint(bytes: Buffer): CheckpointRow {
  const start = MAC_BYTES + SEQ_DIGITS + COUNT_DIGITS;
  const count = Number(bytes.subarray(start - COUNT_DIGITS, start).toString());
  const end = start + count * DIGEST_CHARACTERS;
  const digests = bytes.subarray(start, end).toString();
  const [id, parent, keyId, header] = unpack(bytes.subarray(end), 4);
  const named = String(parent);
  return {
    id: String(id),
    parent: named === '-' ? null : named.slice(1),
    seq: Number(bytes.subarray(MAC_BYTES, MAC_BYTES + SEQ_DIGITS).toString()),
    segments: Array.from({ length: count }, (_, index) =>
      digests.slice(index * DIGEST_CHARACTERS, (index + 1) * DIGEST_CHARACTERS),
    ),
    header: header ?? Buffer.alloc(0),
    keyId: String(keyId),
    mac: bytes.subarray(0, MAC_BYTES),
  };
}

/** Packs a head: mac, then the id and the other fields. */
export function packHead(row: HeadRow): Buffer {
  const numbers = [row.revision, row.lastSeq, row.count].map(String);
  return pack(row.mac, [row.id, ...numbers, row.keyId]);
}

/** Reads what {@link packHead} wrote; nothing of an empty text. */
export function unpackHead(bytes: Buffer): HeadRow | undefined {
  if (bytes.length === 0) return undefined;
  const [id, revision, lastSeq, count, keyId] = unpack(bytes.subarray(MAC_BYTES), 5).map(String);
  return {
    id: id ?? '',
    revision: Number(revision),
    lastSeq: Number(lastSeq),
    count: Number(count),
    keyId: keyId ?? '',
    mac: bytes.subarray(0, MAC_BYTES),
  };
}

/** Packs what outlives a thread. */
export function packThread(row: ThreadRow): Buffer {
  const state = row.isDeleted ? 'deleted' : 'living';
  return pack(row.mac, [state, row.lastId, String(row.floor), row.keyId]);
}

/** Reads what {@link packThread} wrote; nothing of an empty text. */
export function unpackThread(bytes: Buffer): ThreadRow | undefined {
  if (bytes.length === 0) return undefined;
  const [state, lastId, floor, keyId] = unpack(bytes.subarray(MAC_BYTES), 4).map(String);
  return {
    isDeleted: state === 'deleted',
    lastId: lastId ?? '',
    floor: Number(floor),
    keyId: keyId ?? '',
    mac: bytes.subarray(0, MAC_BYTES),
  };
}

/** Packs a pending write. */
export function packWrite(row: WriteRow): Buffer {
  const texts = [row.task, String(row.idx), row.channel, row.path, row.keyId];
  return pack(row.mac, [...texts, row.value]);
}

/** Reads what {@link packWrite} wrote. */
export function unpackWrite(bytes: Buffer): WriteRow {
  const [task, idx, channel, path, keyId, value] = unpack(bytes.subarray(MAC_BYTES), 6);
  return {
    task: String(task),
    idx: Number(String(idx)),
    channel: String(channel),
    path: String(path),
    keyId: String(keyId),
    value: value ?? Buffer.alloc(0),
    mac: bytes.subarray(0, MAC_BYTES),
  };
}

/** Puts down the mac, an ASCII text without its length, and the fields, each after its length. */
function pack(mac: Uint8Array, fields: readonly (string | Uint8Array)[], start = ''): Buffer {
  let size = MAC_BYTES + start.length;
  for (const field of fields) size += LENGTH_BYTES + lengthOf(field);
  const packed = Buffer.allocUnsafe(size);
  packed.set(mac);
  let at = MAC_BYTES + packed.write(start, MAC_BYTES, 'latin1');
  for (const field of fields) {
    const content = at + LENGTH_BYTES;
    if (typeof field === 'string') at = content + packed.write(field, content);
    else {
      packed.set(field, content);
      at = content + field.length;
    }
    packed.writeUInt32BE(at - content, content - LENGTH_BYTES);
  }
  return packed;
}

function lengthOf(field: string | Uint8Array): number {
  return typeof field === 'string' ? Buffer.byteLength(field) : field.length;
}

function unpack(bytes: Buffer, count: number): readonly Buffer[] {
  const fields: Buffer[] = [];
  let at = 0;
  while (at + LENGTH_BYTES <= bytes.length) {
    const start = at + LENGTH_BYTES;
    at = start + bytes.readUInt32BE(at);
    fields.push(bytes.subarray(start, at));
  }
  if (at === bytes.length && fields.length === count) return fields;
  throw new UnreadableRowError('checkpoint', new TypeError('fields are missing'));
}
