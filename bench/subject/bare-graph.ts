import type { RunnableConfig } from '@langchain/core/runnables';
import {
  Annotation,
  END,
  interrupt,
  START,
  StateGraph,
  type BaseCheckpointSaver,
} from '@langchain/langgraph';
import { z } from 'zod';

import { silentLogger, systemClock, type JsonValue } from '../../src/kernel/index.ts';
import type { Principal } from '../../src/state/index.ts';
import {
  NO_TOOLS,
  type Agent,
  type AgentContext,
  type DecisionRequest,
  type PhaseShape,
  type WorkflowShape,
} from '../../src/workflow/index.ts';
import { interruptPayload } from '../../src/workflow/interrupts/payload.ts';

/** A phase with its agent, as far as the bare graph calls it. */
type BarePhase = PhaseShape & {
  readonly agent: Pick<Agent<never, never, unknown>, 'simulated' | 'artifact'>;
};

const State = Annotation.Root({
  input: Annotation<JsonValue>(),
  artifacts: Annotation<Readonly<Record<string, unknown>>>({
    reducer: (before, made) => ({ ...before, ...made }),
    default: () => ({}),
  }),
});

/**
 * The peer that the gated graph is measured against: the same agents in the same order on bare LangGraph, as somebody
 * would write it who needs no gates. A node calls the agent, parses what it gives by the artifact's schema and writes it;
 * static edges lead on. The person is asked by the same interrupt with the same payload, and the answer is read.
 * It has no gates, no seals, no history, no parsing of what comes back from the store.
 */
// The graph's type is LangGraph's own inference over the channels.
// oxlint-disable-next-line typescript/explicit-module-boundary-types
export function bareGraph(workflow: WorkflowShape, checkpointer: BaseCheckpointSaver) {
  const graph = new StateGraph(State) as unknown as OpenGraph;
  const phases = workflow.phases as readonly BarePhase[];
  for (const phase of phases) graph.addNode(phase.id, bareNode(phase));
  graph.addEdge(START, phases[0]?.id ?? END);
  for (const [index, { id }] of phases.entries()) graph.addEdge(id, phases[index + 1]?.id ?? END);
  return graph.compile({ name: workflow.id, checkpointer });
}

/** A builder whose node names are known at run time only. */
type OpenGraph = StateGraph<
  typeof State.spec,
  typeof State.State,
  typeof State.Update,
  string,
  typeof State.spec
>;

function bareNode({ id, agent }: BarePhase) {
  return async (state: typeof State.State, config: RunnableConfig) => {
    const task = {
      input: state.input as never,
      artifacts: state.artifacts as never,
      answers: [],
      previous: undefined,
      revision: undefined,
      attempt: 1,
    };
    const produced: unknown = await agent.simulated(task, contextFor(id, config));
    return { artifacts: { [id]: agent.artifact.parse(produced) } };
  };
}

function contextFor(phase: string, config: RunnableConfig): AgentContext {
  return {
    thread: String(config.configurable?.['thread_id'] ?? ''),
    run: '',
    phase,
    signal: config.signal ?? new AbortController().signal,
    clock: systemClock,
    logger: silentLogger,
    model: undefined,
    tools: NO_TOOLS,
    decide: (request) => askPerson(request),
    report: () => undefined,
    config,
  };
}

const Approved = z.object({ decision: z.literal('approve'), comment: z.string().default('') });
const BY: Principal = {
  id: 'nobody',
  kind: 'unknown',
  roles: [],
  authenticated: false,
  source: 'none',
};

function askPerson<Subject>(request: DecisionRequest<Subject>): ReturnType<
  AgentContext['decide']
> & {
  readonly subject: Subject;
} {
  const { action, description, subject, schema } = request;
  const answer: unknown = interrupt(
    interruptPayload({
      action,
      args: subject as JsonValue,
      description,
      schema: schemaOf(schema),
      decisions: ['approve', 'edit', 'respond', 'reject'],
      phasegate: {},
    }),
  );
  const { comment } = Approved.parse(answer);
  return { kind: 'approved', subject, comment, by: BY, at: systemClock.now() };
}

const schemas = new WeakMap<z.ZodType, JsonValue>();

/** The JSON Schema of what is asked about, made once. */
function schemaOf(schema: z.ZodType): JsonValue {
  const known = schemas.get(schema);
  if (known !== undefined) return known;
  const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonValue;
  schemas.set(schema, made);
  return made;
}
