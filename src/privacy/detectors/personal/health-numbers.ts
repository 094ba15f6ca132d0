import { passesDea, passesNhs, passesNpi } from '../../checksums/index.ts';
import { RANK, type Match } from '../../finding.ts';
import { bonusOf, candidatesOf, digitsOf, matchOf, type Source } from '../../text/index.ts';

/** Letters of a beneficiary's number: all but S, L, O, I, B, Z (CMS). */
const A = '[AC-HJKMNP-RT-Y]';
const AN = '[0-9AC-HJKMNP-RT-Y]';
const MBI = new RegExp(
  `(?<!\\w|\\d-)[1-9]${A}${AN}\\d[ -]?${A}${AN}\\d[ -]?${A}${A}\\d\\d(?![\\w-])`,
  'gi',
);
const NPI = /(?<!\w|\d[ .-])[12]\d{3}([ -]?)\d{3}\1\d{3}(?![\w-]|\.\d)/g;
const DEA = /(?<!\w|\d-)[ABCDEFGHJKLMPRSTUX][A-Z9][ -]?\d{7}(?![\w-])/gi;
const LABELLED_LICENSE = /(?<!\w|\d-)[A-Z]{1,3}[ -]?\d{4,8}(?![\w-])/gi;
const RECORD = /(?<!\w|\d[.-])[A-Z]{0,3}-?\d{4,12}(?![\w-]|\.\d)/gi;
const NHS = /(?<!\w|\d[-. ]|\+)(?:\d{3}([ .-])\d{3}\1\d{4}|\d{10})(?![\w]|[- ]\d|\.\d)/g;

/**
 * Numbers of Medicare's beneficiaries.
 *
 * @yields Each of them.
 */
export function* findBeneficiaryNumbers(source: Source): Iterable<Match> {
  for (const candidate of candidatesOf(source, MBI)) {
    const isOneCase = /^(?:[^a-z]+|[^A-Z]+)$/.test(candidate.text);
    if (!isOneCase && !source.labels.announce(candidate.start, candidate.end, 'mbi')) continue;
    yield matchOf('US_MBI', candidate, { rank: RANK.fixed + 4, confidence: 0.9 });
  }
}

/**
 * Numbers of health care providers: bare digits, so where they are announced.
 *
 * @yields Each of them.
 */
export function* findProviderNumbers(source: Source): Iterable<Match> {
  for (const candidate of candidatesOf(source, NPI)) {
    if (!passesNpi(digitsOf(candidate.text))) continue;
    if (!source.labels.announce(candidate.start, candidate.end, 'npi')) continue;
    yield matchOf('US_NPI', candidate, {
      rank: RANK.labelled + 2 + bonusOf(source, candidate, 'npi'),
      confidence: 0.95,
    });
  }
}

/**
 * Numbers under which the Drug Enforcement Administration registers who prescribes.
 *
 * @yields Each of them.
 */
export function* findMedicalLicenses(source: Source): Iterable<Match> {
  for (const candidate of candidatesOf(source, DEA)) {
    const { start, end, text } = candidate;
    if (!passesDea(digitsOf(text.slice(2)))) continue;
    const isAnnounced = source.labels.announce(start, end, 'dea');
    const isOneCase = text === text.toUpperCase() || /^[a-z]{2}\d/.test(text);
    const isDoubtful = source.labels.nearest(start, 'benign') || !isOneCase;
    if (isDoubtful && !isAnnounced) continue;
    // What another label announces may pass by chance.
    const rank = isAnnounced ? RANK.fixed + 3 : RANK.labelled + 3;
    const confidence = isAnnounced ? 0.95 : 0.7;
    yield matchOf('MEDICAL_LICENSE', candidate, { rank, confidence });
  }
  for (const candidate of candidatesOf(source, LABELLED_LICENSE)) {
    // Those of the DEA have a check digit that was looked at above.
    if (/^[A-Z]{2}\d{7}$/i.test(candidate.text)) continue;
    if (!source.labels.announce(candidate.start, candidate.end, 'practice')) continue;
    const rank = RANK.labelled + RANK.nearest;
    yield matchOf('MEDICAL_LICENSE', candidate, { rank, confidence: 0.6 });
  }
}

/**
 * Numbers under which a hospital keeps a patient's record: their form is not their own, so where they are announced.
 *
 * @yields Each of them.
 */
export function* findMedicalRecords(source: Source): Iterable<Match> {
  for (const candidate of candidatesOf(source, RECORD)) {
    if (!source.labels.nearest(candidate.start, 'mrn')) continue;
    const rank = RANK.labelled + bonusOf(source, candidate, 'mrn');
    yield matchOf('MEDICAL_RECORD_NUMBER', candidate, { rank, confidence: 0.8 });
  }
}

/**
 * Numbers of patients of the National Health Service: in three parts, or bare where they are announced.
 *
 * @yields Each of them.
 */
export function* findNhsNumbers(source: Source): Iterable<Match> {
  const { labels } = source;
  for (const candidate of candidatesOf(source, NHS)) {
    const { start, end, groups } = candidate;
    const digits = digitsOf(candidate.text);
    if (!passesNhs(digits) || /^(\d)\1+$/.test(digits)) continue;
    const isAnnounced = labels.announce(start, end, 'nhs');
    // With dashes, or announced as one, it is rather a telephone's.
    const isDialled = groups[1] === '.' || (groups[1] === '-' && !/^[01]|^...[01]/.test(digits));
    const isOther = groups[1] === undefined || isDialled || labels.announce(start, end, 'phone');
    if (!isAnnounced && isOther) continue;
    const confidence = isAnnounced ? 0.95 : 0.7;
    yield matchOf('UK_NHS', candidate, {
      rank: RANK.labelled + 3 + bonusOf(source, candidate, 'nhs'),
      confidence,
    });
  }
}
