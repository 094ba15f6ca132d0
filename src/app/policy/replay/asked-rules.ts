import { resolve } from 'node:path';

import {
  gateCheckId,
  readStandard,
  type Compliance,
  type FactName,
  type Standard,
  type StandardCheck,
} from '../../../compliance/index.ts';
import { digestOf } from '../../../kernel/index.ts';
import type { Binding } from '../../../validation/index.ts';
import { readPolicy, type Policy } from '../../../validation/rules/index.ts';
import type { WorkflowDescription } from '../../../workflow/index.ts';
import type { App } from '../../open-app.ts';
import { WORKFLOWS } from '../../workflows/catalogue.ts';
import { UnboundStandardError } from '../errors.ts';
import { bindTo } from '../load-policies.ts';
import { readDataFile } from '../read-policy-file.ts';
import { boundIn } from '../try-policy.ts';
import { workflowOf } from '../workflow-of.ts';

/** A move of a workflow. */
interface Move {
  readonly from: string;
  readonly to: string;
}

/** A rule that has no answer, with why. */
export interface UntoldRule {
  readonly id: string;
  readonly message: string;
  /** Facts that it lacks. */
  readonly paths: readonly string[];
}

/** Rules of a file, to be asked about one workflow's recorded decisions beside those that are in force. */
export interface AskedRules {
  readonly before: (move: Move) => readonly Binding[];
  readonly after: (move: Move) => readonly Binding[];
  /** Changed rules that nobody can ask again. */
  readonly untold: (move: Move) => readonly UntoldRule[];
  /** Whether a rule may ask something else than before. */
  readonly isChanged: (id: string) => boolean;
  /** Whether they read what standards are told. */
  readonly isStandard: boolean;
}

/** Which file, and for which workflow. */
export interface AskedFile {
  readonly file: string;
  readonly workflow?: string | undefined;
}

/** Parts of the facts that were seen when a gate was judged, and of which nothing is kept. */
export const UNKEPT: readonly FactName[] = ['chain', 'probes', 'recordScan'];

/**
 * Reads a file of rules, or the pack of a standard, and holds it against the workflows that it means.
 *
 * @returns What is asked, by workflow.
 * @throws APP_UNREADABLE_FILE; VALIDATION_INVALID_RULE_PACK and COMPLIANCE_INVALID_STANDARD with every mistake at its place;
 * COMPLIANCE_INVALID_BINDING; APP_UNBOUND_POLICY; {@link UnboundStandardError}.
 */
export async function readAskedRules(
  app: App,
  { file: path, workflow }: AskedFile,
): Promise<ReadonlyMap<string, AskedRules>> {
  const { file, value, place } = await readDataFile(resolve(path));
  if (Object.hasOwn(Object(value) as object, 'checks'))
    return askedOfStandard(app, readStandard(value, { file, place }), { file, workflow });
  return askedOfPolicy(app, readPolicy(value, { file, place }), workflow);
}

function askedOfPolicy(
  app: App,
  policy: Policy,
  workflow: string | undefined,
): ReadonlyMap<string, AskedRules> {
  const { profile } = app.config;
  const inForce = app.policies.all.find((one) => one.policy.id === policy.id)?.policy;
  const bound = boundIn(policy, { workflow, profile });
  return new Map(
    bound.map(({ workflow: target, policy: after }) => {
      const before = inForce && bindTo(target, inForce, profile);
      const asked: AskedRules = {
        before: (move) => before?.bindingsAt(move) ?? [],
        after: (move) => after.bindingsAt(move),
        untold: () => [],
        isChanged: () => true,
        isStandard: false,
      };
      return [target.id, asked] as const;
    }),
  );
}

function askedOfStandard(
  app: App,
  edition: Standard,
  { file, workflow }: AskedFile,
): ReadonlyMap<string, AskedRules> {
  const ids = workflow === undefined ? WORKFLOWS.map(({ id }) => id) : [workflow];
  const asked = ids.flatMap((id) => {
    const target = workflowOf(app, id);
    const inForce = target.compliance?.standards.find((one) => one.standard.id === edition.id);
    if (target.compliance === undefined || inForce === undefined) return [];
    const { standard } = inForce;
    const rules = askedOfEdition(target, target.compliance, { before: standard, after: edition });
    return [[id, rules] as const];
  });
  if (asked.length === 0) throw new UnboundStandardError(file, edition.id);
  return new Map(asked);
}

interface Editions {
  readonly before: Standard;
  readonly after: Standard;
}

function askedOfEdition(
  { transitions }: WorkflowDescription<unknown, unknown>,
  compliance: Compliance,
  { before, after }: Editions,
): AskedRules {
  const own = new Set([...idsOf(before.checks, before), ...idsOf(after.checks, after)]);
  const unkept = new Set([
    ...idsOf(before.checks.filter(readsUnkept), before),
    ...idsOf(after.checks.filter(readsUnkept), after),
  ]);
  const changed = changedChecks({ before, after });
  const bindingsOf = (of: Compliance): ((move: Move) => readonly Binding[]) => {
    const bindings = of.bindingsFor(transitions);
    return ({ from, to }) =>
      (bindings.get(`${from} -> ${to}`) ?? []).filter(({ check }) => own.has(check.id));
  };
  const [was, is] = [bindingsOf(compliance), bindingsOf(compliance.withEdition(after))];
  const isKept = ({ check }: Binding): boolean => !unkept.has(check.id);
  return {
    before: (move) => was(move).filter(isKept),
    after: (move) => is(move).filter(isKept),
    untold: (move) =>
      is(move).flatMap(({ check: { id } }) =>
        unkept.has(id) && changed.has(id) ? [untoldRule(id, after)] : [],
      ),
    isChanged: (id) => changed.has(id),
    isStandard: true,
  };
}

function readsUnkept({ primitive }: StandardCheck): boolean {
  return primitive.gate?.needs.some((part) => UNKEPT.includes(part)) ?? false;
}

function idsOf(checks: readonly StandardCheck[], standard: Standard): readonly string[] {
  return checks.map((check) => gateCheckId(standard, check));
}

/** Ids of checks that do not ask what they asked before. */
function changedChecks({ before, after }: Editions): ReadonlySet<string> {
  const asks = ({ primitive, parameters, mode }: StandardCheck): string =>
    digestOf({ primitive: primitive.id, parameters, mode });
  const was = new Map(before.checks.map((check) => [gateCheckId(before, check), asks(check)]));
  const is = after.checks.filter((check) => was.get(gateCheckId(after, check)) !== asks(check));
  return new Set(idsOf(is, after));
}

function untoldRule(id: string, standard: Standard): UntoldRule {
  const check = standard.checks.find((one) => gateCheckId(standard, one) === id);
  const parts = UNKEPT.filter((part) => check?.primitive.gate?.needs.includes(part));
  return {
    id,
    message: 'It reads what was seen when the gate was judged, of which nothing is kept.',
    paths: parts.map((part) => `compliance.${part}`),
  };
}
