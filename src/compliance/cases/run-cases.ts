import { z } from 'zod';

import { InvalidEvidenceError } from '../errors.ts';
import { assessCheck } from '../assess/assess-standard.ts';
import { judgeGate } from '../gate/judge-gate.ts';
import { ControlOutcome, type Judgement } from '../judgement.ts';
import type { Standard, StandardCheck } from '../standard/standard.ts';
import { readEvidence } from '../trail/trail-evidence.ts';

const Text = z.string().trim().min(1).max(500);

const Case = z.strictObject({
  /** What is the case, in a sentence that its expert would say. */
  name: Text,
  expected: ControlOutcome,
  /** Why it is expected, where that is not plain. */
  why: Text.optional(),
  /** What is otherwise than in `given`, by path: `approvals.0.by`. */
  change: z.record(z.string(), z.json()).default({}),
  /** Paths of what is not there. */
  without: z.array(Text).default([]),
});

const CaseGroup = z.strictObject({
  /** The check's id. */
  check: Text,
  at: z.enum(['gate', 'report']),
  /** Parameters that are laid over the check's own. */
  parameters: z.record(z.string(), z.json()).default({}),
  /** Compliance facts at a gate, evidence for a report. */
  given: z.record(z.string(), z.json()),
  cases: z.array(Case).min(1),
});

/** Cases of one check on one side: what is given, and what changes from case to case. */
export type StandardCases = z.output<typeof CaseGroup>;

/** What came of a case. */
export interface CaseResult {
  readonly check: string;
  readonly at: StandardCases['at'];
  readonly name: string;
  readonly expected: ControlOutcome;
  readonly found: Judgement;
}

/**
 * Reads the cases of a standard.
 *
 * @param value - The content of a `cases.json`.
 * @throws {@link InvalidEvidenceError} naming the places that are not of their shape.
 */
export function readCases(value: unknown): readonly StandardCases[] {
  const parsed = z.array(CaseGroup).safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new InvalidEvidenceError('cases', problems);
}

/**
 * Asks the checks of a standard about cases; each answer stands beside what was expected.
 *
 * @throws {@link InvalidEvidenceError} for a case of a check that is not there, and for a path that leads nowhere.
 */
export function runCases(
  standard: Standard,
  groups: readonly StandardCases[],
): readonly CaseResult[] {
  return groups.flatMap(({ check, at, parameters, given, cases }) =>
    cases.map(({ name, expected, change, without }) => {
      const facts = changed(given, { change, without });
      const found = answer(checkOf(standard, check, parameters), at, facts);
      return { check, at, name, expected, found };
    }),
  );
}

function answer(check: StandardCheck, at: StandardCases['at'], facts: unknown): Judgement {
  return at === 'gate' ? judgeGate(check, facts) : assessCheck(check, readEvidence(facts));
}

/** @throws InvalidEvidenceError for a check that is not there, and for parameters that it does not have. */
function checkOf(
  { checks }: Standard,
  id: string,
  laid: StandardCases['parameters'],
): StandardCheck {
  const check = checks.find((one) => one.id === id);
  if (check === undefined) throw new InvalidEvidenceError('cases', [`there is no check ${id}`]);
  const parameters = check.primitive.parameters.safeParse({ ...check.parameters, ...laid });
  if (!parameters.success)
    throw new InvalidEvidenceError('cases', [`${id} has no such parameters`]);
  return { ...check, parameters: parameters.data as StandardCheck['parameters'] };
}

/** Gives a copy with members set and left out, by their paths; a path that leads nowhere is a mistake in the case. */
export function changed(
  given: StandardCases['given'],
  { change, without }: Pick<StandardCases['cases'][number], 'change' | 'without'>,
): unknown {
  const copy: unknown = structuredClone(given);
  for (const [path, value] of Object.entries(change)) {
    const { holder, key } = placeOf(copy, path);
    holder[key] = value;
  }
  for (const path of without) {
    const { holder, key } = placeOf(copy, path);
    if (!Object.hasOwn(holder, key)) throw lost(path);
    delete holder[key];
  }
  return copy;
}

function placeOf(
  root: unknown,
  path: string,
): { readonly holder: Record<string, unknown>; readonly key: string } {
  const steps = path.split('.');
  const key = steps.pop() ?? '';
  let holder: unknown = root;
  for (const step of steps) {
    if (!isHolder(holder) || !Object.hasOwn(holder, step)) throw lost(path);
    holder = holder[step];
  }
  if (!isHolder(holder)) throw lost(path);
  return { holder, key };
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function lost(path: string): InvalidEvidenceError {
  return new InvalidEvidenceError('cases', [`${path} leads nowhere`]);
}
