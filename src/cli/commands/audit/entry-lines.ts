import { parseEntry, type StoredEntry } from '../../../audit/index.ts';
import type { Paint } from '../../rendering/paint.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import { instantText } from '../../rendering/time.ts';

/** Heads of the columns of {@link entryRow}. */
export const ENTRY_HEADS = ['entry', 'at', 'what', 'outcome', 'target', 'who'];

/** An entry as a row of a table. */
export function entryRow(entry: StoredEntry, paint: Paint): readonly string[] {
  const { at, event } = parseEntry(entry.body);
  return [
    String(entry.seq),
    paint.dim(instantText(at)),
    event.kind,
    outcomeText(event.outcome, paint),
    plainLine(event.target),
    plainLine(whoText(event.actor)),
  ];
}

/** An entry in one line, for a list that grows. */
export function entryLine(entry: StoredEntry, paint: Paint): string {
  return entryRow(entry, paint).join('  ');
}

/** An entry as JSON: what was sealed, and its place in the chain. */
export function entryJson({
  seq,
  hash,
  previous,
  body,
}: StoredEntry): Readonly<Record<string, unknown>> {
  return { seq, hash, previous, entry: parseEntry(body) };
}

/** Who acted, and on whose behalf. */
export function whoText({
  id,
  onBehalfOf,
}: {
  readonly id: string;
  readonly onBehalfOf?: string | undefined;
}): string {
  return onBehalfOf === undefined ? id : `${id} for ${onBehalfOf}`;
}

function outcomeText(outcome: string, paint: Paint): string {
  if (outcome === 'allow' || outcome === 'success') return paint.good(outcome);
  return ['deny', 'refused', 'failure'].includes(outcome)
    ? paint.bad(outcome)
    : paint.attention(outcome);
}
