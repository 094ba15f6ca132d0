import type { z } from 'zod';

import { deepFrozen, frozenJson, LONGEST_TIMER_MS, type JsonValue } from '../../kernel/index.ts';
import type { Agent, AgentContext, AgentTask } from '../agent.ts';
import { InvalidArtifactError, InvalidDefinitionError } from '../errors.ts';

/** Which implementation of an agent runs. */
export type Variant = 'llm' | 'simulated';

/** A task before the agent's own schemas have typed it. */
export type UntypedTask = Omit<AgentTask<unknown, unknown, unknown>, 'artifacts'> & {
  readonly artifacts: Readonly<Record<string, unknown>>;
};

/** What the workflow knows of an agent without knowing its types. */
export interface AgentShape {
  readonly id: string;
  readonly input: z.ZodType;
  readonly artifact: z.ZodType;
  readonly reads: Readonly<Record<string, z.ZodType>>;
  readonly llm: unknown;
}

/** A phase as the workflow sees it. */
export interface PhaseShape {
  readonly id: string;
  readonly agent: AgentShape;
  /** Visits in one run, loops included. */
  readonly maxAttempts: number;
  /** Milliseconds that one visit may take, without the time that a person takes; 0 for no limit. */
  readonly timeoutMs: number;
  /** Runs the agent: parses what it is given and what it gives. */
  readonly perform: (
    variant: Variant,
    task: UntypedTask,
    context: AgentContext,
  ) => Promise<JsonValue>;
}

/** A state of the machine, with its artifact's type. */
export interface Phase<Id extends string, Input, Reads, Artifact> extends PhaseShape {
  readonly id: Id;
  readonly agent: AgentShape & Agent<Input, Reads, Artifact>;
}

/** What {@link definePhase} takes. */
export interface PhaseDefinition<Id extends string, Input, Reads, Artifact> {
  /** Kebab case; also the node's name in the graph. */
  readonly id: Id;
  readonly agent: Agent<Input, Reads, Artifact>;
  /** Visits in one run. A phase that a gate can send the run back to needs more than 1, its default. */
  readonly maxAttempts?: number;
  /** Milliseconds for one visit, 2^31 - 1 at most; none unless told. */
  readonly timeoutMs?: number;
}

/**
 * Describes a phase.
 *
 * @throws {@link InvalidDefinitionError} if the id is not kebab case or a limit is none that can be kept.
 */
export function definePhase<const Id extends string, Input, Reads, Artifact>(
  definition: PhaseDefinition<Id, Input, Reads, Artifact>,
): Phase<Id, Input, Reads, Artifact> {
  const { id, agent, maxAttempts = 1, timeoutMs = 0 } = definition;
  const place = `phase "${id}"`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw new InvalidDefinitionError(place, 'an id in kebab case');
  if (!Number.isSafeInteger(maxAttempts) || maxAttempts < 1) {
    throw new InvalidDefinitionError(place, 'maxAttempts of 1 or more');
  }
  if (!Number.isSafeInteger(timeoutMs) || timeoutMs < 0 || timeoutMs > LONGEST_TIMER_MS)
    throw new InvalidDefinitionError(place, `timeoutMs from 0 to ${LONGEST_TIMER_MS}`);
  return Object.freeze({
    id,
    agent,
    maxAttempts,
    timeoutMs,
    perform: (variant: Variant, task: UntypedTask, context: AgentContext) =>
      perform(agent, { variant, task, context }),
  });
}

interface Performance {
  readonly variant: Variant;
  readonly task: UntypedTask;
  readonly context: AgentContext;
}

async function perform<Input, Reads, Artifact>(
  agent: Agent<Input, Reads, Artifact>,
  { variant, task, context }: Performance,
): Promise<JsonValue> {
  const run = variant === 'llm' ? agent.llm : agent.simulated;
  if (run === undefined) {
    throw new InvalidDefinitionError(
      `agent "${agent.id}"`,
      'an llm variant, or a run that asks for the simulated one',
    );
  }
  const typed: AgentTask<Input, Reads, Artifact> = Object.freeze({
    ...task,
    input: deepFrozen(agent.input.parse(task.input)),
    artifacts: typedReads(agent, task.artifacts),
    previous:
      task.previous === undefined ? undefined : deepFrozen(agent.artifact.parse(task.previous)),
  });
  const produced = agent.artifact.safeParse(await run(typed, context));
  if (!produced.success) throw new InvalidArtifactError(agent.id, produced.error.issues);
  return frozenJson(produced.data, agent.id);
}

function typedReads<Input, Reads, Artifact>(
  agent: Agent<Input, Reads, Artifact>,
  artifacts: Readonly<Record<string, unknown>>,
): Readonly<Reads> {
  const schemas: [string, z.ZodType][] = Object.entries(agent.reads);
  // Each member was parsed by the schema that gives Reads its type.
  return Object.freeze(
    Object.fromEntries(
      schemas.map(([phase, schema]) => [phase, deepFrozen(schema.parse(artifacts[phase]))]),
    ),
  ) as Readonly<Reads>;
}
