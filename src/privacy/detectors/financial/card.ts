import { passesLuhn } from '../../checksums/index.ts';
import { RANK, type Match } from '../../finding.ts';
import { matchOf, type Source } from '../../text/index.ts';
import { digitRuns, type DigitGroup } from './digit-groups.ts';

/** Maestro's. */
const LONG = [13, 14, 15, 16, 17, 18, 19];
/**
 * Whose cards begin with what, and how long they are (ISO/IEC 7812; the schemes' own ranges): from and to by their first
 * four digits, then lengths.
 */
const BRANDS: readonly (readonly [number, number, readonly number[]])[] = [
  // Visa; Mastercard; American Express
  [4000, 4999, [13, 16, 19]],
  [5100, 5599, [16]],
  [2221, 2720, [16]],
  [3400, 3499, [15]],
  [3700, 3799, [15]],
  // Diners Club
  [3000, 3059, [14, 16, 19]],
  [3095, 3095, [14, 16, 19]],
  [3600, 3699, [14, 15, 16, 17, 18, 19]],
  [3800, 3999, [14, 16, 17, 18, 19]],
  // JCB; Mir; Troy
  [3528, 3589, [16, 17, 18, 19]],
  [2131, 2131, [15]],
  [1800, 1800, [15]],
  [2200, 2204, [16, 17, 18, 19]],
  [9792, 9792, [16]],
  // Humo; Uzcard
  [9860, 9860, [16]],
  [8600, 8600, [16]],
  // Dankort
  [5019, 5019, [16]],
  // Maestro, Discover, UnionPay, RuPay, Verve, Elo, Hipercard, InstaPayment
  [5018, 5018, LONG],
  [5020, 5020, LONG],
  [5038, 5038, LONG],
  [5060, 5099, LONG],
  [5893, 5893, LONG],
  [6000, 6099, [16, 17, 18, 19]],
  [6200, 6299, [16, 17, 18, 19]],
  [6304, 6304, LONG],
  [6362, 6399, [16]],
  [6440, 6599, [16, 17, 18, 19]],
  [6703, 6799, LONG],
  [8100, 8299, [16, 17, 18, 19]],
];
/** What else Maestro has; other numbers begin so as well, so it is to be announced, or in groups. */
const WIDE: readonly (readonly [number, number, readonly number[]])[] = [
  [5000, 5099, [12, ...LONG]],
  [5600, 6999, [12, ...LONG]],
];
const SHORTEST = 12;
const LONGEST = 19;
const USUAL = 14;
const LAYOUTS = new Set([
  '4-6-5',
  '4-6-4',
  '4-3-3-3',
  '4-4-5',
  '4-5-5',
  '8-8',
  '6-10',
  '6-13',
  '4-12',
  '4-4-8',
  '6-6-4',
]);
/** The lengths that a card with these first four digits may have, as bits. */
const STRICT = lengthsOf(BRANDS);
const LOOSE = lengthsOf([...BRANDS, ...WIDE]);

function lengthsOf(ranges: typeof BRANDS): Uint32Array {
  const table = new Uint32Array(10_000);
  for (const [from, to, lengths] of ranges) {
    const bits = lengths.reduce((sum, length) => sum | (1 << length), 0);
    for (let prefix = from; prefix <= to; prefix += 1) table[prefix] = (table[prefix] ?? 0) | bits;
  }
  return table;
}

/**
 * Numbers of payment cards: the ranges of the schemes, and a check digit that is right.
 *
 * @yields Each of them.
 */
export function* findCards(source: Source): Iterable<Match> {
  for (const groups of digitRuns(source)) {
    const run = runOf(groups);
    for (let first = 0; first < groups.length;) {
      const next = endOfLongest(source, run, first);
      if (next === undefined) {
        first += 1;
        continue;
      }
      const span = { start: groups[first]?.start ?? 0, end: groups[next - 1]?.end ?? 0 };
      yield matchOf('CREDIT_CARD', span, { rank: RANK.checked, confidence: 0.95 });
      first = next;
    }
  }
}

/** A run of groups, and its digits in one piece. */
interface Run {
  readonly groups: readonly DigitGroup[];
  readonly digits: string;
  /** Where each group begins in `digits`; at last, where the last one ends. */
  readonly offsets: readonly number[];
}

function runOf(groups: readonly DigitGroup[]): Run {
  const offsets = [0];
  let length = 0;
  for (const group of groups) {
    length += group.digits.length;
    offsets.push(length);
  }
  return { groups, digits: groups.map(({ digits }) => digits).join(''), offsets };
}

/** The group after the longest card that begins with group `first`. */
function endOfLongest(source: Source, run: Run, first: number): number | undefined {
  const { digits, offsets } = run;
  const at = offsets[first] ?? 0;
  const lengths = LOOSE[prefixAt(digits, at)] ?? 0;
  if (lengths === 0) return undefined;
  let longest: number | undefined;
  for (let next = first + 1; next < offsets.length; next += 1) {
    const length = (offsets[next] ?? 0) - at;
    if (length > LONGEST) break;
    if (((lengths >> length) & 1) === 0) continue;
    const number = digits.slice(at, at + length);
    const isOne = passesLuhn(number) && isCard(source, number, run.groups.slice(first, next));
    if (isOne) longest = next;
  }
  return longest;
}

/** The four digits at a place, as a number; -1 where there are fewer. */
function prefixAt(digits: string, at: number): number {
  let prefix = 0;
  for (let index = at; index < at + 4; index += 1) {
    prefix = prefix * 10 + digits.charCodeAt(index) - 48;
  }
  return Number.isNaN(prefix) ? -1 : prefix;
}

function isCard(source: Source, number: string, groups: readonly DigitGroup[]): boolean {
  if (/^(\d)\1+$/.test(number)) return false;
  const { labels } = source;
  const start = groups[0]?.start ?? 0;
  const isAnnounced = (): boolean => labels.announce(start, groups.at(-1)?.end ?? start, 'card');
  if (number.length === SHORTEST) return isAnnounced();
  if (groups.length > 1) return isGrouped(source, groups) || isAnnounced();
  const isStrict = (((STRICT[prefixAt(number, 0)] ?? 0) >> number.length) & 1) === 1;
  return (isStrict && !isOther(source, start, number)) || isAnnounced();
}

/** In one piece, and a fraction, or announced as the number of an order or an account, it is one more likely than not. */
function isOther({ labels, text }: Source, start: number, { length }: string): boolean {
  if (/\d\.$/.test(text.slice(Math.max(0, start - 2), start))) return true;
  if (labels.nearest(start, 'deposit') || labels.nearest(start, 'benign')) return true;
  return length < USUAL && labels.closest(start, 'bank');
}

/** As cards are embossed, or in pieces of one size; columns and rows of figures may look so, too. */
function isGrouped({ text }: Source, groups: readonly DigitGroup[]): boolean {
  if (/[\t\n]/.test(text.slice(groups[0]?.start, groups.at(-1)?.end))) return false;
  const sizes = groups.map((group) => group.digits.length);
  if (LAYOUTS.has(sizes.join('-'))) return true;
  const [size = 0] = sizes;
  const last = sizes.at(-1) ?? 0;
  return size <= 4 && last <= size && sizes.slice(0, -1).every((other) => other === size);
}
