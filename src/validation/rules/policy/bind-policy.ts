import type { z } from 'zod';

import { digestOf } from '../../../kernel/index.ts';
import type { CheckMode } from '../../../state/index.ts';
import { InvalidRulePackError, type RulePackProblem } from '../../errors.ts';
import type { Binding, Consequence } from '../../gate.ts';
import { readRulePack } from '../load-rule-pack.ts';
import type { Rule, RulePack, RuleTransition } from '../rule-pack.ts';
import type { PolicyBinding } from './policy-schema.ts';
import type { Policy } from './read-policy.ts';

/** A workflow as a policy sees it. */
export interface PolicyTarget<Facts = object> {
  readonly workflow: string;
  readonly profile: 'development' | 'production';
  /** The facts of its gates, as a schema of `{ input, artifacts, run }`. */
  readonly facts: z.ZodType<Facts>;
  readonly phases: readonly string[];
  readonly transitions: readonly RuleTransition[];
  /** Phases whose artifacts are there whenever the transition is judged. */
  readonly artifactsAt: (transition: RuleTransition) => ReadonlySet<string>;
}

/** A policy, typed against the facts of one workflow. */
export interface BoundPolicy<in Facts = never> {
  readonly id: string;
  readonly version: string;
  /** Changes whenever a rule, a binding or the shape of the facts does. */
  readonly digest: string;
  readonly pack: RulePack<Facts>;
  /** What it adds to the gate of a transition, in the pack's order. */
  readonly bindingsAt: (transition: RuleTransition) => readonly Binding<Facts>[];
}

const STRICTNESS: Readonly<Record<CheckMode, number>> = { deny: 2, warn: 1, audit: 0 };

/**
 * Binds a policy to a workflow: its rules are typed against the workflow's facts. Where several bindings name one rule
 * at one transition, the strictest holds: `deny` before `warn` before `audit`, blocking before leading back.
 *
 * @returns The bound policy; undefined where no binding means this workflow in this profile.
 * @throws InvalidRulePackError with every mistake at its place: what rules may not be or say, a binding of a rule,
 * phase or transition that is not there, a rule that no binding asks anywhere, and artifacts that a rule wants before
 * their phase has run.
 */
export function bindPolicy<Facts = object>(
  policy: Policy,
  target: PolicyTarget<Facts>,
): BoundPolicy<Facts> | undefined {
  const meant = policy.bindings.flatMap((binding, index) =>
    isFor(binding, target) ? [{ binding, index }] : [],
  );
  if (meant.length === 0) return undefined;
  const { file, place } = policy;
  const pack = readRulePack<Facts>(policy.pack, { file, place, facts: target.facts });
  const problems = problemsOf({ policy, pack, target, meant });
  if (problems.length > 0) throw new InvalidRulePackError(file, problems);
  const bindings = meant.map(({ binding }) => binding);
  return Object.freeze({
    id: pack.id,
    version: pack.version,
    digest: digestOf({ pack: pack.digest, bindings }),
    pack,
    bindingsAt: (transition: RuleTransition) =>
      pack.rules.flatMap((rule) => strictest(rule, bindings, transition) ?? []),
  });
}

function isFor(
  { workflows, profiles }: PolicyBinding,
  { workflow, profile }: Pick<PolicyTarget, 'workflow' | 'profile'>,
): boolean {
  return (workflows?.includes(workflow) ?? true) && (profiles?.includes(profile) ?? true);
}

function asks({ rules, transitions }: PolicyBinding, rule: Rule, at: RuleTransition): boolean {
  const isNamed = rules.includes('*') || rules.includes(rule.text.id);
  return isNamed && isAmong(transitions, at) && isAmong(rule.text.transitions, at);
}

function isAmong(list: readonly RuleTransition[] | undefined, at: RuleTransition): boolean {
  return list?.some(({ from, to }) => from === at.from && to === at.to) ?? true;
}

