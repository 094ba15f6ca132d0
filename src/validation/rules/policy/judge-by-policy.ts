import { z } from 'zod';

import { CheckOutcome, GateOutcome } from '../../../state/index.ts';
import { InvalidRulePackError } from '../../errors.ts';
import { evaluateGate, type GateResult } from '../../evaluate-gate.ts';
import type { RuleTransition } from '../rule-pack.ts';
import type { BoundPolicy } from './bind-policy.ts';

/**
 * Judges facts by what a policy alone asks at a transition.
 *
 * @param facts - `{ input, artifacts, run }`, plain JSON. Where the policy asks nothing, nothing holds: it allows.
 */
export async function judgeByPolicy(
  { bindingsAt, digest }: BoundPolicy,
  transition: RuleTransition,
  facts: unknown,
): Promise<GateResult> {
  return evaluateGate({ bindings: bindingsAt(transition), approval: undefined, digest }, facts);
}

const PolicyCase = z.strictObject({
  name: z.string().min(1).max(300),
  from: z.string().min(1),
  to: z.string().min(1),
  facts: z.unknown(),
  expect: z
    .strictObject({
      outcome: GateOutcome.optional(),
      /** By the id of the rule in the pack. */
      rules: z.record(z.string(), CheckOutcome).optional(),
    })
    .refine(({ outcome, rules }) => outcome !== undefined || Object.keys(rules ?? {}).length > 0, {
      error: 'Expected an outcome, rules, or both',
    }),
});

/** Facts, and what a policy has to say of them. */
export type PolicyCase = z.infer<typeof PolicyCase>;

/** How a case ended. `problems` is empty where the policy said what was expected. */
export interface PolicyCaseResult {
  readonly name: string;
  readonly problems: readonly string[];
}

/**
 * Reads cases: `{ "cases": [{ "name", "from", "to", "facts", "expect": { "outcome", "rules" } }] }`.
 *
 * @throws InvalidRulePackError for anything else, and for a file without a case.
 */
export function readPolicyCases(value: unknown, file: string): readonly PolicyCase[] {
  const parsed = z.strictObject({ cases: z.array(PolicyCase).min(1) }).safeParse(value);
  if (parsed.success) return parsed.data.cases;
  const problems = parsed.error.issues.map(({ path, message }) => {
    return { path: path.map(String).join('.'), message: `${message}.`, line: 1, column: 1 };
  });
  throw new InvalidRulePackError(file, problems);
}

/** Runs cases against a policy. A case at a transition where the policy asks nothing is a problem: it would prove nothing. */
export async function runPolicyCases(
  policy: BoundPolicy,
  cases: readonly PolicyCase[],
): Promise<readonly PolicyCaseResult[]> {
  return Promise.all(
    cases.map(async (one) => ({ name: one.name, problems: await problemsOf(policy, one) })),
  );
}

async function problemsOf(policy: BoundPolicy, one: PolicyCase): Promise<readonly string[]> {
  const { from, to, facts, expect } = one;
  const result = await judgeByPolicy(policy, { from, to }, facts);
  if (result.checks.length === 0) return [`The policy asks nothing at ${from} -> ${to}.`];
  const found = new Map(result.checks.map(({ id, outcome }) => [id, outcome]));
  const wrong = Object.entries(expect.rules ?? {}).flatMap(([rule, expected]) => {
    const outcome = found.get(`${policy.id}.${rule}`);
    if (outcome === undefined) return [`The rule "${rule}" is not asked at ${from} -> ${to}.`];
    return outcome === expected ? [] : [`"${rule}": expected ${expected}, found ${outcome}.`];
  });
  const { outcome } = expect;
  if (outcome !== undefined && outcome !== result.outcome)
    wrong.unshift(`Expected ${outcome}, found ${result.outcome}.`);
  return wrong.length === 0 ? [] : [...wrong, ...result.checks.flatMap(noAnswer)];
}

/** Says of what has no answer why, and which facts are concerned. */
function noAnswer({ id, outcome, message, paths }: GateResult['checks'][number]): string[] {
  if (outcome === 'pass' || outcome === 'fail') return [];
  const facts = paths.length === 0 ? '' : ` Facts: ${paths.join(', ')}.`;
  return [`${id} has no answer: ${message}${facts}`];
}
