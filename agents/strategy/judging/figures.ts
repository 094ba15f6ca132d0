import { MONTHS, UNITS } from './figure-words.ts';

/** A number, price, share, date or code in a text, in a form that can be compared. */
export interface Figure {
  /** Equal for equal figures, however they are written: `n:20%`, `date:06-30`, `code:save20`. */
  readonly key: string;
  /** Characters [start, end) of the text. */
  readonly start: number;
  readonly end: number;
}

const MONTH = alternatives(MONTHS.keys());
const UNIT = alternatives(UNITS.keys());
const AMOUNT = String.raw`\d{1,3}(?:[.,'’\u0020\u00a0\u202f]\d{3})+(?:[.,]\d{1,4})?(?!\d)|\d{1,20}(?:[.,]\d{1,9})?`;
const NOT_IN_WORD = String.raw`(?<![\p{L}\p{N}])`;
const END_OF_WORD = String.raw`(?![\p{L}\p{N}])`;

/** Tried in this order at each place, so that a date is not taken for two numbers. */
const FIGURE = new RegExp(
  [
    String.raw`${NOT_IN_WORD}(?<isoYear>\d{4})-(?<isoMonth>\d{2})-(?<isoDay>\d{2})(?!\d)`,
    String.raw`${NOT_IN_WORD}(?<dotDay>\d{1,2})\.\s?(?<dotMonth>\d{1,2})\.(?:\s?(?<dotYear>\d{4})(?!\d))?`,
    String.raw`${NOT_IN_WORD}(?<day>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?\s{1,2}(?:of |de |di )?(?<month>${MONTH})${END_OF_WORD}(?:\.?,?\s(?:de )?(?<year>\d{4})(?!\d))?`,
    String.raw`${NOT_IN_WORD}(?<monthFirst>${MONTH})${END_OF_WORD}\.?\s{1,2}(?<dayLast>\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:,?\s(?<yearLast>\d{4})(?!\d))?`,
    String.raw`(?:${NOT_IN_WORD}(?<before>${UNIT})[\u0020\u00a0\u202f]?)?${NOT_IN_WORD}(?<amount>${AMOUNT})(?:[\u0020\u00a0\u202f-]?(?<after>${UNIT})(?![\p{L}]))?`,
    String.raw`(?<![\p{L}\p{N}_-])(?<code>[\p{L}]{1,40}[\p{L}\p{N}_-]{0,40}\p{N}[\p{L}\p{N}_-]{0,40})`,
    String.raw`(?<rest>\p{N})`,
  ].join('|'),
  'giu',
);

/** Gives every figure of `text`, in order. Numbers that are spelled out in words are not found. */
export function figuresIn(text: string): readonly Figure[] {
  if (!/\p{N}/u.test(text)) return [];
  const figures: Figure[] = [];
  // Not matchAll: it copies the expression, and a copy is compiled anew for every text.
  FIGURE.lastIndex = 0;
  for (let match = FIGURE.exec(text); match !== null; match = FIGURE.exec(text)) {
    const end = match.index + match[0].length;
    figures.push({ key: keyOf(match.groups ?? {}), start: match.index, end });
  }
  return figures;
}

/** Gives the keys of every figure in `texts`. A date with a year is held without its year too. */
export function figureKeys(texts: readonly string[]): ReadonlySet<string> {
  const keys = texts.flatMap((text) => figuresIn(text).map(({ key }) => key));
  return new Set(
    keys.flatMap((key) => (/^date:\d{4}-/.test(key) ? [key, `date:${key.slice(10)}`] : [key])),
  );
}

type Groups = Readonly<Record<string, string | undefined>>;

function keyOf(groups: Groups): string {
  const date = dateOf(groups);
  if (date !== undefined) return `date:${date}`;
  const amount = groups['amount'];
  if (amount !== undefined) {
    const unit = unitOf(groups['after']) ?? unitOf(groups['before']) ?? '';
    return `n:${plainNumber(amount)}${unit}`;
  }
  return `code:${(groups['code'] ?? groups['rest'] ?? '').toLowerCase()}`;
}

function dateOf(groups: Groups): string | undefined {
  const day = first(groups, ['isoDay', 'dotDay', 'day', 'dayLast']);
  const named = first(groups, ['month', 'monthFirst'])?.toLowerCase();
  const month = named === undefined ? first(groups, ['isoMonth', 'dotMonth']) : MONTHS.get(named);
  if (day === undefined || month === undefined) return undefined;
  const year = first(groups, ['isoYear', 'dotYear', 'year', 'yearLast']);
  const dayOfYear = `${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return year === undefined ? dayOfYear : `${year}-${dayOfYear}`;
}

function first(groups: Groups, names: readonly string[]): string | undefined {
  return names.map((name) => groups[name]).find((text) => text !== undefined);
}

function unitOf(word: string | undefined): string | undefined {
  return word === undefined ? undefined : UNITS.get(word.toLowerCase());
}

/** `1,250.50`, `1.250,50` and `1250.5` are one number. */
function plainNumber(amount: string): string {
  const dense = amount.replaceAll(/['’\s]/g, '');
  const decimal = /^(?<whole>.*)[.,](?<part>\d+)$/.exec(dense);
  const whole = decimal?.groups?.['whole'];
  const part = decimal?.groups?.['part'];
  if (whole === undefined || part === undefined) return withoutZeros(dense);
  const mixed = /[.,]/.test(whole);
  const grouping =
    part.length === 3 && whole !== '0' && (!mixed || whole.includes(dense.charAt(whole.length)));
  const digits = whole.replaceAll(/[.,]/g, '');
  if (grouping) return withoutZeros(`${digits}${part}`);
  const fraction = part.replace(/0+$/, '');
  return fraction === '' ? withoutZeros(digits) : `${withoutZeros(digits)}.${fraction}`;
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}

/** The words as alternatives, longest first, so that none hides a longer one. */
function alternatives(words: Iterable<string>): string {
  return Array.from(words)
    .toSorted((one, other) => other.length - one.length)
    .map((word) => word.replaceAll('$', String.raw`\$`))
    .join('|');
}
