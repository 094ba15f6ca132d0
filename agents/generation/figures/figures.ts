import { plainText } from '../reading/plain-text.ts';
import { MONTH_NAME, monthNumber } from './month-names.ts';
import { digitsForWords } from './number-words.ts';

/** A price, percentage, date, time or number of a text, as the keys that it may stand for; several when it is ambiguous. */
export interface Figure {
  readonly kind: 'money' | 'percent' | 'date' | 'time' | 'number';
  /** Such as `money:EUR:1299`, `date:2027-03-15`, `date:--03-15`. "1.299" has two: 1299 and 1.299. */
  readonly keys: readonly string[];
}

interface Reader {
  readonly pattern: RegExp;
  /** Undefined when the match is not what the pattern is after; it is then read as something else. */
  readonly read: (groups: Readonly<Record<string, string | undefined>>) => Figure | undefined;
}

// Begins only where no digit stands before, and groups at most six times: time stays linear in the text's length.
const NUMBER = String.raw`(?<!\d)(?:\d{1,3}(?:[.,' ]\d{3}){1,6}(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?)`;
const CURRENCY = String.raw`€|\$|£|¥|(?:EUR|USD|GBP|CHF|euros?|dollars?|dólares|dollari|pounds?|libras|sterline|francs?|franken|franchi)(?!\p{L})|Fr\.`;
const SCALE = String.raw`(?<scale>k|tsd\.?|thousand|tausend|mill?ion(?:en|es|s|i)?|millones|milhões|miljoen|mio\.?|m|milliarden?|milliards?|billions?|mrd\.?|bn)(?!\p{L})`;
const PERCENT = String.raw`(?:%|percent|per cent|prozent|pour cent|por ciento|por cento|per cento|procent)`;
const DAY = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th|er|o|a|e|\.|te[nr]?)?`;
const MONTH = String.raw`(?<month>${MONTH_NAME})(?!\p{L})\.?`;
const YEAR = String.raw`(?<year>\d{4})(?!\d)`;
const BEFORE = String.raw`(?<![\d\p{L}])`;

const READERS: readonly Reader[] = [
  {
    pattern: expression(`${BEFORE}(?<year>\\d{4})-(?<month>\\d{1,2})-(?<day>\\d{1,2})(?!\\d)`),
    read: date,
  },
  {
    pattern: expression(`${BEFORE}${DAY} ?(?:of |de |d')?${MONTH}(?:,? (?:de |del |do )?${YEAR})?`),
    read: date,
  },
  { pattern: expression(`${BEFORE}${MONTH} ${DAY}(?!\\d)(?:,? ${YEAR})?`), read: date },
  { pattern: expression(`${BEFORE}${MONTH},? (?:de |del |do )?${YEAR}`), read: date },
  {
    pattern: expression(
      String.raw`(?<!\d)(?<day>\d{1,2})(?<mark>[./])(?<month>\d{1,2})\k<mark>(?<year>\d{4}|\d{2})(?!\d)`,
    ),
    read: numericDate,
  },
  {
    pattern: expression(String.raw`(?<![\d.])(?<day>\d{1,2})\. ?(?<month>\d{1,2})\.(?! ?\d)`),
    read: date,
  },
  {
    pattern: expression(
      String.raw`(?<!\d)(?<hour>\d{1,2})[:h](?<minute>\d{2})(?!\d)(?: ?(?<half>[ap])\.?m\b\.?)?`,
    ),
    read: time,
  },
  {
    pattern: expression(
      String.raw`(?<!\d)(?<hour>\d{1,2})(?:[.:](?<minute>\d{2}))? ?(?:(?<half>[ap])\.?m\b\.?|uhr\b|h\b)`,
    ),
    read: time,
  },
  {
    pattern: expression(`(?<number>${NUMBER})[ -]?${PERCENT}`),
    read: ({ number = '' }) => figure('percent', number),
  },
  {
    pattern: expression(`(?<currency>${CURRENCY}) ?(?<number>${NUMBER})(?: ?${SCALE})?`),
    read: money,
  },
  {
    pattern: expression(
      `(?<number>${NUMBER})(?:[.,]-+)?(?: ?${SCALE})?(?: ?-)? ?(?<currency>${CURRENCY})`,
    ),
    read: money,
  },
  {
    pattern: expression(`(?<number>${NUMBER})(?: ?${SCALE})?`),
    read: ({ number = '', scale }) => figure('number', number, scale),
  },
];

/**
 * Finds every figure of `text`, in any of the seven languages' notations: "20 %" and "20 percent", "1.299,00 €" and
 * "€1,299", "15. März 2027" and "2027-03-15", "18:30" and "6.30 pm". Numbers in words count in `language`.
 *
 * @param language - The language in which words may be numbers, as a BCP 47 primary tag.
 */
