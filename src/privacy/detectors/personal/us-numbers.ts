import { RANK, type Match } from '../../finding.ts';
import { bonusOf, candidatesOf, digitsOf, matchOf, type Source } from '../../text/index.ts';

const NINE =
  /(?<!\w|\d[-./])(?:\d{3}( ?[-. ] ?)\d{2}\1\d{4}|\d{3} ?[-. _/]? ?\d{2} ?[-. _/]? ?\d{4}|\d{3}-(?:\r?\n)?\d{2}-(?:\r?\n)?\d{4})(?![\da-z_]|[A-Z](?![A-Z]{2})|-\w|\.\d)/g;
const PASSPORT = /(?<!\w|\d[.-])(?:[A-Z]\s?\d{8}|\d{9})(?![\w-]|\.\d)/gi;
const LICENSE =
  /(?<!\w['’]?|\w[.-])(?=(?:[A-Z* -]{0,10}\d){3})[A-Z0-9*](?:[ -]?[A-Z0-9*]){4,18}(?![\w-])/gi;
/** Words before and after the number are not part of it. */
const WORDS_BEFORE =
  /^(?![A-Z]{3}-\d\d-\d{4}$)(?:[A-Z]{2,19}[ -]{1,2}){1,9}(?=\*{0,2}[A-Z]{0,7}[ -]?\d)/i;
const NUMBER_ALONE =
  /^(?:[A-Z*]{1,3}[ -])?[A-Z0-9*]{0,18}\d[A-Z0-9*]{0,18}(?:(?:-|[ ](?=[A-Z0-9*]{3}))(?=[A-Z0-9*]{0,18}\d)[A-Z0-9*]{1,18}){0,5}/i;
const MORE_THAN_NUMBER = /[A-Z]{4,}/i;
const DATE = /^(?:19|20)\d\d-\d\d-\d\d$|^\d\d-\d\d-(?:19|20)\d\d$/;

/**
 * Social security numbers and those of taxpayers without one: in three parts, or bare where they are announced.
 *
 * @yields Each of them.
 */
export function* findTaxNumbers(source: Source): Iterable<Match> {
  const { labels } = source;
  for (const candidate of candidatesOf(source, NINE)) {
    const { start, end } = candidate;
    const digits = digitsOf(candidate.text);
    const isParted = candidate.groups[1] !== undefined;
    const type = typeOf(digits);
    if (type === undefined) continue;
    const topic = type === 'US_SSN' ? 'ssn' : 'itin';
    const isAnnounced = labels.announce(start, end, topic);
    // In a form that was read by a machine the next label may stand right behind it.
    const isGlued = /[A-Z]/.test(source.text.charAt(end));
    if ((isGlued || !isParted) && !isAnnounced) continue;
    yield matchOf(type, candidate, {
      rank: isParted ? RANK.fixed + 5 : RANK.labelled + 1 + bonusOf(source, candidate, topic),
      confidence: isAnnounced ? 0.95 : 0.8,
    });
  }
}

/**
 * Numbers of passports of the United States, where they are announced.
 *
 * @yields Each of them.
 */
export function* findPassports(source: Source): Iterable<Match> {
  for (const candidate of candidatesOf(source, PASSPORT)) {
    if (!source.labels.announce(candidate.start, candidate.end, 'passport')) continue;
    yield matchOf('US_PASSPORT', candidate, {
      rank: RANK.labelled + bonusOf(source, candidate, 'passport'),
      confidence: 0.8,
    });
  }
}

/**
 * Numbers of driver's licences, whose forms differ by state: where they are announced.
 *
 * @yields Each of them.
 */
export function* findDriverLicenses(source: Source): Iterable<Match> {
  for (const candidate of candidatesOf(source, LICENSE)) {
    const words = WORDS_BEFORE.exec(candidate.text)?.[0].length ?? 0;
    const number = NUMBER_ALONE.exec(candidate.text.slice(words))?.[0] ?? '';
    // Asterisks around a number emphasise it.
    const stars = /^\*+ ?/.exec(number)?.[0].length ?? 0;
    const text = number.slice(stars).replace(stars > 0 ? /\*+$/ : '', '');
    const start = candidate.start + words + stars;
    const span = { start, end: start + text.length };
    if (!isLicense(text) || !source.labels.announce(start, span.end, 'license')) continue;
    const rank = RANK.loose + bonusOf(source, span, 'license');
    yield matchOf('US_DRIVER_LICENSE', span, { rank, confidence: 0.65 });
  }
}

function isLicense(text: string): boolean {
  if (DATE.test(text)) return false;
  const { length } = text.replaceAll(/[^A-Z0-9*]/gi, '');
  const isOne = !MORE_THAN_NUMBER.test(text) || /^(?:[A-Z*]{4,7}\d|WDL[A-Z0-9]{9}$)/i.test(text);
  return length >= 5 && length <= 18 && isOne;
}

/** The rules of the Social Security Administration (2011) and of the Internal Revenue Service. */
function typeOf(digits: string): 'US_SSN' | 'US_ITIN' | undefined {
  const [area, group, serial] = [digits.slice(0, 3), digits.slice(3, 5), digits.slice(5)];
  if (serial === '0000' || group === '00') return undefined;
  if (area.startsWith('9')) {
    return /^(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])$/.test(group) ? 'US_ITIN' : undefined;
  }
  return area === '000' || area === '666' ? undefined : 'US_SSN';
}
