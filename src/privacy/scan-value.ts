import { NotJsonError, systemClock } from '../kernel/index.ts';
import { ScanBudgetError } from './errors.ts';
import type { Finding } from './finding.ts';
import { scanText, type ScanOptions } from './scan-text.ts';

const DEFAULT_CHARACTERS = 4_194_304;
const DEFAULT_MS = 5_000;
const MOST_VALUES = 200_000;
const MAX_DEPTH = 128;

/** Something found in a JSON value: in the text at `path`, or in the last key of it. */
export interface ValueFinding extends Finding {
  /** Keys and indices from the top. */
  readonly path: readonly (string | number)[];
  readonly in: 'value' | 'key';
}

/** A text in a JSON value. */
export interface TextPlace {
  readonly text: string;
  readonly path: readonly (string | number)[];
  readonly in: 'value' | 'key';
}

/**
 * Finds data of persons and secrets in every text, number and key of a JSON value; the names of the fields announce what
 * is in them.
 *
 * @param options - `maxCharacters` (4,194,304 unless told) and `maxMs` (5,000) hold for the whole.
 * @throws ScanBudgetError (PRIVACY_BUDGET) if the value is too large, too deep, or takes too long; NotJsonError
 * (KERNEL_NOT_JSON) for what is not JSON: what cannot be looked through holds anything.
 */
export function scanValue(value: unknown, options: ScanOptions = {}): readonly ValueFinding[] {
  const scan = createValueScan(options);
  const found: ValueFinding[] = [];
  for (const place of textsOf(value)) {
    for (const finding of scan(place)) {
      found.push(Object.freeze({ ...finding, path: place.path, in: place.in }));
    }
  }
  return Object.freeze(found);
}

/** Makes a scan of the texts of one value, which share one budget. */
export function createValueScan(options: ScanOptions): (place: TextPlace) => readonly Finding[] {
  const { maxCharacters = DEFAULT_CHARACTERS, maxMs = DEFAULT_MS, clock = systemClock } = options;
  const endsAtMs = clock.monotonicMs() + maxMs;
  let characters = 0;
  let values = 0;
  return (place) => {
    characters += place.text.length;
    values += 1;
    if (characters > maxCharacters) throw new ScanBudgetError('characters', maxCharacters);
    if (values > MOST_VALUES) throw new ScanBudgetError('values', MOST_VALUES);
    const leftMs = endsAtMs - clock.monotonicMs();
    if (leftMs < 0) throw new ScanBudgetError('milliseconds', maxMs);
    const label = place.in === 'key' ? '' : labelOf(place.path);
    return scanText(place.text, { ...options, maxCharacters, maxMs: leftMs, label });
  };
}

/**
 * Gives every text of a JSON value: texts, numbers as they are written, and keys.
 *
 * @yields Each of them.
 */
export function* textsOf(
  value: unknown,
  path: readonly (string | number)[] = [],
): Iterable<TextPlace> {
  if (path.length > MAX_DEPTH) throw new ScanBudgetError('depth', MAX_DEPTH);
  if (typeof value === 'string') yield { text: value, path, in: 'value' };
  else if (typeof value === 'number') yield { text: String(value), path, in: 'value' };
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* textsOf(item, [...path, index]);
  } else if (isPlain(value)) {
    for (const [key, member] of Object.entries(value)) {
      yield { text: key, path: [...path, key], in: 'key' };
      yield* textsOf(member, [...path, key]);
    }
  } else if (value !== null && value !== undefined && typeof value !== 'boolean') {
    throw new NotJsonError('$', typeof value);
  }
}

/** Tells whether a value is an object without a class. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The names of the two fields that stand nearest: `patient ssn`. */
function labelOf(path: readonly (string | number)[]): string {
  return path
    .filter((step) => typeof step === 'string')
    .slice(-2)
    .join(' ')
    .slice(0, 200);
}
