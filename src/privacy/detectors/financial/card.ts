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
    for (let first = 0; first < groups.length;) {
      const found = longestFrom(source, groups, first);
      if (found !== undefined) yield found.match;
      first = found?.next ?? first + 1;
    }
  }
}

function longestFrom(source: Source, groups: readonly DigitGroup[], first: number) {
  let digits = '';
  let found: { readonly match: Match; readonly next: number } | undefined;
  for (let last = first; last < groups.length; last += 1) {
    digits += groups[last]?.digits ?? '';
    if (digits.length > LONGEST || !mayBegin(digits)) break;
    if (!fits(digits)) continue;
    if (!isCard(source, digits, groups.slice(first, last + 1))) continue;
    const span = { start: groups[first]?.start ?? 0, end: groups[last]?.end ?? 0 };
    const match = matchOf('CREDIT_CARD', span, { rank: RANK.checked, confidence: 0.95 });
    found = { match, next: last + 1 };
  }
  return found;
}

function mayBegin(digits: string): boolean {
  return digits.length < 4 || LOOSE[Number(digits.slice(0, 4))] !== 0;
}

function fits(digits: string, table = LOOSE): boolean {
  const lengths = digits.length < SHORTEST ? 0 : (table[Number(digits.slice(0, 4))] ?? 0);
  return ((lengths >> digits.length) & 1) === 1 && passesLuhn(digits);
}

function isCard(source: Source, digits: string, groups: readonly DigitGroup[]): boolean {
  if (/^(\d)\1+$/.test(digits)) return false;
  const { labels } = source;
  const [first] = groups;
  const start = first?.start ?? 0;
  if (labels.announce(start, groups.at(-1)?.end ?? start, 'card')) return true;
  if (digits.length === SHORTEST) return false;
  if (groups.length > 1) return isGrouped(source, groups);
  // In one piece, and announced as the number of an order or an account, it is one more likely than not.
  const isOther = digits.length < USUAL && labels.closest(start, 'bank');
  return !isOther && fits(digits, STRICT) && !labels.nearest(start, 'benign');
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
