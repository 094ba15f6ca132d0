import type { RunnableConfig } from '@langchain/core/runnables';
import { isCommand, type BaseCheckpointSaver, type CheckpointTuple } from '@langchain/langgraph';
import { z } from 'zod';

import {
  AlreadyAnsweredError,
  InvalidInputError,
  RunInProgressError,
  SteeringRefusedError,
} from './errors.ts';
import type { WorkflowShape } from './definition/workflow.ts';
import { ThreadId } from './nodes/place.ts';
import { readState } from './state/read-state.ts';
import type { Sealer } from './state/sealer.ts';

/** What the door of a graph looks at. */
export interface DoorParts {
  readonly workflow: WorkflowShape;
  readonly sealer: Sealer;
  readonly checkpointer: BaseCheckpointSaver | undefined;
}

const Target = z
  .object({ thread_id: ThreadId.optional(), checkpoint_id: z.string().optional() })
  .default({});
const Steering = z.object({
  goto: z.unknown().optional(),
  update: z.unknown().optional(),
  resume: z.unknown().optional(),
});

/**
 * Looks at what a caller sends before the graph sees it, so that a mistake is told at once and changes nothing. The
 * guards inside do not rely on it.
 *
 * @throws {@link SteeringRefusedError} for `goto`, `update` and unknown keys; {@link RunInProgressError} for new input on a
 * run under way; {@link AlreadyAnsweredError} for an answer at a checkpoint that has one; {@link InvalidInputError} for
 * input that does not fit; {@link UnreadableStateError} for a thread that this workflow cannot read.
 */
export async function inspectCall(
  input: unknown,
  config: RunnableConfig | undefined,
  parts: DoorParts,
): Promise<void> {
  const target = Target.parse(config?.configurable);
  const read = (): Promise<CheckpointTuple | undefined> =>
    tupleAt(config, target, parts.checkpointer);
  if (isCommand(input)) {
    inspectCommand(input);
    // Only an old checkpoint can hold an answer already; reading it costs, so only then it is read.
    if (target.checkpoint_id !== undefined) refuseAnswered(target, await read());
  } else if (input !== null && input !== undefined) {
    inspectInput(input, parts.workflow);
    refuseSecondRun(target, await read(), parts);
  }
}

function refuseSecondRun(
  target: z.infer<typeof Target>,
  tuple: CheckpointTuple | undefined,
  parts: DoorParts,
): void {
  if (tuple === undefined) return;
  const { run } = readState(tuple.checkpoint.channel_values, parts);
  if (run?.status === 'running' || isWaiting(tuple)) {
    throw new RunInProgressError(target.thread_id ?? '', run?.phase ?? 'the first phase');
  }
}

async function tupleAt(
  config: RunnableConfig | undefined,
  target: z.infer<typeof Target>,
  checkpointer: BaseCheckpointSaver | undefined,
): Promise<CheckpointTuple | undefined> {
  if (checkpointer === undefined || target.thread_id === undefined) return undefined;
  return checkpointer.getTuple({ configurable: { checkpoint_ns: '', ...config?.configurable } });
}

function inspectCommand(command: unknown): void {
  const { goto, update } = Steering.parse(command);
  if (Array.isArray(goto) ? goto.length > 0 : goto !== undefined)
    throw new SteeringRefusedError('Command({ goto })');
  if (update !== undefined && update !== null)
    throw new SteeringRefusedError('Command({ update })');
}

/** A question that is asked again in one visit collects its answers; only an old checkpoint is answered for good. */
function refuseAnswered(target: z.infer<typeof Target>, tuple: CheckpointTuple | undefined): void {
  if (tuple?.pendingWrites?.some(([, channel]) => channel === '__resume__') === true) {
    throw new AlreadyAnsweredError(target.thread_id ?? '');
  }
}

function inspectInput(input: unknown, workflow: WorkflowShape): void {
  const keys = typeof input === 'object' && !Array.isArray(input) ? Object.keys(input ?? {}) : [];
  const extra = keys.find((key) => key !== 'input');
  if (extra !== undefined) throw new SteeringRefusedError(`input that carries "${extra}"`);
  const parsed = z.object({ input: workflow.input }).safeParse(input);
  if (!parsed.success) throw new InvalidInputError(workflow.id, parsed.error.issues);
}

/** Whether the first phase waits for a person, before there is a run record. */
function isWaiting(tuple: CheckpointTuple | undefined): boolean {
  return tuple?.pendingWrites?.some(([, channel]) => channel === '__interrupt__') ?? false;
}
