import { z } from 'zod';

import { digestOf, isPhasegateError, NotJsonError } from '../kernel/index.ts';
import type { Detector, ValueFinding } from '../privacy/index.ts';
import { defineCheck, fail, pass, undetermined, type Check, type CheckResult } from './check.ts';

const MAX_CHARACTERS = 1_048_576;
const MAX_MS = 800;
const MAX_PATHS = 20;
/** What the scan takes and this, in which the scanner is loaded: it is the scan that says that it could not end. */
const SPARE_MS = 2000;

/** What {@link noPersonalData} takes. */
export interface NoPersonalDataOptions {
  /** Dotted lower case; `privacy.no-personal-data` unless told. A gate takes each id once. */
  readonly id?: string;
  /** Types that may be there, such as `URL` or `EMAIL_ADDRESS` of the sender. */
  readonly allow?: readonly string[];
  /** Types that are looked for; all unless told. */
  readonly types?: readonly string[];
  /** Artifacts, by the ids of their phases, that are looked through; all unless told. */
  readonly artifacts?: readonly string[];
  /** What is found with less does not count; 0.5 unless told. */
  readonly minConfidence?: number;
  /** Detectors of one's own; name a new `version` whenever they change. */
  readonly detectors?: readonly Detector[];
  readonly version?: string;
  /** The longest content that is looked through, in UTF-16 units; 1,048,576 unless told. */
  readonly maxCharacters?: number;
  /** The longest time that is taken, in milliseconds; 800 unless told. */
  readonly maxMs?: number;
}

/** The facts that {@link noPersonalData} reads. */
export interface ArtifactFacts {
  readonly artifacts: Readonly<Record<string, unknown>>;
}

const Reads: z.ZodType<ArtifactFacts> = z.object({
  artifacts: z.record(z.string(), z.unknown()).readonly(),
});

/**
 * Makes a check that fails when data of a person or a secret is found in artifacts, and is undetermined when they cannot be
 * looked through within their budget: that counts as a failure too. It names types, how many, and paths; never a value. A
 * pass says that nothing was found of the types that the scanner knows, and no more: names of persons are not among them.
 *
 * @throws InvalidCheckError (VALIDATION_INVALID_CHECK) for an id that is not dotted lower case.
 */
export function noPersonalData(options: NoPersonalDataOptions = {}): Check<ArtifactFacts> {
  const { id = 'privacy.no-personal-data', detectors = [], maxMs = MAX_MS } = options;
  const plain = { ...options, detectors: detectors.map(({ name }) => name) };
  return defineCheck({
    id,
    version: digestOf(plain),
    reads: Reads,
    message: 'There is data of a person or a secret in it.',
    remedy: 'Take it out, put something in its place, or allow its type for this gate.',
    timeoutMs: maxMs + SPARE_MS,
    evaluateAsync: ({ artifacts }) => looked(artifacts, options),
  });
}

async function looked(
  artifacts: ArtifactFacts['artifacts'],
  options: NoPersonalDataOptions,
): Promise<CheckResult> {
  // Loaded by who looks for something: every process that has gates would start the later for it.
  const { redact, scanValue } = await import('../privacy/index.ts');
  const { artifacts: wanted, allow = [], maxCharacters = MAX_CHARACTERS, maxMs = MAX_MS } = options;
  const value = wanted === undefined ? artifacts : chosen(artifacts, wanted);
  if (value === undefined) {
    return undetermined({ message: 'An artifact that is to be looked through is not there.' });
  }
  try {
    const found = scanValue(value, { ...scanOptions(options), maxCharacters, maxMs });
    const counted = found.filter(({ type }) => !allow.includes(type));
    return counted.length === 0
      ? pass()
      : fail(said(counted, (key) => redact(key, { maskOf: () => '*' }).text));
  } catch (error) {
    if (
      isPhasegateError(error) &&
      (error.code.startsWith('PRIVACY_') || error instanceof NotJsonError)
    ) {
      return undetermined({ message: `It could not be looked through (${error.code}).` });
    }
    throw error;
  }
}

function chosen(
  artifacts: ArtifactFacts['artifacts'],
  wanted: readonly string[],
): ArtifactFacts['artifacts'] | undefined {
  if (wanted.some((phase) => !Object.hasOwn(artifacts, phase))) return undefined;
  return Object.fromEntries(wanted.map((phase) => [phase, artifacts[phase]]));
}

function scanOptions({ types, minConfidence, detectors }: NoPersonalDataOptions): {
  readonly types?: readonly string[];
  readonly minConfidence?: number;
  readonly detectors?: readonly Detector[];
} {
  return {
    ...(types === undefined ? {} : { types }),
    ...(minConfidence === undefined ? {} : { minConfidence }),
    ...(detectors === undefined ? {} : { detectors }),
  };
}

type Mask = (key: string) => string;

function said(
  found: readonly ValueFinding[],
  mask: Mask,
): { message: string; paths: readonly string[] } {
  const counts = new Map<string, number>();
  for (const { type } of found) counts.set(type, (counts.get(type) ?? 0) + 1);
  const list = [...counts].map(([type, count]) => `${count} x ${type}`).join(', ');
  const paths = [...new Set(found.map((finding) => pathOf(finding, mask)))].slice(0, MAX_PATHS);
  return { message: `There is data of a person or a secret in it: ${list}.`, paths };
}

/** A key may be somebody's address itself. */
function pathOf({ path, in: where }: ValueFinding, mask: Mask): string {
  const steps = where === 'key' ? [...path.slice(0, -1), '*'] : path;
  const named = steps.map((step) => (typeof step === 'number' ? String(step) : mask(step)));
  return ['artifacts', ...named].join('.');
}
