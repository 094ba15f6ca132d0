import { StateIntegrityError } from '../../errors/index.ts';
import type { WriteRow } from '../checkpoint-store.ts';
import type { WritingParts } from '../committer.ts';
import { openCheckpoint, openPart, openWriteBytes, placeOf } from '../lane-reader.ts';
import { renameParts } from '../parts/index.ts';
import { sealCheckpoint, sealWrite, segmentDigest, wrap } from '../seals/index.ts';
import type { MovingCheckpoint } from './departing.ts';

/** From where to where a thread goes. */
export interface Move {
  readonly from: string;
  readonly to: string;
  /** The new digest of every segment that has arrived, by its old one. */
  readonly names: Map<string, string>;
}

/**
 * Opens a checkpoint as what it was in the thread that it comes from, every seal checked, and seals it anew for the
 * thread that it goes to, with the current key.
 *
 * @throws StateIntegrityError, UnknownStateKeyError
 */
export function rehome(
  parts: WritingParts,
  moving: MovingCheckpoint,
  move: Move,
): MovingCheckpoint {
  const { keys, envelope } = parts;
  const { ns, row } = moving;
  const source = { thread: move.from, ns };
  const target = { thread: move.to, ns };
  const key = keys.current;
  const how = { ...envelope, key };
  const sound = openCheckpoint(keys, source, row);
  const segments = new Map<string, Uint8Array>();
  for (const [digest, stored] of moving.segments) {
    const plain = openPart(keys, { lane: source, row, digest }, stored);
    const name = segmentDigest(key, move.to, plain);
    move.names.set(digest, name);
    segments.set(name, wrap(plain, placeOf.segment(move.to, name), how));
  }
  const nameOf = (digest: string): string => {
    const name = move.names.get(digest);
    if (name !== undefined) return name;
    throw new StateIntegrityError({ ...source, checkpoint: row.id }, 'a part of it is missing');
  };
  const digests = [...new Set(row.segments.map(nameOf))];
  const plain = renameParts(sound.plain, nameOf);
  const header = wrap(plain, placeOf.header(target, row.id), how);
  const { id, parent, seq } = row;
  const fields = { id, parent, seq, segments: digests, header, plain };
  return {
    ns,
    row: sealCheckpoint(key, target, fields),
    writes: moving.writes.map((write) => rehomeWrite(parts, { ...moving, write }, move)),
    segments,
  };
}

function rehomeWrite(
  { keys, envelope }: WritingParts,
  { ns, row, write }: MovingCheckpoint & { readonly write: WriteRow },
  move: Move,
): WriteRow {
  const key = keys.current;
  const plain = openWriteBytes(keys, { thread: move.from, ns, id: row.id }, write);
  const target = { thread: move.to, ns };
  const value = wrap(plain, placeOf.write(target, row.id), { ...envelope, key });
  return sealWrite(key, { ...target, id: row.id }, { ...write, value, plain });
}
