import type { RunnableConfig } from '@langchain/core/runnables';
import {
  Command,
  isCommand,
  type BaseCheckpointSaver,
  type CheckpointTuple,
} from '@langchain/langgraph';
import { z } from 'zod';

import { frozenJson, type Clock } from '../../kernel/index.ts';
import { Principal } from '../../state/index.ts';
import {
  AlreadyAnsweredError,
  InvalidInputError,
  NothingAskedError,
  RunInProgressError,
  SteeringRefusedError,
} from '../errors.ts';
import type { WorkflowShape } from '../definition/workflow-shape.ts';
import { NOBODY } from '../identify.ts';
import { sealResume, type Answering } from '../interrupts/seal-resume.ts';
import { ThreadId } from '../nodes/place.ts';
import { openKept } from '../state/kept/kept.ts';
import { readState } from '../state/read-state.ts';
import type { Sealer } from '../state/sealer.ts';
import { namesLatest, type ReadTuple } from './lend-tuple.ts';
import { isResumedInside, sealHandedDown } from './nested-call.ts';

/** What the door of a graph looks at. */
export interface DoorParts {
  readonly workflow: WorkflowShape;
  readonly sealer: Sealer;
  readonly checkpointer: BaseCheckpointSaver | undefined;
  readonly clock: Clock;
  readonly identify: (config: RunnableConfig) => Principal | Promise<Principal>;
}

const Target = z
  .object({ thread_id: ThreadId.optional(), checkpoint_id: z.string().optional() })
  .default({});
const Steering = z.object({
  goto: z.unknown().optional(),
  update: z.unknown().optional(),
  resume: z.unknown().optional(),
});

/** What the door lets pass. */
export interface Inspected {
  readonly input: unknown;
  /** The checkpoint that was looked at, if it is the one that the call goes on from. */
  readonly read?: ReadTuple;
}

/**
 * Looks at what a caller sends before the graph sees it, so that a mistake is told at once and changes nothing, and seals
 * answers. The guards inside do not rely on it: an answer without a seal is nobody's.
 *
 * @returns What to pass on. What was read was read last: nothing is waited for afterwards.
 * @throws {@link SteeringRefusedError} for `goto`, `update` and unknown keys; {@link RunInProgressError} for new input on a
 * run under way; {@link AlreadyAnsweredError} for an answer at a checkpoint that has one; {@link NothingAskedError} for
 * one to no question; {@link InvalidInputError} for input that does not fit, and NotJsonError for
 * input that is not JSON; {@link UnreadableStateError} for a thread that this workflow cannot read.
 */
export async function inspectCall(
  input: unknown,
  config: RunnableConfig | undefined,
  parts: DoorParts,
): Promise<Inspected> {
  const target = Target.parse(config?.configurable);
  if (isCommand(input)) {
    const resume = inspectCommand(input);
    return resume === undefined || resume === null
      ? { input }
      : inspectResume(resume, config, { ...parts, target });
  }
  if (input === null || input === undefined) return { input };
  inspectInput(input, parts.workflow);
  const tuple = await tupleAt(config, target, parts.checkpointer);
  refuseSecondRun(target, tuple, parts);
  return { input, ...readAt(config, tuple, parts) };
}

function readAt(
  config: RunnableConfig | undefined,
  tuple: CheckpointTuple | undefined,
  { checkpointer, clock }: DoorParts,
): Pick<Inspected, 'read'> {
  const thread: unknown = config?.configurable?.['thread_id'];
  if (checkpointer === undefined || typeof thread !== 'string') return {};
  if (!namesLatest(config ?? {}, thread)) return {};
  return { read: { saver: checkpointer, thread, tuple, atMs: clock.monotonicMs() } };
}

function refuseSecondRun(
  target: z.infer<typeof Target>,
  tuple: CheckpointTuple | undefined,
  parts: DoorParts,
): void {
  if (tuple === undefined) return;
  const { run } = readState(storedState(tuple), { ...parts, thread: target.thread_id ?? '' });
  if (run?.status === 'running' || isWaiting(tuple)) {
    throw new RunInProgressError(target.thread_id ?? '', run?.phase ?? null);
  }
}

function storedState({ checkpoint }: CheckpointTuple): unknown {
  const stored = Object.entries(checkpoint.channel_values);
  return Object.fromEntries(stored.map(([name, value]) => [name, openKept(value).value]));
}

