import type { CountryCode } from 'libphonenumber-js/max';

import { RANK, type Match } from '../../finding.ts';
import {
  bonusOf,
  candidatesOf,
  digitsOf,
  matchOf,
  type Candidate,
  type Source,
} from '../../text/index.ts';
import { isGivenOutIn } from './phone-plan.ts';

const EXTENSION = String.raw`(?:[ ,;]{0,3}(?:ext|extension|x|durchwahl)\.?[ :]{0,2}\d{1,6})?`;
const END = String.raw`(?![\w@]|[.:-]\d|\/\d(?!\d\d[-. ]\d{3}[-. ]\d{4}))`;
const pattern = (body: string): RegExp =>
  new RegExp(
    String.raw`(?<![\w+@]|(?<!\d[-. ]\d{4})\/(?![+(])|\w-|\d[ (.])${body}${EXTENSION}${END}`,
    'gi',
  );

/** With the code of a country: +49 30 901820, 0049..., (+1) 212... */
const INTERNATIONAL = pattern(
  String.raw`\(?(?:\+|00(?=[1-9]\d))[1-9]\d{0,2}\)?(?:[ .\-/]{0,3}(?:\(\d{1,5}\)|\d)){6,14}`,
);
/** In the United States and Canada: (212) 555-0100, 212-555-0100, 1-800-555-0199. */
const NORTH_AMERICAN = pattern(
  String.raw`(?:1[ .-]?)?(?:\([1-9]\d\d\) ?-? ?|(?:[2-9]\d\d|1\d\d(?=-))([ .-]| - |/(?=\d{3}-)))\d{3}(?: - |[ .-]?)\d{4}`,
);
/** With a leading zero: 020 7946 0958, 0171 1234567, 089/123456, 01 23 45 67 89. */
const NATIONAL = pattern(String.raw`\(?0\d{1,5}\)?(?:[ .\-/]{1,3}\d{1,8}){1,5}`);
const UNBROKEN = pattern(String.raw`0\d{8,11}`);
/** Where it is announced, whatever looks like one. */
const ANNOUNCED = pattern(String.raw`\(?\d{2,5}\)?(?:[ .\-/]{0,2}\d){4,12}`);
const COUNTRIES: readonly CountryCode[] = ['GB', 'DE', 'FR', 'AU', 'IT', 'CH', 'AT', 'NL'];
/** Numbers that are kept free for films and books. */
const DRAMA =
  /^(?:07700900|02079460|0(?:113|114|115|116|117|118|121|131|141|151|161)4960|0909879|03069990)/;
/** So many numbers are looked up; what comes after them is taken by its form alone. */
const MOST_LOOKED_UP = 1_000;

/**
 * Telephone numbers: international, those of the United States, the United Kingdom, Germany and others.
 *
 * @yields Each of them.
 */
export function* findPhoneNumbers(source: Source): Iterable<Match> {
  yield* found(source, INTERNATIONAL, ({ text, start, end }) => {
    const count = digitsOf(text.replace(/(?:ext|extension|x)\b.*$/i, '')).length;
    if (count < 8 || count > 17) return 0;
    // Zeros begin other numbers, too.
    const isUnbroken = /^00\d+$/.test(text);
    return !isUnbroken || source.labels.announce(start, end, 'phone') ? 0.9 : 0;
  });
  yield* found(source, NORTH_AMERICAN, (candidate) => northAmerican(source, candidate));
  let lookedUp = 0;
  const national = ({ text, start, end }: Candidate): number => {
    if (source.labels.announce(start, end, 'phone')) return 0.85;
    if (!isParted(text)) return 0;
    lookedUp += 1;
    return lookedUp > MOST_LOOKED_UP || isGivenOut(text) ? 0.7 : 0;
  };
  yield* found(source, NATIONAL, (candidate) =>
    digitsOf(candidate.text).length >= 8 ? national(candidate) : 0,
  );
  yield* found(source, UNBROKEN, (candidate) => {
    const isMobile = /^07\d{9}$/.test(candidate.text) || /^01[5-7]\d{8,9}$/.test(candidate.text);
    const isAnnounced = source.labels.announce(candidate.start, candidate.end, 'phone');
    const isOther = source.labels.nearest(candidate.start, 'benign');
    return isAnnounced ? 0.85 : isMobile && !isOther && isGivenOut(candidate.text) ? 0.6 : 0;
  });
  yield* found(source, ANNOUNCED, ({ text, start, end }) => {
    const count = digitsOf(text).length;
    const fits = count >= 7 && count <= 13 && source.labels.announce(start, end, 'phone');
    return fits ? 0.7 : 0;
  });
}

function* found(
  source: Source,
  numbers: RegExp,
  confidenceOf: (candidate: Candidate) => number,
): Iterable<Match> {
  for (const candidate of candidatesOf(source, numbers)) {
    const confidence = confidenceOf(candidate);
    if (confidence === 0) continue;
    const rank = confidence >= 0.85 ? RANK.labelled : RANK.loose;
    const bonus = bonusOf(source, candidate, 'phone');
    // A bracket that is not closed is of the text around.
    const isOpen = /^\((?:[^()]*|[^()]*\([^()]*\)[^()]*)$/.test(candidate.text);
    const span = { start: candidate.start + (isOpen ? 1 : 0), end: candidate.end };
    yield matchOf('PHONE_NUMBER', span, { rank: rank + bonus, confidence });
  }
}

function northAmerican({ labels }: Source, { text, start, end, groups }: Candidate): number {
  if (labels.announce(start, end, 'phone')) return 0.9;
  if (labels.nearest(start, 'benign')) return 0;
  // Dots part the numbers of versions, too.
  return text.startsWith('(') || groups[1]?.trim() === '-' ? 0.8 : 0.65;
}

/** How national numbers are parted where nothing announces them; other numbers have dots and dashes, too. */
function isParted(text: string): boolean {
  if (/[ /()]/.test(text) || /^0\d([.-])\d\d(?:\1\d\d){3}$/.test(text)) return true;
  return /^0(?:\d{2,4}-\d{6,8}|20-\d{4}-\d{4}|1\d{2,3}-\d{3}-\d{3,4})$/.test(text);
}

function isGivenOut(text: string): boolean {
  const plain = text.replace(/[ ,;]*(?:ext|x).*$/i, '');
  if (DRAMA.test(digitsOf(plain))) return true;
  return COUNTRIES.some((country) => isGivenOutIn(country, plain));
}
