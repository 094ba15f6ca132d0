import type { Span } from '../brief/span.ts';
import { isoDateOf, MONTH_NUMBER, WEEKDAY_NUMBER, weekdayOf } from './calendar.ts';

/** A date as it is written in a text. */
export interface WrittenDate extends Span {
  /** Every date that the writing can mean, ISO-8601: one when it is plain, none when there is no such day or no year. */
  readonly readings: readonly string[];
  /** Day of the week that is written in front of it, 0 for Sunday. */
  readonly weekday: number | undefined;
  /** Day and month, when the year is not said. */
  readonly yearless: { readonly month: number; readonly day: number } | undefined;
}

const names = (numbers: ReadonlyMap<string, number>): string =>
  [...numbers.keys()].toSorted((one, other) => other.length - one.length).join('|');

const MONTH = `(?<month>${names(MONTH_NUMBER)})(?![\\p{L}])\\.?`;
const WEEKDAY = `(?:(?<weekday>${names(WEEKDAY_NUMBER)})\\.?,?\\s{1,3}(?:the\\s|den\\s|dem\\s|le\\s|el\\s|il\\s)?)?`;
const DAY = `(?<day>\\d{1,2})(?:st|nd|rd|th|er|º|°)?`;
const YEAR = `(?<year>(?:19|20|21)\\d{2})(?!\\d)`;
const START = `(?<![\\p{L}\\d./-])`;

/** How each form must look at least: most texts hold none, and are not searched for its many names. */
const FORMS = [
  {
    seen: /\d{4}-\d{2}-\d/,
    form: new RegExp(`${START}${WEEKDAY}${YEAR}-(?<number>\\d{2})-(?<day>\\d{2})(?!\\d)`, 'giu'),
  },
  {
    seen: /\d(?:st|nd|rd|th|er|º|°)?\.?\s{0,3}(?:of\s|de\s)?[\p{L}]{3}/iu,
    form: new RegExp(
      `${START}${WEEKDAY}${DAY}\\.?\\s{0,3}(?:of\\s|de\\s)?${MONTH}(?:,?\\s{1,3}(?:de\\s)?${YEAR})?`,
      'giu',
    ),
  },
  {
    seen: /\p{L}{3}\.?\s{1,3}\d/u,
    form: new RegExp(
      `${START}${WEEKDAY}${MONTH}\\s{1,3}${DAY}(?!\\d)(?:,?\\s{1,3}${YEAR})?`,
      'giu',
    ),
  },
  {
    seen: /\d[./-]\s?\d{1,2}[./-]\s?\d{4}/,
    form: new RegExp(
      `${START}${WEEKDAY}(?<day>\\d{1,2})(?<mark>[./-])\\s?(?<number>\\d{1,2})\\k<mark>\\s?${YEAR}`,
      'giu',
    ),
  },
  {
    seen: /\d\.\s?\d{1,2}\./,
    form: new RegExp(
      `${START}${WEEKDAY}(?<day>\\d{1,2})\\.\\s?(?<number>\\d{1,2})\\.(?!\\s?\\d)`,
      'giu',
    ),
  },
];

/** Finds the dates in `text`, in order; white space in them may be a line break. */
export function findDates(text: string): readonly WrittenDate[] {
  if (!/\d/.test(text)) return [];
  const found = FORMS.filter(({ seen }) => seen.test(text)).flatMap(({ form }) =>
    [...text.matchAll(form)].map(toDate).filter((date) => date !== undefined),
  );
  const sorted = found.toSorted((one, other) => one.start - other.start || other.end - one.end);
  const dates: WrittenDate[] = [];
  for (const date of sorted) if (date.start >= (dates.at(-1)?.end ?? 0)) dates.push(date);
  return dates.map((date, index) => withYearOfRange(text, date, dates[index + 1]));
}

/** Gives the one date that `text` means, or undefined when it means none or several; a second day without a year is one too. */
export function soleDate(text: string): string | undefined {
  const dates = findDates(text);
  const [reading] = dates[0]?.readings ?? [];
  return dates.every(({ readings }) => readings.length === 1 && readings[0] === reading)
    ? reading
    : undefined;
}

function toDate(match: RegExpMatchArray): WrittenDate | undefined {
  const { weekday = '', day = '', month = '', number = '', year, mark } = match.groups ?? {};
  const start = match.index ?? 0;
  const place = {
    start,
    end: start + match[0].length,
    weekday: WEEKDAY_NUMBER.get(weekday.toLowerCase()),
  };
  const named = {
    day: Number(day),
    month: MONTH_NUMBER.get(month.toLowerCase()) ?? Number(number),
  };
  if (year === undefined)
    return isYearless(named, month) ? { ...place, readings: [], yearless: named } : undefined;
  const readings = readingsOf({ year: Number(year), ...named }, mark);
  return readings.length > 0 || isDayAndMonth(named)
    ? { ...place, readings, yearless: undefined }
    : undefined;
}

interface DayAndMonth {
  readonly day: number;
  readonly month: number;
}

/** Without a year, words such as "may" and "march" are no months unless they are written as such. */
function isYearless(named: DayAndMonth, month: string): boolean {
  return (
    !/^(?:mar|march|may|out|set|ago)$/.test(month) &&
    isoDateOf({ year: 2000, ...named }) !== undefined
  );
}

function isDayAndMonth({ day, month }: DayAndMonth): boolean {
  return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

/** With slashes or hyphens the month may come first; both readings count until something tells them apart. */
function readingsOf(
  date: { year: number; month: number; day: number },
  mark: string | undefined,
): readonly string[] {
  const dayFirst = isoDateOf(date);
  const either = mark === '/' || mark === '-';
  const monthFirst = either ? isoDateOf({ ...date, month: date.day, day: date.month }) : undefined;
  return [...new Set([dayFirst, monthFirst])].filter((reading) => reading !== undefined);
}

/** In `24 to 31 March 2027`-like ranges, a date without a year takes the year of the date that it reaches to. */
function withYearOfRange(
  text: string,
  date: WrittenDate,
  next: WrittenDate | undefined,
): WrittenDate {
  const told = narrowed(date);
  const reading = next?.readings[0];
  if (told.yearless === undefined || next === undefined || reading === undefined) return told;
  const between = text.slice(told.end, next.start);
  if (
    !/^\s{0,3}(?:to|until|till|through|and|bis|und|au|jusqu'au|al|hasta|a|fino al|tot|t\/m|até|[-–—])\s{0,3}(?:the\s|zum\s)?$/i.test(
      between,
    )
  )
    return told;
  const iso = isoDateOf({ ...told.yearless, year: Number(reading.slice(0, 4)) });
  return iso === undefined ? told : { ...told, readings: [iso], yearless: undefined };
}

/** A day of the week tells two readings apart when it fits one of them. */
function narrowed(date: WrittenDate): WrittenDate {
  if (date.readings.length < 2 || date.weekday === undefined) return date;
  const fitting = date.readings.filter((reading) => weekdayOf(reading) === date.weekday);
  return fitting.length === 1 ? { ...date, readings: fitting } : date;
}