function strictest<Facts>(
  rule: Rule<Facts>,
  bindings: readonly PolicyBinding[],
  at: RuleTransition,
): Binding<Facts> | undefined {
  const [first] = bindings
    .filter((binding) => asks(binding, rule, at))
    .toSorted((one, other) => rank(other) - rank(one));
  if (first === undefined) return undefined;
  const { mode, revise } = first;
  const consequence: Consequence =
    revise === undefined ? { kind: 'deny' } : { kind: 'revise', to: revise };
  return { check: rule.check, mode, consequence };
}

function rank({ mode, revise }: PolicyBinding): number {
  return STRICTNESS[mode] * 2 + (revise === undefined ? 1 : 0);
}

interface Meant {
  readonly binding: PolicyBinding;
  readonly index: number;
}

interface Bound<Facts> {
  readonly policy: Policy;
  readonly pack: RulePack<Facts>;
  readonly target: PolicyTarget<Facts>;
  readonly meant: readonly Meant[];
}

function problemsOf<Facts>(given: Bound<Facts>): RulePackProblem[] {
  return [...wrongNames(given), ...unasked(given), ...tooEarly(given)];
}

function problem(
  { place }: Policy,
  path: readonly (string | number)[],
  message: string,
): RulePackProblem {
  return { path: path.join('.'), message, ...place(path) };
}

/** Names in bindings that stand for nothing. */
function wrongNames<Facts>({ policy, pack, target, meant }: Bound<Facts>): RulePackProblem[] {
  const ids = new Set(['*', ...pack.rules.map(({ text }) => text.id)]);
  const { workflow, phases } = target;
  return meant.flatMap(({ binding, index }) => {
    const at = (key: string, position?: number) =>
      position === undefined ? ['bindings', index, key] : ['bindings', index, key, position];
    const rules = binding.rules.flatMap((id, position) =>
      ids.has(id) ? [] : problem(policy, at('rules', position), `There is no rule "${id}".`),
    );
    const moves = (binding.transitions ?? []).flatMap((move, position) =>
      isAmong(target.transitions, move)
        ? []
        : problem(
            policy,
            at('transitions', position),
            `The workflow "${workflow}" has no transition ${move.from} -> ${move.to}.`,
          ),
    );
    const { revise } = binding;
    const isUnknown = revise !== undefined && !phases.includes(revise);
    const back = isUnknown
      ? [problem(policy, at('revise'), `The workflow "${workflow}" has no phase "${revise}".`)]
      : [];
    return [...rules, ...moves, ...back];
  });
}

/** Rules that would never be asked hold nothing, whatever their author thinks. */
function unasked<Facts>({ policy, pack, target, meant }: Bound<Facts>): RulePackProblem[] {
  return pack.rules.flatMap((rule, index) => {
    const isAsked = target.transitions.some((at) =>
      meant.some(({ binding }) => asks(binding, rule, at)),
    );
    if (isAsked) return [];
    const message = `No binding asks this rule at any transition of the workflow "${target.workflow}".`;
    return [problem(policy, ['rules', index, 'id'], message)];
  });
}

function tooEarly<Facts>({ policy, pack, target, meant }: Bound<Facts>): RulePackProblem[] {
  return pack.rules.flatMap((rule, index) =>
    target.transitions.flatMap((at) => {
      if (!meant.some(({ binding }) => asks(binding, rule, at))) return [];
      const there = target.artifactsAt(at);
      const missing = new Set(
        rule.paths.flatMap((path) => {
          const [root, phase = ''] = path.split(/[.[]/);
          return root === 'artifacts' && phase !== '' && !there.has(phase) ? [phase] : [];
        }),
      );
      return [...missing].map((phase) => {
        const message = `The artifact of "${phase}" may not be there when ${at.from} -> ${at.to} is judged: name later transitions, or ask has(artifacts.${phase}) first.`;
        return problem(policy, ['rules', index, 'expression'], message);
      });
    }),
  );
}