/**
 * Looks at a call that a node of another graph makes. When that graph is resumed, LangGraph says the input again, and
 * hands the answer down in the config.
 *
 * @returns The config to pass on.
 */
export async function inspectNestedCall(
  input: unknown,
  config: RunnableConfig,
  parts: DoorParts,
): Promise<RunnableConfig> {
  const target = Target.parse(config.configurable);
  const { checkpointer: saver } = parts;
  const tuple = await tupleAt(config, target, saver);
  if (saver === undefined || tuple === undefined || !isResumedInside(config)) {
    await inspectCall(input, config, parts);
    return config;
  }
  return sealHandedDown(config, { tuple, saver }, await answering(config, { ...parts, target }));
}

async function answering(
  config: RunnableConfig | undefined,
  { identify, sealer, clock, target }: DoorParts & { readonly target: z.infer<typeof Target> },
): Promise<Answering> {
  const identified = await identify(config ?? {});
  const by = identified === NOBODY ? NOBODY : Principal.parse(identified);
  return { sealer, thread: target.thread_id ?? '', by, at: clock.now() };
}

async function inspectResume(
  resume: unknown,
  config: RunnableConfig | undefined,
  parts: DoorParts & { readonly target: z.infer<typeof Target> },
): Promise<Inspected> {
  const { target, checkpointer } = parts;
  const thread = target.thread_id ?? '';
  // Without a checkpointer LangGraph says itself that there is nothing to resume.
  if (checkpointer === undefined) return { input: new Command({ resume }) };
  // Whoever is asked who this is may take time, in which somebody else may answer.
  const by = await answering(config, parts);
  const tuple = await tupleAt(config, target, checkpointer);
  if (tuple === undefined) throw new NothingAskedError(thread);
  if (target.checkpoint_id !== undefined) refuseAnswered(thread, tuple);
  return { input: sealResume(resume, tuple, by), ...readAt(config, tuple, parts) };
}

async function tupleAt(
  config: RunnableConfig | undefined,
  target: z.infer<typeof Target>,
  checkpointer: BaseCheckpointSaver | undefined,
): Promise<CheckpointTuple | undefined> {
  if (checkpointer === undefined || target.thread_id === undefined) return undefined;
  return checkpointer.getTuple({ configurable: { checkpoint_ns: '', ...config?.configurable } });
}

/** Gives the answer that a command brings, if it brings one and nothing else. */
function inspectCommand(command: unknown): unknown {
  const { goto, update, resume } = Steering.parse(command);
  if (Array.isArray(goto) ? goto.length > 0 : goto !== undefined)
    throw new SteeringRefusedError('Command({ goto })');
  if (update !== undefined && update !== null)
    throw new SteeringRefusedError('Command({ update })');
  return resume;
}

/** A question that is asked again in one visit collects its answers; only an old checkpoint is answered for good. */
function refuseAnswered(thread: string, { pendingWrites }: CheckpointTuple): void {
  if (pendingWrites?.some(([, channel]) => channel === '__resume__') === true) {
    throw new AlreadyAnsweredError(thread);
  }
}

function inspectInput(input: unknown, workflow: WorkflowShape): void {
  const keys = typeof input === 'object' && !Array.isArray(input) ? Object.keys(input ?? {}) : [];
  const extra = keys.find((key) => key !== 'input');
  if (extra !== undefined) throw new SteeringRefusedError(`input that carries "${extra}"`);
  const parsed = enveloped(workflow).safeParse(input);
  if (!parsed.success) throw new InvalidInputError(workflow.id, parsed.error.issues);
  // Not every schema refuses what cannot be kept.
  frozenJson(input, '$');
}

const envelopes = new WeakMap<WorkflowShape, z.ZodType>();

/** The schema of what a caller sends; made once, because zod compiles what it makes. */
function enveloped(workflow: WorkflowShape): z.ZodType {
  const known = envelopes.get(workflow) ?? z.object({ input: workflow.input });
  envelopes.set(workflow, known);
  return known;
}

/** Whether the first phase waits for a person, before there is a run record. */
function isWaiting(tuple: CheckpointTuple | undefined): boolean {
  return tuple?.pendingWrites?.some(([, channel]) => channel === '__interrupt__') ?? false;
}
