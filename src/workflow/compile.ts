import { randomBytes } from 'node:crypto';

import type { RunnableConfig } from '@langchain/core/runnables';
import {
  Annotation,
  END,
  START,
  StateGraph,
  type BaseCheckpointSaver,
  type BaseStore,
  type StateType,
  type UpdateType,
} from '@langchain/langgraph';

import type { AuditSink } from '../audit/index.ts';
import type { SuppliedFacts } from '../compliance/index.ts';
import {
  isPhasegateError,
  LONGEST_TIMER_MS,
  randomIds,
  silentLogger,
  systemClock,
  type Clock,
  type Ids,
  type Logger,
} from '../kernel/index.ts';
import type { Model } from '../models/index.ts';
import { BLOCKED, COMPLETED, type Principal } from '../state/index.ts';
import type { Waiver } from '../validation/index.ts';
import { chooseAgents, type AgentChoices } from './choose-agents.ts';
import type { Variant } from './definition/phase.ts';
import type { WorkflowDescription } from './definition/workflow-description.ts';
import type { WorkflowShape } from './definition/workflow-shape.ts';
import { dress } from './door/dress.ts';
import { InvalidOptionsError } from './errors.ts';
import { MODEL_ATTEMPTS, type FallbackRule } from './fallback.ts';
import { guardEdge } from './guard/guard-edge.ts';
import { UntracedEdge } from './guard/untraced-edge.ts';
import { createJudge } from './guard/judge.ts';
import { runAtOnce, type NodeAndEdge } from './guard/run-at-once.ts';
import { NOBODY } from './identify.ts';
import { endNode } from './nodes/end-node.ts';
import type { NodeParts, ToolSource } from './nodes/node-parts.ts';
import { phaseNode } from './nodes/phase-node.ts';
import { derivedVault, type FieldVault } from './sensitive/field-vault.ts';
import { sealsFor } from './sensitive/seals-for.ts';
import { sensitiveFieldsOf } from './sensitive/sensitive-fields.ts';
import { channelsFor, createReducers, type Channels } from './state/channels.ts';
import { refusedWrites } from './state/refused-writes.ts';
import { createSealer } from './state/sealer.ts';
import { quietenSteps } from './state/quieten-steps.ts';
import { keyedDigests } from './trail/keyed-digests.ts';
import { createRunTrail, type RunTrail } from './trail/run-trail.ts';
import { createStandingGuard } from './trail/standing.ts';
import { createTeller } from './trail/teller.ts';

const KEY_BYTES = 32;
const AUDIT_TIMEOUT_MS = 30_000;

