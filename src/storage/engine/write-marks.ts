import { StateIntegrityError } from '../errors/index.ts';
import type { StoredCheckpoint, WriteRow } from './checkpoint-store.ts';

const REMEMBERED_PLACES = 1_000;
const REMEMBERED_AT_PLACE = 100;

/** What this process itself put into a place where the last write wins: the seals of what it replaced, newest last. */
export type WriteMarks = Map<string, { current: string; readonly replaced: Set<string> }>;

/** Remembers special writes that were stored just now. Their seals differ whenever they were written, also for equal values. */
export function rememberWrites(marks: WriteMarks, id: string, rows: readonly WriteRow[]): void {
  for (const row of rows) {
    if (row.idx >= 0) continue;
    const place = placeOf(id, row);
    const current = sealOf(row);
    const known = marks.get(place);
    if (known === undefined) {
      if (marks.size >= REMEMBERED_PLACES) marks.clear();
      marks.set(place, { current, replaced: new Set() });
    } else if (known.current !== current) {
      if (known.replaced.size >= REMEMBERED_AT_PLACE) known.replaced.clear();
      known.replaced.add(known.current);
      known.current = current;
    }
  }
}

/**
 * Checks that no pending write is one that this process has replaced.
 *
 * @throws {@link StateIntegrityError}
 */
export function checkWrites(marks: WriteMarks, { lane, row, writes }: StoredCheckpoint): void {
  for (const write of writes) {
    if (write.idx >= 0 || marks.get(placeOf(row.id, write))?.replaced.has(sealOf(write)) !== true) {
      continue;
    }
    const at = { ...lane, checkpoint: row.id };
    throw new StateIntegrityError(at, 'a pending write was turned back to an older one');
  }
}

function placeOf(id: string, { task, idx }: WriteRow): string {
  return `${id}\0${task}\0${idx}`;
}

function sealOf({ mac }: WriteRow): string {
  return Buffer.from(mac).toString('base64');
}
