import { z } from 'zod';

import { WorkflowPlan } from '../../state/index.ts';
import {
  askOn,
  auditOn,
  defineGate,
  denyOn,
  reviseOn,
  warnOn,
  type ApprovalRule,
  type Binding,
  type Check,
  type Gate,
} from '../../validation/index.ts';
import { InvalidDefinitionError } from '../errors.ts';
import type { PhaseShape } from './phase.ts';
import type { Transition } from './workflow-shape.ts';
import { defineWorkflow, type Workflow, type WorkflowFacts } from './workflow.ts';

/** Settings of a planned phase or check; JSON that its maker parses. */
export type PlanSettings = NonNullable<WorkflowPlan['phases'][number]['settings']>;

/** Where a planned phase stands, as {@link definePhase} takes it. */
export interface PlannedPlace {
  readonly id: string;
  readonly maxAttempts?: number;
  readonly timeoutMs?: number;
}

/** What the names in plans stand for. Only what is in it can be planned. */
export interface PlanCatalogue<Input> {
  /** What every workflow of this catalogue is given. */
  readonly input: z.ZodType<Input>;
  /** By name; makes a phase with {@link definePhase} and an agent. */
  readonly phases: Readonly<
    Record<string, (place: PlannedPlace, settings: PlanSettings) => PhaseShape>
  >;
  /** By name; makes a check, whose `version` tells its settings apart. */
  readonly checks: Readonly<Record<string, (settings: PlanSettings) => Check>>;
}

/** What is produced by a workflow that is known as data only. */
export type PlannedArtifacts = Readonly<Record<string, unknown>>;

/**
 * Makes a runnable workflow of a plan. Everything that {@link defineWorkflow} refuses is refused, and whatever the catalogue
 * does not have; each agent and each check parses what it reads when it runs.
 *
 * @param plan - A `WorkflowPlan`, such as a template gives; it is parsed.
 * @throws {@link InvalidDefinitionError}, naming the place in the plan; PLUGINS_* and WORKFLOW_* of the makers.
 */
export function workflowFrom<Input>(
  plan: unknown,
  catalogue: PlanCatalogue<Input>,
): Workflow<Input, PlannedArtifacts> {
  const parsed = WorkflowPlan.safeParse(plan);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join('.') || 'the top';
    throw new InvalidDefinitionError(`plan, ${place}`, `what a plan holds (${issue?.message})`);
  }
  const { id, title, version, phases, transitions } = parsed.data;
  const made: readonly PhaseShape[] = phases.map((phase) => {
    const { agent, settings = {}, id: phaseId, maxAttempts, timeoutMs } = phase;
    const place = {
      id: phaseId,
      ...(maxAttempts === undefined ? {} : { maxAttempts }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    };
    return named(catalogue.phases, agent, `phase "${phaseId}"`)(place, settings);
  });
  const { input } = catalogue;
  const ways = transitions.map((transition) => transitionFrom(transition, catalogue));
  // What agents read is parsed by their own schemas when they run; a plan has no types to hold them against.
  return defineWorkflow<Input, readonly PhaseShape[]>({
    id,
    title,
    version,
    input,
    phases: made,
    transitions: ways,
  });
}

type PlannedTransition = WorkflowPlan['transitions'][number];
type PlannedFacts<Input> = WorkflowFacts<Input, PlannedArtifacts>;

function transitionFrom<Input>(
  planned: PlannedTransition,
  { checks }: PlanCatalogue<Input>,
): Transition<string, PlannedFacts<Input>> {
  const { from, to, name, when, approval } = planned;
  const place = `transition "${from}" to "${to}"`;
  const bindings = planned.checks.map(
    ({ check, settings = {}, onFailure = 'deny', to: target }) => {
      const made = named(checks, check, place)(settings);
      if (onFailure === 'revise' && target === undefined)
        throw new InvalidDefinitionError(`${place}, check "${check}"`, 'a phase "to" revise');
      return BIND[onFailure](made, target ?? from);
    },
  );
  const gate = defineGate<Binding, PlannedFacts<Input>>({
    checks: bindings,
    ...(approval === undefined ? {} : { approval: approvalFrom(approval) }),
    // Each check parses the facts that it reads before it sees them: that these are there is found out when it runs.
  }) as Gate<PlannedFacts<Input>>;
  return {
    from,
    to,
    gate,
    ...(name === undefined ? {} : { name }),
    ...(when === undefined
      ? {}
      : {
          when: named(checks, when.check, place)(when.settings ?? {}) as Check<PlannedFacts<Input>>,
        }),
  };
}

const BIND: Readonly<
  Record<
    NonNullable<PlannedTransition['checks'][number]['onFailure']>,
    (check: Check, to: string) => Binding
  >
> = { deny: denyOn, ask: askOn, revise: reviseOn, warn: warnOn, audit: auditOn };

function approvalFrom<Input>({
  phase,
  member,
  roles,
  validForMs,
}: NonNullable<PlannedTransition['approval']>): ApprovalRule<PlannedFacts<Input>> {
  const subject = ({ artifacts }: PlannedFacts<Input>): unknown => {
    const artifact = Object.hasOwn(artifacts, phase) ? artifacts[phase] : undefined;
    if (member === undefined) return artifact;
    return z.record(z.string(), z.unknown()).parse(artifact)[member];
  };
  // A gate tells rules apart by the subject's text, and this one's text does not show what it takes.
  Object.defineProperty(subject, 'toString', { value: () => `plan:${phase}:${member ?? ''}` });
  return { subject, roles, validForMs };
}

function named<Maker>(makers: Readonly<Record<string, Maker>>, name: string, place: string): Maker {
  const maker = Object.hasOwn(makers, name) ? makers[name] : undefined;
  if (maker === undefined)
    throw new InvalidDefinitionError(place, `a name of the catalogue, found "${name}"`);
  return maker;
}