/** What {@link compileWorkflow} takes. Without the types of a workflow, its phases cannot be named in `agents`. */
export interface CompileOptions<Input = never, Artifacts = never> {
  /** Any LangGraph checkpointer; without one there are no interrupts and nothing is kept. */
  readonly checkpointer?: BaseCheckpointSaver;
  readonly store?: BaseStore;
  /**
   * At least 32 secret bytes that approvals and artifacts are sealed with. Every process that works on a thread needs the
   * same ones. Without a key each compilation makes its own, and no other process can go on with its threads.
   */
  readonly sealKey?: Uint8Array;
  /**
   * Who works: `simulated` unless told, or `llm`, which leaves phases alone whose agent has no use for a model; or by phase id
   * one of these, or an agent that takes the place of the phase's own.
   */
  readonly agents?: Variant | AgentChoices<Input, Artifacts>;
  /** For `llm` variants. */
  readonly model?: Model;
  /**
   * What works in a phase whose model has failed for good (not reached after all tries, timed out, declined, no usable
   * output, budget spent): nothing unless told (`none`: the run stops there and can go on later), or its `simulated` variant,
   * which history, report, stream and audit trail say then. A run that is stopped never falls back.
   */
  readonly fallback?: FallbackRule;
  /** Gives what each phase may use besides its model; nothing unless told. */
  readonly tools?: ToolSource;
  /**
   * Tells who is calling, from what a caller cannot make up; nobody unless told. Behind a LangGraph server whose auth
   * handler answers for every request, give {@link langGraphUser}.
   */
  readonly identify?: (config: RunnableConfig) => Principal | Promise<Principal>;
  /**
   * Keeps the keys under which fields that schemas mark by `.meta({ sensitive: true, subject: 'customer.id' })` are stored.
   * Without one they are derived from `sealKey`: stored encrypted all the same, but not to be erased by person.
   */
  readonly fieldKeys?: FieldVault;
  /** In `production` only an authenticated person's approval counts, and a key is required. */
  readonly profile?: 'development' | 'production';
  /**
   * Where every run, phase, gate verdict, approval, model call and refusal is recorded before it takes effect. What cannot
   * be recorded does not happen: the run stops with the sink's error, and goes on from there once it can. Where the sink can
   * be asked (`recall`), a state that is older than what it was told is not gone on with (`WORKFLOW_STATE_BEHIND_TRAIL`).
   */
  readonly audit?: AuditSink;
  /** How long the sink may take to answer, 2^31 - 1 at most; 30,000 unless told. */
  readonly auditTimeoutMs?: number;
  /**
   * Exceptions that let failing checks pass for a time; asked at each gate. Who gave them is for the caller to establish. A
   * failure that was let pass stands in the verdict with the waiver's id.
   */
  readonly waivers?: () => readonly Waiver[];
  /**
   * What you know for the checks of standards that {@link withStandards} bound: endpoints, agreements, identities, probes.
   * Asked at each gate; where it throws, the gate stays closed.
   */
  readonly complianceFacts?: () => SuppliedFacts;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly logger?: Logger;
}

/**
 * Compiles a workflow into a LangGraph `CompiledStateGraph`: invoke, stream, getState, history, time travel and the
 * LangGraph server work on it as on any other graph.
 *
 * @throws {@link InvalidOptionsError} for a short key, a missing key in production, an unknown phase in `agents`, an
 * `llm` variant without a model or without an implementation; {@link InvalidDefinitionError} for an agent in `agents` that reads what
 * no phase makes.
 */
// The graph's type is LangGraph's own inference over the channels; spelling it out would only repeat it.
// oxlint-disable-next-line typescript/explicit-module-boundary-types
export function compileWorkflow<Input, Artifacts>(
  described: WorkflowDescription<Input, Artifacts>,
  options: CompileOptions<NoInfer<Input>, NoInfer<Artifacts>> = {},
) {
  const { agents, model } = options;
  const { workflow, variantOf } = chooseAgents(described, {
    agents,
    hasModel: model !== undefined,
  });
  const { parts, keepsSealed } = partsFrom(workflow, options, variantOf);
  const channels = channelsFor<Input, Artifacts>(parts.reducers, refusedWrites(parts.logger));
  const state = Annotation.Root(channels);
  // The builder's types cannot be told apart while Input and Artifacts are open; callers get them closed.
  const graph = new StateGraph({
    state,
    input: Annotation.Root({ input: channels.input }),
  }) as unknown as OpenGraph<Input, Artifacts>;
  const nodes = [...workflow.phases.map(({ id }) => id), COMPLETED, BLOCKED];
  const destinations = [...nodes, END];
  const own = new Map<string, NodeAndEdge>();
  for (const phase of workflow.phases) {
    const run = phaseNode(phase, parts);
    own.set(phase.id, { run, edge: guardEdge(phase.id, parts) });
    graph.addNode(phase.id, run, {
      retryPolicy: { maxAttempts: MODEL_ATTEMPTS, retryOn: isRetryable, logWarning: false },
      metadata: { agent: phase.agent.id },
      ...(phase.timeoutMs > 0 ? { timeout: { runTimeout: phase.timeoutMs } } : {}),
    });
  }
  graph.addNode(COMPLETED, endNode(COMPLETED, parts));
  graph.addNode(BLOCKED, endNode(BLOCKED, parts));
  for (const node of nodes) {
    const edge = own.get(node)?.edge ?? guardEdge(node, parts);
    graph.addConditionalEdges(node, new UntracedEdge(edge), destinations);
  }
  const first = workflow.phases[0]?.id ?? BLOCKED;
  graph.addEdge(START, first);
  const compiled = graph.compile({
    name: workflow.id,
    ...(options.checkpointer === undefined ? {} : { checkpointer: options.checkpointer }),
    ...(options.store === undefined ? {} : { store: options.store }),
  });
  keepsSealed(compiled);
  quietenSteps(compiled.channels);
  runAtOnce(compiled, own, first);
  const { sealer, clock } = parts;
  return dress(compiled, { workflow, sealer, clock, identify: options.identify ?? (() => NOBODY) });
}

