import { trimSpan, type Span } from '../../brief/span.ts';
import { findDates } from '../../lexicon/find-dates.ts';

/** Between two dates of a label's value: "Launch 3 May 2027, reminder 9 May 2027". */
const MARK = /^[^,;/|·]{0,40}?(?:[,;]|\s[/|·])\s/;
/** Between two dates of a sentence, in front of words that have their own subject: "; the first mail goes out on ...". */
const JOINT =
  /[,;–]\s|[.]\s|\s[/|·]\s|\s(?=(?:and|but|while|und|aber|während|et|mais|tandis|y|pero|mientras|e|ma|mentre|en|maar|terwijl|mas|enquanto)\s)/giu;
const EMPTY =
  /^(?:and|but|on|at|from|until|till|to|by|the|then|ends?|closes?|und|aber|am|an|bis|ab|vom|zum|von|dann|endet|der|dem|den|et|mais|le|au|du|jusqu|puis|y|pero|el|hasta|al|del|de|termina|e|ma|il|fino|dal|dall|poi|en|maar|op|tot|tot en met|van|dan|eindigt|em|até|do|ao|depois|or|oder|ou|o|of)$/iu;

/** Parts a label's value where a comma, slash or bar stands between one date and the next. */
export function datesApart(text: string, whole: Span): readonly Span[] {
  return partedBetweenDates(text, whole, (between) => {
    const mark = MARK.exec(between)?.[0];
    if (mark === undefined) return undefined;
    return { end: mark.replace(/\s*[,;/|·]\s$/, '').length, next: mark.length };
  });
}

/** Parts a sentence between two dates where the second one is told of something else. */
export function dateClauses(text: string, whole: Span): readonly Span[] {
  return partedBetweenDates(text, whole, (between) => {
    const joints = [...between.matchAll(JOINT)].filter(({ 0: joint, index }) =>
      hasSubject(between.slice(index + joint.length)),
    );
    const last = joints.at(-1);
    return last === undefined ? undefined : { end: last.index, next: last.index + last[0].length };
  });
}

const LEAST_WORDS = 2;
/** Says by itself whose date it is. */
const REMINDER = /^(?:reminder|erinnerung|rappel|recordatorio|promemoria|herinnering|lembrete)/iu;

/** Whether words in front of a date say whose date it is, and not only that it is one. */
function hasSubject(words: string): boolean {
  const found = words.match(/[\p{L}’']{2,}/gu) ?? [];
  if (found.some((each) => REMINDER.test(each))) return true;
  return found.filter((each) => !EMPTY.test(each)).length >= LEAST_WORDS;
}

interface Cut {
  /** Where the part in front ends, and where the next one begins, counted from the date in front. */
  readonly end: number;
  readonly next: number;
}

function partedBetweenDates(
  text: string,
  whole: Span,
  cutIn: (between: string) => Cut | undefined,
): readonly Span[] {
  const dates = findDates(text.slice(whole.start, whole.end));
  const parts: Span[] = [];
  let { start } = whole;
  for (const [index, date] of dates.entries()) {
    const next = dates[index + 1];
    if (next === undefined) break;
    const from = whole.start + date.end;
    const cut = cutIn(text.slice(from, whole.start + next.start));
    if (cut === undefined) continue;
    parts.push(trimSpan(text, { start, end: from + cut.end }));
    start = from + cut.next;
  }
  return [...parts, trimSpan(text, { start, end: whole.end })];
}
