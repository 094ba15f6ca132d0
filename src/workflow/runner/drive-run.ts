import type { RunnableConfig } from '@langchain/core/runnables';
import { Command, isNodeTimeoutError } from '@langchain/langgraph';
import { z } from 'zod';

import type { JsonValue } from '../../kernel/index.ts';
import { PhaseRecord } from '../../state/index.ts';
import type { WorkflowShape } from '../definition/workflow-shape.ts';
import { PhaseTimeoutError } from '../errors.ts';
import { Entered, FellBack } from './announce.ts';
import {
  reportRun,
  reportVerdict,
  type ReadableSnapshot,
  type ReportedVerdict,
  type RunReport,
} from './run-report.ts';

/** What is sent into a thread: new input, a person's answer to what it waits for, or nothing, to go on after a crash. */
export type RunMessage =
  | { readonly kind: 'start'; readonly input: JsonValue }
  | { readonly kind: 'answer'; readonly answer: JsonValue }
  | { readonly kind: 'continue' };

/** What happens while a run goes on, for progress displays. */
export type RunEvent =
  | {
      readonly type: 'phase-started';
      readonly phase: string;
      readonly attempt: number;
      readonly variant: string;
    }
  | {
      readonly type: 'phase-ended';
      readonly phase: string;
      readonly attempt: number;
      readonly variant: string | null;
    }
  | {
      /** The simulated variant takes over from a model that has failed for good. */
      readonly type: 'phase-fell-back';
      readonly phase: string;
      readonly attempt: number;
      /** Code of the model's error. */
      readonly because: string;
    }
  | { readonly type: 'gate-judged'; readonly verdict: ReportedVerdict }
  | { readonly type: 'progress'; readonly facts: unknown }
  | { readonly type: 'person-awaited'; readonly phase: string };

/** A compiled workflow, as far as the runner needs one. */
export interface DrivableGraph {
  stream(input: never, options?: never): Promise<AsyncIterable<unknown>>;
  getState(config: RunnableConfig): Promise<ReadableSnapshot>;
}

/** What {@link driveRun} takes. */
export interface DriveOptions {
  readonly workflow: WorkflowShape;
  readonly thread: string;
  readonly message: RunMessage;
  readonly signal?: AbortSignal;
  /** LangChain callbacks, such as tracers. */
  readonly callbacks?: RunnableConfig['callbacks'];
  /** Passed on as `config.configurable`, besides the thread. */
  readonly configurable?: Readonly<Record<string, unknown>>;
  readonly onEvent?: (event: RunEvent) => void;
}

/**
 * Sends one message into a thread and follows the run until it ends, waits for a person, or fails.
 *
 * @returns Where the run stands then.
 * @throws What the graph throws: PHASEGATE errors of the door, an agent's errors (the thread goes on from there on the
 * next call), {@link PhaseTimeoutError}, or the signal's reason.
 */
export async function driveRun(graph: DrivableGraph, options: DriveOptions): Promise<RunReport> {
  const { thread, message, signal, callbacks, configurable, onEvent } = options;
  const config = { configurable: { ...configurable, thread_id: thread } };
  try {
    const stream = await graph.stream(
      inputFrom(message) as never,
      {
        ...config,
        streamMode: ['tasks', 'updates', 'custom'],
        // No phase begins before the one before it is stored: a run whose store is gone stops there, and does nothing twice.
        durability: 'sync',
        ...(signal === undefined ? {} : { signal }),
        ...(callbacks === undefined ? {} : { callbacks }),
      } as never,
    );
    for await (const chunk of stream) for (const event of eventsFrom(chunk)) onEvent?.(event);
  } catch (error) {
    throw isNodeTimeoutError(error)
      ? new PhaseTimeoutError(error.node, error.timeout, error)
      : error;
  }
  return reportRun(options.workflow, thread, await graph.getState(config));
}

function inputFrom(message: RunMessage): unknown {
  if (message.kind === 'start') return { input: message.input };
  return message.kind === 'answer' ? new Command({ resume: message.answer }) : null;
}

const TaskEnd = z.tuple([
  z.literal('tasks'),
  z.object({ name: z.string(), interrupts: z.array(z.unknown()).min(1) }),
]);
const Entry = z.tuple([z.literal('custom'), Entered]);
const Fell = z.tuple([z.literal('custom'), FellBack]);
const Custom = z.tuple([z.literal('custom'), z.unknown()]);
const Updates = z.tuple([
  z.literal('updates'),
  z.record(
    z.string(),
    z
      .object({ history: z.array(PhaseRecord).optional() })
      .nullable()
      .catch(null),
  ),
]);

function eventsFrom(chunk: unknown): readonly RunEvent[] {
  const awaited = TaskEnd.safeParse(chunk);
  if (awaited.success) return [{ type: 'person-awaited', phase: awaited.data[1].name }];
  const entry = Entry.safeParse(chunk);
  if (entry.success) return entryEvents(entry.data[1]);
  const fell = Fell.safeParse(chunk);
  if (fell.success) return [fell.data[1]];
  const custom = Custom.safeParse(chunk);
  if (custom.success) return [{ type: 'progress', facts: custom.data[1] }];
  const updates = Updates.safeParse(chunk);
  if (!updates.success) return [];
  return Object.values(updates.data[1]).flatMap((update) =>
    (update?.history ?? []).flatMap(visitEvents),
  );
}

function entryEvents({ phase, attempt, variant, verdict }: Entered): readonly RunEvent[] {
  return [...gateEvents(verdict), { type: 'phase-started', phase, attempt, variant }];
}

/** A phase tells of its gate on entry; an end, which takes no time, when it is done. */
function visitEvents({
  phase,
  attempt,
  agent,
  variant,
  verdict,
}: PhaseRecord): readonly RunEvent[] {
  const judged = agent === null ? gateEvents(verdict) : [];
  return [...judged, { type: 'phase-ended', phase, attempt, variant }];
}

function gateEvents(verdict: PhaseRecord['verdict']): readonly RunEvent[] {
  return reportVerdict({ verdict }).map((judged) => ({ type: 'gate-judged', verdict: judged }));
}
