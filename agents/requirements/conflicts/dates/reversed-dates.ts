import { findDates } from '../../lexicon/find-dates.ts';
import { CONFLICT, say } from '../../wording/wording.ts';
import { conflictId, quoteAll, type Conflict, type Resolution } from '../conflict.ts';
import type { Draft } from '../draft.ts';
import { rewritten } from './rewritten.ts';
import type { SetDate } from './set-dates.ts';

/** Finds an end of the offer or the campaign that lies before its beginning, or before the first email goes out. */
export function reversedDates(draft: Draft, all: readonly SetDate[]): readonly Conflict[] {
  const dated = all.filter(({ yearless }) => !yearless);
  const conflicts = reversedIn(draft, dated);
  // Without years, a beginning in May and an end in January may be meant; a person says so with the years.
  return conflicts.length > 0 || dated.length === all.length
    ? conflicts
    : reversedIn(
        draft,
        all.filter(({ yearless }) => yearless),
      );
}

function reversedIn(draft: Draft, dates: readonly SetDate[]): readonly Conflict[] {
  const starts = dates.filter(
    ({ role, general, sending, label }) =>
      role === 'start' && (general || sending !== undefined || LAUNCH.test(label)),
  );
  const ends = dates.filter(({ role, general }) => role === 'end' && general);
  const start = starts.toSorted((one, other) => one.date.localeCompare(other.date))[0];
  const late = start === undefined ? [] : ends.filter(({ date }) => date < start.date);
  if (start === undefined || late.length === 0) return [];
  const places = [start, ...late];
  return [
    {
      id: conflictId('deadlines', ['order', start.date]),
      field: 'deadlines',
      text: say(CONFLICT.order[draft.language], quoteAll(places.map(({ shown }) => shown))),
      sources: places.map(({ statement }) => statement),
      options: [],
      resolve: ({ text }) =>
        keepsBoth(places, text) ? undefined : reordered(draft, { start, late }, datesIn(text)),
    },
  ];
}

/** "10 January and 20 January" says both dates again, and not from when to when. */
function keepsBoth(places: readonly SetDate[], answer: string): boolean {
  const [first, second] = findDates(answer);
  if (first === undefined || second === undefined) return false;
  const known = new Set(places.map(({ date }) => date));
  const joined = /^\s*(?:,|;|\/|&|\+)|^\s*,?\s*(?:and|or|und|oder|et|ou|y|o|e|en|of)\s/iu;
  return joined.test(answer.slice(first.end)) && datesIn(answer).every((date) => known.has(date));
}

/** One date is the end, two are beginning and end; what still ends before it begins settles nothing. */
function reordered(
  draft: Draft,
  { start, late }: { readonly start: SetDate; readonly late: readonly SetDate[] },
  answer: readonly string[],
): Resolution | undefined {
  const [first, second] = answer;
  if (first === undefined || answer.length > 2) return undefined;
  if (second === undefined && start.yearless) return undefined;
  const [begin, end] = second === undefined ? [start.date, first] : [first, second];
  if (end < begin) return undefined;
  return {
    edits: [...rewritten(draft, [start], begin), ...rewritten(draft, late, end)],
    drops: [],
  };
}

function datesIn(text: string): readonly string[] {
  const dates = findDates(text);
  return dates.every(({ readings }) => readings.length === 1)
    ? dates.flatMap(({ readings }) => readings)
    : [];
}

const LAUNCH = /launch|e-?mail|mailing|newsletter|versand|sending|send/;
