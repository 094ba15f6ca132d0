import { systemClock, type Clock } from '../kernel/index.ts';
import { DETECTORS } from './detectors/index.ts';
import { DetectorError, ScanBudgetError } from './errors.ts';
import { RANK, type Detector, type Finding, type Match } from './finding.ts';
import { resolveOverlaps, type Ranked } from './resolve-overlaps.ts';
import { findLabels, findTables, foldText, type FoldedText } from './text/index.ts';

const DEFAULT_CHARACTERS = 1_048_576;
const DEFAULT_MS = 2_000;
const DEFAULT_CONFIDENCE = 0.5;
const UUID = /(?<!\w)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?!\w)/gi;
const UUID_LENGTH = 36;
/** The clock is read once in so many candidates. */
const STEPS_A_LOOK = 64;

/** What to look for, and for how long. */
export interface ScanOptions {
  /** Types to look for; all unless told. Types of own detectors are to be named as well then. */
  readonly types?: readonly string[];
  /** What is found with less is left out; 0.5 unless told. Instants as machines write them have 0.35. */
  readonly minConfidence?: number;
  /** Detectors of the user's own. */
  readonly detectors?: readonly Detector[];
  /** What announces the text, such as the name of its field. */
  readonly label?: string;
  /** The longest text that is looked through, in UTF-16 units; 1,048,576 unless told. */
  readonly maxCharacters?: number;
  /** The longest time that is taken, in milliseconds; 2,000 unless told. */
  readonly maxMs?: number;
  readonly clock?: Clock;
}

/**
 * Finds data of persons and secrets in a text. Names of persons, addresses of places and what is only implied are not
 * found: give a detector of your own.
 *
 * @returns What was found, in order of its place; none overlaps another.
 * @throws {@link ScanBudgetError} if the text is too long or takes too long: treat it as holding everything;
 * {@link DetectorError} if a detector of one's own fails.
 */
export function scanText(text: string, options: ScanOptions = {}): readonly Finding[] {
  const { maxCharacters = DEFAULT_CHARACTERS, label = '' } = options;
  if (text.length > maxCharacters) throw new ScanBudgetError('characters', maxCharacters);
  const prefix = label === '' ? '' : `${foldText(label).text}: `;
  const folded = foldText(`${prefix}${text}`);
  const { minConfidence = DEFAULT_CONFIDENCE, types } = options;
  const isWanted = ({ type, confidence }: Finding): boolean =>
    confidence >= minConfidence && (types === undefined || types.includes(type));
  const found = ownMatches(folded, prefix.length, options).filter(isWanted);
  const placed = found.flatMap((match) => inOriginal(match, folded, prefix.length));
  const foreign = [...foreignFindings(text, options)].filter(isWanted);
  return Object.freeze(resolveOverlaps([...placed, ...foreign], text.length).map(frozen));
}

function ownMatches(folded: FoldedText, label: number, options: ScanOptions): readonly Match[] {
  const { text } = folded;
  const hasDigits = /\d/.test(text);
  const tables = findTables(text, label);
  const labels = findLabels(text, tables);
  const source = { text, label, labels, tables, spend: spendingOf(options) };
  const { types } = options;
  const identifiers = [...text.matchAll(UUID)].map(({ index }) => index);
  const found = DETECTORS.flatMap((detector) => {
    const isWanted = types === undefined || detector.types.some((type) => types.includes(type));
    if (!isWanted || (detector.needsDigits && !hasDigits)) return [];
    source.spend();
    return [...detector.find(source)];
  });
  if (identifiers.length === 0) return found;
  return found.filter((match) => !isInside(match, identifiers));
}

/** Tells whether a match is only a piece of an identifier. */
function isInside({ start, end }: Match, identifiers: readonly number[]): boolean {
  let low = 0;
  let high = identifiers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((identifiers[middle] ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const at = identifiers[low - 1];
  return at !== undefined && end <= at + UUID_LENGTH;
}

function spendingOf({ maxMs = DEFAULT_MS, clock = systemClock }: ScanOptions): () => void {
  const endsAtMs = clock.monotonicMs() + maxMs;
  let steps = 0;
  return () => {
    steps += 1;
    if (steps % STEPS_A_LOOK === 1 && clock.monotonicMs() > endsAtMs) {
      throw new ScanBudgetError('milliseconds', maxMs);
    }
  };
}

function inOriginal(match: Match, folded: FoldedText, shift: number): readonly Ranked[] {
  const [start, end] = folded.original(match.start, match.end);
  return start < shift ? [] : [{ ...match, start: start - shift, end: end - shift }];
}

function* foreignFindings(text: string, { detectors = [] }: ScanOptions): Iterable<Ranked> {
  for (const detector of detectors) {
    for (const { type, start, end, confidence } of detected(detector, text)) {
      const fits =
        Number.isInteger(start) &&
        Number.isInteger(end) &&
        start >= 0 &&
        start < end &&
        end <= text.length;
      if (!fits || !(confidence >= 0 && confidence <= 1) || type === '') {
        throw new DetectorError(detector.name);
      }
      yield { type, start, end, confidence, rank: RANK.own };
    }
  }
}

function detected(detector: Detector, text: string): readonly Finding[] {
  try {
    return [...detector.detect(text)];
  } catch (error) {
    throw new DetectorError(detector.name, error);
  }
}

function frozen({ type, start, end, confidence }: Ranked): Finding {
  return Object.freeze({ type, start, end, confidence });
}
