import { passesLuhn } from '../../checksums/index.ts';
import { RANK, type Match } from '../../finding.ts';
import { matchOf, type Source } from '../../text/index.ts';
import { digitRuns, type DigitGroup } from './digit-groups.ts';

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
  // Maestro, Discover, UnionPay, RuPay and others that share 50 and 56 to 69
  [5000, 5099, [13, 14, 15, 16, 17, 18, 19]],
  [5600, 6999, [13, 14, 15, 16, 17, 18, 19]],
  [8100, 8299, [16, 17, 18, 19]],
];
/** Those of Maestro with twelve digits look like many another number: they are to be announced. */
const SHORT: readonly (readonly [number, number])[] = [
  [5000, 5099],
  [5600, 6999],
];
const SHORTEST = 12;
const LONGEST = 19;
/** The lengths that a card with these first four digits may have, as bits. */
const LENGTHS = new Uint32Array(10_000);
for (const [from, to, lengths] of BRANDS) {
  const bits = lengths.reduce((sum, length) => sum | (1 << length), 0);
  for (let prefix = from; prefix <= to; prefix += 1)
    LENGTHS[prefix] = (LENGTHS[prefix] ?? 0) | bits;
}
for (const [from, to] of SHORT) {
  for (let prefix = from; prefix <= to; prefix += 1) {
    LENGTHS[prefix] = (LENGTHS[prefix] ?? 0) | (1 << SHORTEST);
  }
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
    const span = { start: groups[first]?.start ?? 0, end: groups[last]?.end ?? 0 };
    if (!isCard(source, digits, { ...span, groups: last - first + 1 })) continue;
    const match = matchOf('CREDIT_CARD', span, { rank: RANK.checked, confidence: 0.95 });
    found = { match, next: last + 1 };
  }
  return found;
}

function mayBegin(digits: string): boolean {
  return digits.length < 4 || LENGTHS[Number(digits.slice(0, 4))] !== 0;
}

function fits(digits: string): boolean {
  const lengths = digits.length < SHORTEST ? 0 : (LENGTHS[Number(digits.slice(0, 4))] ?? 0);
  return ((lengths >> digits.length) & 1) === 1 && passesLuhn(digits);
}

function isCard(
  { labels }: Source,
  digits: string,
  { start, end, groups }: { readonly start: number; readonly end: number; readonly groups: number },
): boolean {
  if (/^(\d)\1+$/.test(digits)) return false;
  if (labels.announce(start, end, 'card')) return true;
  // In one piece, and announced as the number of an order, it is one more likely than not.
  return digits.length > SHORTEST && (groups > 1 || !labels.nearest(start, 'benign'));
}
