import { CONFLICT, say } from '../../wording/wording.ts';
import { addDays, weekdayOf, writeDate } from '../../lexicon/calendar.ts';
import { findDates, soleDate } from '../../lexicon/find-dates.ts';
import { conflictId, quoteAll, type Conflict } from '../conflict.ts';
import { correctionAt, read, type Draft } from '../draft.ts';

/** Finds dates whose day of the week is another one than the brief says. */
export function mismatchedWeekdays(draft: Draft): readonly Conflict[] {
  const conflicts = new Map<number, Conflict>();
  for (const candidate of draft.candidates) {
    for (const { weekday, readings, ...date } of findDates(
      draft.text.slice(candidate.start, candidate.end),
    )) {
      const [reading] = readings;
      const place = { start: candidate.start + date.start, end: candidate.start + date.end };
      const plain = reading !== undefined && readings.length === 1 && weekday !== undefined;
      if (!plain || weekdayOf(reading) === weekday || conflicts.has(place.start)) continue;
      if (correctionAt(draft, place) === undefined)
        conflicts.set(place.start, toConflict(draft, { ...place, reading, weekday }));
    }
  }
  return [...conflicts.values()];
}

interface Mismatch {
  readonly start: number;
  readonly end: number;
  readonly reading: string;
  readonly weekday: number;
}

function toConflict(draft: Draft, { start, end, reading, weekday }: Mismatch): Conflict {
  const ahead = (weekday - weekdayOf(reading) + 7) % 7;
  const choices = [reading, addDays(reading, ahead), addDays(reading, ahead - 7)];
  const written = draft.text.slice(start, end);
  const split = start + (/^\S+/.exec(written)?.[0].length ?? 1);
  return {
    id: conflictId('deadlines', ['weekday', reading, String(weekday)]),
    field: 'deadlines',
    text: say(CONFLICT.weekday[draft.language], quoteAll([read(draft, { start, end }).text])),
    sources: [
      { start, end: split },
      { start: split, end },
    ],
    options: choices.map((date) => writeDate(date, draft.language)),
    resolve: ({ option, text }) => {
      const chosen = option === undefined ? soleDate(text) : choices[option];
      if (chosen === undefined) return undefined;
      return { edits: [{ start, end, text: writeDate(chosen, draft.language) }], drops: [] };
    },
  };
}
