import type { RunnableConfig } from '@langchain/core/runnables';
import type { StructuredTool } from '@langchain/core/tools';
import type { z } from 'zod';

import type { Clock, Facts, JsonValue, Logger } from '../kernel/index.ts';
import type { Model } from '../models/index.ts';
import type { Answer, Principal, Usage } from '../state/index.ts';
import { InvalidDefinitionError } from './errors.ts';

/** Why a phase runs again: the failures that sent the run back to it. */
export interface Revision {
  /** The phase whose gate sent the run back. */
  readonly from: string;
  readonly reasons: readonly {
    readonly check: string;
    readonly message: string;
    readonly remedy: string;
  }[];
}

/** What an agent is given. Everything in it is deeply frozen JSON. */
export interface AgentTask<Input, Reads, Artifact> {
  readonly input: Input;
  /** Artifacts of the earlier phases that the agent declared in `reads`. */
  readonly artifacts: Readonly<Reads>;
  /** Every answer that a person gave to this phase's questions in this run, oldest first. */
  readonly answers: readonly Answer[];
  /** What this phase produced the last time in this run, if it ran before. */
  readonly previous: Artifact | undefined;
  /** Why the phase runs again, if a gate sent the run back. */
  readonly revision: Revision | undefined;
  /** 1 for the first visit in this run. */
  readonly attempt: number;
}

/** What a person is asked to decide about. */
export interface DecisionRequest<Subject> {
  /** A verb phrase in kebab case, shown as the action's name: `approve-strategy`. */
  readonly action: string;
  /** Markdown for the person who decides. */
  readonly description: string;
  /** Exactly what is decided about; its digest is sealed into the approval. */
  readonly subject: Subject;
  /** What an edited subject must satisfy. */
  readonly schema: z.ZodType<Subject>;
}

/** What a person decided. `undecided` when the question was put aside without an answer. */
export interface Decision<Subject> {
  readonly kind: 'approved' | 'edited' | 'responded' | 'rejected' | 'undecided';
  /** What was shown, or what the person made of it. */
  readonly subject: Subject;
  readonly comment: string;
  readonly by: Principal;
  /** ISO-8601 UTC. */
  readonly at: string;
}

/** What an agent may use besides its task. */
export interface AgentContext {
  readonly thread: string;
  readonly run: string;
  readonly phase: string;
  /** Aborted when the caller cancels or the phase's time is up. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The chat model; given to `llm` variants only, with its spending counted against the run's budget. */
  readonly model: AgentModel | undefined;
  /** Operations of plugins, and other tools, that the phase may use; none where none were given. */
  readonly tools: AgentTools;
  /**
   * Waits for a person by a LangGraph interrupt. Call it outside try/catch, and at most once per decision. An agent may put
   * questions by LangGraph's own `interrupt` besides: an answer reaches the one that waits, and no other.
   */
  readonly decide: <Subject>(request: DecisionRequest<Subject>) => Decision<Subject>;
  /** Sends progress to `custom` stream listeners. */
  readonly report: (progress: Facts) => void;
  /** LangGraph's own config, for subgraphs and runnables called from here. */
  readonly config: RunnableConfig;
}

/** What a phase may use besides its model. */
export interface AgentTools {
  /** For {@link AgentModel.structured}. */
  readonly offered: readonly StructuredTool[];
  /**
   * Calls one of them, as every other caller of the registry does.
   *
   * @param entry - `plugin-id/operation`.
   * @returns Its output; undefined where the phase was given no such tool, or the call failed: an agent can do without.
   */
  readonly call: (entry: string, input: JsonValue) => Promise<JsonValue | undefined>;
}

/** What a phase may use that was given nothing. */
export const NO_TOOLS: AgentTools = Object.freeze({
  offered: Object.freeze([]),
  call: async () => undefined,
});

/** The run's model: {@link Model} with the run's spending already passed in. */
export interface AgentModel {
  readonly id: string;
  structured<Value>(
    request: Omit<Parameters<Model['structured']>[0], 'schema' | 'signal' | 'tools'> & {
      readonly schema: z.ZodType<Value>;
      /** What the model may call before it answers. What a tool gives is data, and told to the model as such. */
      readonly tools?: readonly StructuredTool[];
      /** Rounds of calls at most; 6 unless told. */
      readonly maxToolRounds?: number;
    },
  ): Promise<Value>;
  /** What this visit has spent so far. */
  readonly usage: Usage;
}

/** One implementation of an agent. What it resolves to is parsed by the artifact's schema before anything reads it. */
export type AgentRun<Input, Reads, Artifact> = (
  task: AgentTask<Input, Reads, Artifact>,
  context: AgentContext,
) => Promise<Artifact> | Artifact;

/** How each upstream artifact is checked before the agent reads it. */
export type ReadSchemas<Reads> = { readonly [Phase in keyof Reads]: z.ZodType<Reads[Phase]> };

/** The agent of a phase: one artifact, two implementations behind one contract. */
export interface Agent<Input, Reads, Artifact> {
  readonly id: string;
  readonly input: z.ZodType<Input>;
  readonly artifact: z.ZodType<Artifact>;
  readonly reads: ReadSchemas<Reads>;
  /** Deterministic: same task, same bytes, no model. */
  readonly simulated: AgentRun<Input, Reads, Artifact>;
  /** With a chat model; absent when the agent has no use for one. */
  readonly llm: AgentRun<Input, Reads, Artifact> | undefined;
}

/** What {@link defineAgent} takes. */
export interface AgentDefinition<Input, Reads, Artifact> {
  /** Kebab case. */
  readonly id: string;
  readonly input: z.ZodType<Input>;
  readonly artifact: z.ZodType<Artifact>;
  /** Upstream artifacts that the agent reads, by phase id. */
  readonly reads: ReadSchemas<Reads>;
  readonly simulated: AgentRun<Input, Reads, Artifact>;
  readonly llm?: AgentRun<Input, Reads, Artifact>;
}

/**
 * Describes an agent. Nothing runs until a compiled workflow reaches its phase.
 *
 * @throws {@link InvalidDefinitionError} if the id is not kebab case.
 */
export function defineAgent<Input, Reads, Artifact>(
  definition: AgentDefinition<Input, Reads, Artifact>,
): Agent<Input, Reads, Artifact> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(definition.id)) {
    throw new InvalidDefinitionError(
      `agent "${definition.id}"`,
      'an id in kebab case, such as "risk-review"',
    );
  }
  return Object.freeze({ ...definition, llm: definition.llm });
}
