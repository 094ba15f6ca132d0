import { z } from 'zod';

import { Usage } from '../../state/index.ts';
import { defineGate, type Binding } from '../../validation/index.ts';
import { defineWorkflow, type Workflow, type WorkflowFacts } from './workflow.ts';
import type { WorkflowDescription } from './workflow-description.ts';
import type { Transition, WorkflowShape } from './workflow-shape.ts';

/** Names a transition. */
export type Move = Pick<Transition, 'from' | 'to'>;

/**
 * Gives a workflow whose gates ask more: a house's policies, the checks of a standard. What was asked before stays.
 *
 * @param bindingsAt - What is added to the gate of a transition.
 * @throws InvalidGateError for a check whose id is at the gate already; {@link InvalidDefinitionError} for a failure that
 * leads to a phase that is not there.
 */
export function withBindings<Input, Artifacts>(
  workflow: WorkflowDescription<Input, Artifacts>,
  bindingsAt: (move: Move) => readonly Binding<WorkflowFacts<Input, Artifacts>>[],
): Workflow<Input, Artifacts> {
  return withGates(workflow, (transition) => {
    const more: readonly Binding[] = bindingsAt(transition);
    return more.length === 0 ? undefined : [...transition.gate.bindings, ...more];
  });
}

/**
 * Gives a workflow whose gates ask something else; the approvals that they want stay.
 *
 * @param bindingsOf - What the gate of a transition asks; undefined where it stays as it is.
 */
export function withGates<Input, Artifacts>(
  workflow: WorkflowDescription<Input, Artifacts>,
  bindingsOf: (transition: Transition) => readonly Binding[] | undefined,
): Workflow<Input, Artifacts> {
  const transitions = workflow.transitions.map((transition): Transition => {
    const checks = bindingsOf(transition);
    if (checks === undefined) return transition;
    const { approval } = transition.gate;
    return { ...transition, gate: defineGate({ checks, ...(approval && { approval }) }) };
  });
  // The phases and transitions are those of the workflow, whose types were held against each other when it was defined.
  const definition = { ...workflow, transitions } as unknown as Parameters<
    typeof defineWorkflow<Input, []>
  >[0];
  return defineWorkflow(definition) as unknown as Workflow<Input, Artifacts>;
}

/** The facts of a workflow's gates, as a schema: no artifact has to be there, because its phase may still be to come. */
export function factsSchema(workflow: WorkflowShape): z.ZodType<object> {
  const artifacts = workflow.phases.map(
    ({ id, agent }) => [id, agent.artifact.optional()] as const,
  );
  return z.object({
    input: workflow.input,
    artifacts: z.object(Object.fromEntries(artifacts)),
    run: z.object({ attempts: z.record(z.string(), z.int()), usage: Usage }),
  });
}

/** Tells which phases a run has been through for certain when it comes to the end of `phase`, that one among them. */
export function certainPhases(workflow: WorkflowShape, phase: string): ReadonlySet<string> {
  const ids = workflow.phases.map(({ id }) => id);
  const [first = ''] = ids;
  // A phase is certain if there is no way around it.
  return new Set(ids.filter((id) => id === phase || !reaches(workflow, [first, phase], id)));
}

function reaches(
  { transitions }: WorkflowShape,
  [from, to]: readonly [string, string],
  without: string,
): boolean {
  if (from === without) return false;
  const reached = new Set([from]);
  for (const phase of reached) {
    for (const move of transitions)
      if (move.from === phase && move.to !== without) reached.add(move.to);
  }
  return reached.has(to);
}
