import { RANK, type Match } from '../../finding.ts';
import { candidatesOf, digitsOf, matchOf, type Source } from '../../text/index.ts';

const NINE =
  /(?<![\w.]|\d[-–/]|[-+]\d{0,2})(?:\d{3}( ?[-. ] ?)\d{2} ?[-. ] ?\d{4}|\d{9})(?![\w]|-\w|\.\d)/g;
const PASSPORT = /(?<![\w.-])(?:[A-Z]\s?\d{8}|\d{9})(?![\w-]|\.\d)/gi;
const LICENSE = /(?<![\w.-])(?=(?:[A-Z -]{0,10}\d){3})[A-Z0-9*](?:[ -]?[A-Z0-9*]){4,18}(?![\w-])/gi;
const MORE_THAN_NUMBER = /[A-Z]{4,}/i;

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
    if (!isParted && !labels.announce(start, end, topic)) continue;
    const isAnnounced = labels.announce(start, end, topic);
    yield matchOf(type, candidate, {
      rank: isParted ? RANK.fixed + 5 : RANK.labelled + 1,
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
    yield matchOf('US_PASSPORT', candidate, { rank: RANK.labelled, confidence: 0.8 });
  }
}

/**
 * Numbers of driver's licences, whose forms differ by state: where they are announced.
 *
 * @yields Each of them.
 */
export function* findDriverLicenses(source: Source): Iterable<Match> {
  for (const candidate of candidatesOf(source, LICENSE)) {
    const { start } = candidate;
    if (!source.labels.announce(start, candidate.end, 'license')) continue;
    const text = withoutWords(candidate.text);
    const shift = candidate.text.length - text.length;
    const length = text.replaceAll(/[^A-Z0-9*]/gi, '').length;
    if (
      length < 5 ||
      length > 18 ||
      (MORE_THAN_NUMBER.test(text) && !/^[A-Z*]{4,7}\d/i.test(text))
    ) {
      continue;
    }
    const span = { start: start + shift, end: candidate.end };
    yield matchOf('US_DRIVER_LICENSE', span, { rank: RANK.loose + 1, confidence: 0.65 });
  }
}

/** Words before the number are not part of it. */
function withoutWords(text: string): string {
  return text.replace(/^(?:[A-Z]{2,}[ -]+)+(?=[A-Z]{0,7}[ -]?\d)/i, '');
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