/** A workflow as LangGraph runs it. */
export type CompiledWorkflow<Input, Artifacts> = ReturnType<
  typeof compileWorkflow<Input, Artifacts>
>;

/** A builder whose node names are known at run time only. */
type OpenGraph<Input, Artifacts> = StateGraph<
  Channels<Input, Artifacts>,
  StateType<Channels<Input, Artifacts>>,
  UpdateType<Channels<Input, Artifacts>>,
  string,
  Pick<Channels<Input, Artifacts>, 'input'>,
  Channels<Input, Artifacts>
>;

function partsFrom<Input, Artifacts>(
  workflow: WorkflowDescription<Input, Artifacts>,
  options: CompileOptions<Input, Artifacts>,
  variantOf: NodeParts['variantOf'],
): { readonly parts: NodeParts; readonly keepsSealed: ReturnType<typeof sealsFor> } {
  const {
    clock = systemClock,
    ids = randomIds,
    logger = silentLogger,
    profile = 'development',
    model,
  } = options;
  if (options.sealKey === undefined && profile === 'production') {
    throw new InvalidOptionsError(
      'production needs a seal key',
      'Give sealKey: at least 32 random bytes, kept secret.',
    );
  }
  const sealKey = options.sealKey ?? randomBytes(KEY_BYTES);
  const sealer = createSealer(sealKey);
  const judge = createJudge({
    workflow,
    sealer,
    clock,
    authenticatedOnly: profile === 'production',
    waivers: options.waivers,
    complianceFacts: options.complianceFacts,
  });
  const parts: NodeParts = {
    workflow,
    sealer,
    reducers: createReducers(sealer),
    clock,
    ids,
    logger,
    trail: trailFrom(workflow, options, sealKey),
    judge,
    accounts: new Map(),
    fallback: options.fallback ?? 'none',
    model,
    tools: options.tools ?? (async () => []),
    variantOf,
  };
  return { parts, keepsSealed: sealsFor(workflow, options.fieldKeys ?? derivedVault(sealKey)) };
}

function trailFrom(
  workflow: WorkflowShape,
  options: Omit<CompileOptions, 'agents'>,
  sealKey: Uint8Array,
): RunTrail | undefined {
  const { audit, auditTimeoutMs = AUDIT_TIMEOUT_MS, identify = () => NOBODY } = options;
  if (!(auditTimeoutMs > 0 && auditTimeoutMs <= LONGEST_TIMER_MS)) {
    throw new InvalidOptionsError(
      `auditTimeoutMs of ${auditTimeoutMs}`,
      `Give milliseconds above 0 and up to ${LONGEST_TIMER_MS}.`,
    );
  }
  if (audit === undefined) return undefined;
  const plain = createTeller(audit, auditTimeoutMs);
  const isSensitive = sensitiveFieldsOf(workflow).size > 0;
  const tell = isSensitive ? keyedDigests(plain, sealKey) : plain;
  const standing = createStandingGuard({
    sink: audit,
    tell: plain,
    timeoutMs: auditTimeoutMs,
    identify,
  });
  return createRunTrail({ workflow, identify, tell, standing });
}

/** What only the trail refused would be worked out, and paid for, once more to no end. */
function isRetryable(error: unknown): boolean {
  return isPhasegateError(error) && error.retryable && !/^(WORKFLOW_)?AUDIT_/.test(error.code);
}