export function figuresIn(text: string, language: string): readonly Figure[] {
  let rest = digitsForWords(plainText(text), language);
  const found: Figure[] = [];
  for (const { pattern, read } of READERS) {
    rest = rest.replace(pattern, (...match: unknown[]) => {
      const whole = String(match[0]);
      const result = read(groupsOf(match.at(-1)));
      if (result === undefined) return whole;
      found.push(result);
      return '\n';
    });
  }
  return found;
}

function expression(source: string): RegExp {
  return new RegExp(source, 'giu');
}

function groupsOf(value: unknown): Readonly<Record<string, string | undefined>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function date(groups: Readonly<Record<string, string | undefined>>): Figure | undefined {
  const { day, month = '', year } = groups;
  const key = dateKey(day, /^\d+$/u.test(month) ? Number(month) : monthNumber(month), year);
  return key === undefined ? undefined : { kind: 'date', keys: [key] };
}

// 03/04/2027 is the third of April or the fourth of March: it stands for both.
function numericDate(groups: Readonly<Record<string, string | undefined>>): Figure | undefined {
  const { day, month, mark, year = '' } = groups;
  const fullYear = year.length === 2 ? `20${year}` : year;
  const dayFirst = dateKey(day, Number(month), fullYear);
  const monthFirst = mark === '/' ? dateKey(month, Number(day), fullYear) : undefined;
  const keys = [dayFirst, monthFirst].filter((key) => key !== undefined);
  return keys.length === 0 ? undefined : { kind: 'date', keys };
}

function dateKey(
  day: string | undefined,
  month: number,
  year: string | undefined,
): string | undefined {
  if (month < 1 || month > 12) return undefined;
  if (day === undefined) return `date:${year}-${two(month)}`;
  if (Number(day) < 1 || Number(day) > 31) return undefined;
  return `date:${year ?? '-'}-${two(month)}-${two(Number(day))}`;
}

function time({
  hour,
  minute = '00',
  half,
}: Readonly<Record<string, string | undefined>>): Figure | undefined {
  const hours =
    (Number(hour) % (half === undefined ? 25 : 12)) + (half?.toLowerCase() === 'p' ? 12 : 0);
  if (Number(hour) > 24 || Number(minute) > 59) return undefined;
  return { kind: 'time', keys: [`time:${two(hours)}:${minute}`] };
}

function money({
  number = '',
  currency = '',
  scale,
}: Readonly<Record<string, string | undefined>>): Figure {
  return figure(`money:${currencyCode(currency)}`, number, scale);
}

function figure(
  unit: 'percent' | 'number' | `money:${string}`,
  number: string,
  scale?: string,
): Figure {
  const factor = scaleFactor(scale);
  const kind = unit === 'percent' || unit === 'number' ? unit : 'money';
  return {
    kind,
    keys: valuesOf(number).map(
      (value) => `${unit}:${factor === 1 ? value : Number(value) * factor}`,
    ),
  };
}

/** What a numeral may mean: "1.299,00" is 1299; "1.299" is 1299 or 1.299. */
function valuesOf(numeral: string): readonly string[] {
  const text = numeral.replace(/[' ]/gu, '');
  const marks = text.match(/[.,]/gu) ?? [];
  const last = marks.at(-1);
  if (last === undefined) return [canonical(text)];
  const decimal = canonical(text.replace(last === '.' ? /,/gu : /\./gu, '').replace(last, '.'));
  const whole = canonical(text.replace(/[.,]/gu, ''));
  if (new Set(marks).size > 1) return [decimal];
  if (marks.length > 1) return [whole];
  return /^[1-9]\d{0,2}[.,]\d{3}$/u.test(text) ? [whole, decimal] : [decimal];
}

// Digits beyond what a double holds stay digits, so that two long numbers never become one.
function canonical(text: string): string {
  if (text.length > 15) return text;
  return String(Number(text));
}

function scaleFactor(scale: string | undefined): number {
  const word = scale?.toLowerCase() ?? '';
  if (word === '') return 1;
  if (/^(?:k|ts|th|ta)/u.test(word)) return 1000;
  return /^(?:mrd|milliard|b)/u.test(word) ? 1_000_000_000 : 1_000_000;
}

function currencyCode(text: string): string {
  const word = text.toLowerCase();
  if (/^(?:€|eur)/u.test(word)) return 'EUR';
  if (/^(?:\$|usd|d)/u.test(word)) return 'USD';
  if (/^(?:£|gbp|p|lib|ster)/u.test(word)) return 'GBP';
  return word === '¥' ? 'JPY' : 'CHF';
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
