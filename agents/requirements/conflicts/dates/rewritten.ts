import { writeDate } from '../../lexicon/calendar.ts';
import type { Resolution } from '../conflict.ts';
import type { Draft } from '../draft.ts';
import type { SetDate } from './set-dates.ts';

/** The edits that write `date` at every place that says another one. */
export function rewritten(
  draft: Draft,
  places: readonly SetDate[],
  date: string,
): Resolution['edits'] {
  const text = writeDate(date, draft.language);
  return places
    .filter((place) => place.told && (place.yearless || place.date !== date))
    .map(({ start, end }) => ({ start, end, text }));
}
