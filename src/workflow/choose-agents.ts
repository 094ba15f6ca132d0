import type { z } from 'zod';

import type { Agent, AgentRun } from './agent.ts';
import { inspectDefinition } from './definition/inspect-definition.ts';
import { definePhase, type PhaseShape, type Variant } from './definition/phase.ts';
import type { WorkflowDescription } from './definition/workflow-description.ts';
import { workflowDigest } from './definition/workflow-digest.ts';
import type { WorkflowShape } from './definition/workflow-shape.ts';
import { InvalidOptionsError } from './errors.ts';

/** Who works in which phase; the phase's own agent without a model where nothing is said. */
export type AgentChoices<Input, Artifacts> = {
  readonly [Phase in keyof Artifacts]?: Variant | StandIn<Input, Artifacts, Artifacts[Phase]>;
};

/**
 * An agent that takes the place of a phase's own. What it gives is held against the schema of the phase, as before. It works
 * with the model where it has an `llm` variant and the run has a model.
 */
export interface StandIn<Input, Artifacts, Artifact> {
  readonly id: string;
  readonly input: z.ZodType;
  readonly artifact: z.ZodType<Artifact>;
  readonly reads: { readonly [Phase in keyof Artifacts]?: z.ZodType };
  readonly simulated: AgentRun<Input, Artifacts, Artifact>;
  readonly llm: AgentRun<Input, Artifacts, Artifact> | undefined;
}

/** What was chosen, as the graph is made of it. */
export interface ChosenAgents<Input, Artifacts> {
  readonly workflow: WorkflowDescription<Input, Artifacts>;
  readonly variantOf: (phase: PhaseShape) => Variant;
}

const WAYS =
  'Use "llm" or "simulated", for all or by phase id, or by phase id an agent that defineAgent made.';

/**
 * Puts the chosen agents into a workflow's phases.
 *
 * @param agents - What the caller said, which types cannot vouch for in JavaScript.
 * @throws {@link InvalidOptionsError} for what is no choice, an unknown phase, and `llm` where there is none or no model.
 */
export function chooseAgents<Input, Artifacts>(
  workflow: WorkflowDescription<Input, Artifacts>,
  { agents = 'simulated', hasModel }: { readonly agents: unknown; readonly hasModel: boolean },
): ChosenAgents<Input, Artifacts> {
  if (isVariant(agents)) {
    // Asked for as a whole, a phase whose agent has no use for a model stays as it is; asked for by name, it must have one.
    const variantOf = ({ agent }: PhaseShape): Variant =>
      agent.llm === undefined ? 'simulated' : agents;
    if (!hasModel && workflow.phases.some((phase) => variantOf(phase) === 'llm')) throw noModel();
    return { workflow, variantOf };
  }
  if (typeof agents !== 'object' || agents === null) throw noChoice(agents);
  const choices = new Map<string, unknown>(Object.entries(agents));
  for (const id of choices.keys()) {
    if (!workflow.phases.some((phase) => phase.id === id))
      throw new InvalidOptionsError(`agents names no phase: "${id}"`, 'Use ids of phases.');
  }
  const chosen = workflow.phases.map((phase) => choose(phase, choices.get(phase.id), hasModel));
  const variants = new Map(chosen.map(({ phase, variant }) => [phase.id, variant]));
  return {
    workflow: withPhases(
      workflow,
      chosen.map(({ phase }) => phase),
    ),
    variantOf: ({ id }) => variants.get(id) ?? 'simulated',
  };
}

function choose(
  phase: PhaseShape,
  choice: unknown,
  hasModel: boolean,
): { readonly phase: PhaseShape; readonly variant: Variant } {
  if (choice === undefined || choice === 'simulated') return { phase, variant: 'simulated' };
  if (choice === 'llm') {
    if (!hasModel) throw noModel();
    if (phase.agent.llm === undefined)
      throw new InvalidOptionsError(
        `the agent of "${phase.id}" has no llm variant`,
        'Leave the phase out of agents.',
      );
    return { phase, variant: 'llm' };
  }
  if (!isAgent(choice)) throw noChoice(choice, phase.id);
  const { id, maxAttempts, timeoutMs } = phase;
  const agent = { ...choice, artifact: phase.agent.artifact };
  return {
    phase: definePhase({ id, agent, maxAttempts, timeoutMs }),
    variant: hasModel && choice.llm !== undefined ? 'llm' : 'simulated',
  };
}

function withPhases<Shape extends WorkflowShape>(
  workflow: Shape,
  phases: readonly PhaseShape[],
): Shape {
  const changed = { ...workflow, phases: Object.freeze(phases) };
  inspectDefinition(changed);
  return Object.freeze({ ...changed, digest: workflowDigest(changed) });
}

function isVariant(choice: unknown): choice is Variant {
  return choice === 'llm' || choice === 'simulated';
}

function isAgent(choice: unknown): choice is Agent<unknown, Record<string, unknown>, unknown> {
  return (
    typeof choice === 'object' &&
    choice !== null &&
    'id' in choice &&
    'reads' in choice &&
    'simulated' in choice &&
    typeof choice.simulated === 'function'
  );
}

function noModel(): InvalidOptionsError {
  return new InvalidOptionsError(
    'an llm variant without a model',
    'Give model, or agents: "simulated".',
  );
}

function noChoice(choice: unknown, phase?: string): InvalidOptionsError {
  const said = typeof choice === 'string' ? `"${choice}"` : typeof choice;
  const place = phase === undefined ? '' : ` for "${phase}"`;
  return new InvalidOptionsError(`agents${place} of ${said}`, WAYS);
}
