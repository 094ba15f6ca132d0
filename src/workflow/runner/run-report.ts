import { z } from 'zod';

import { frozenJson, type JsonValue } from '../../kernel/index.ts';
import {
  ArtifactRecord,
  type Fallback,
  INPUT,
  NO_USAGE,
  PhaseRecord,
  Refusal,
  RunRecord,
  type Usage,
  type Verdict,
} from '../../state/index.ts';
import type { WorkflowShape } from '../definition/workflow-shape.ts';
import { ForeignStateError, UnreadableStateError } from '../errors.ts';
import { addUsage } from '../state/read-state.ts';

/** Where a run is: `waiting` for a person, `running` when it was left in the middle and can go on. */
export type ReportedStatus = 'completed' | 'waiting' | 'blocked' | 'running';

/** A verdict as reports show it. */
export interface ReportedVerdict {
  readonly from: string;
  readonly to: string;
  readonly outcome: Verdict['outcome'];
  readonly checks: readonly {
    readonly id: string;
    readonly outcome: string;
    readonly mode: string;
    readonly message: string;
    readonly remedy: string;
    readonly paths: readonly string[];
    /** Digest of the pack that the check comes from. */
    readonly pack?: string | undefined;
    /** Id of the waiver that lets the failure pass. */
    readonly waiver?: string | undefined;
  }[];
}

/** What a person is waited for, and under which id LangGraph takes the answer. */
export interface ReportedInterrupt {
  readonly id: string;
  readonly value: JsonValue;
}

/** A visit in which the simulated variant took over from a model. */
export interface ReportedFallback extends Fallback {
  readonly phase: string;
  readonly attempt: number;
  /** The variant that worked in the end. */
  readonly variant: 'simulated';
}

/** Where a thread's latest run stands: plain JSON, the shape of the command line's `--json`. */
export interface RunReport {
  readonly thread: string;
  readonly workflow: string;
  readonly run: string | null;
  readonly status: ReportedStatus;
  /** The last phase (or end) that finished; while a person is waited for, the phase that waits. */
  readonly phase: string | null;
  /** Why the run is blocked. */
  readonly reason: string | null;
  readonly inputDigest: string | null;
  /** Values by phase id. */
  readonly artifacts: Readonly<Record<string, JsonValue>>;
  /** Oldest first. */
  readonly verdicts: readonly ReportedVerdict[];
  /** Entries that were refused in this run. */
  readonly refusals: readonly Omit<Refusal, 'seal'>[];
  readonly usage: Usage;
  /** Visits whose model failed for good and whose simulated variant worked instead; absent where there are none. */
  readonly fallbacks?: readonly ReportedFallback[];
  readonly interrupt?: ReportedInterrupt;
}

/** What {@link reportRun} reads: the parts of LangGraph's state snapshot that it needs. */
export interface ReadableSnapshot {
  readonly values: unknown;
  readonly tasks: readonly {
    readonly name: string;
    readonly interrupts: readonly { readonly id?: string; readonly value?: unknown }[];
  }[];
}

const Values = z.object({
  run: RunRecord.nullable().default(null),
  artifacts: z.record(z.string(), ArtifactRecord).default({}),
  history: z.array(PhaseRecord).default([]),
  refusals: z.array(Refusal).default([]),
  // Nothing of them is reported, but a list that is none says that somebody wrote into the state.
  approvals: z.array(z.unknown()).default([]),
});

const NOT_BEGUN = {
  id: null,
  status: 'running',
  phase: null,
  reason: null,
  inputDigest: null,
} as const;

/**
 * Tells where the latest run on `thread` stands.
 *
 * @throws {@link UnreadableStateError} if the snapshot's values do not parse. Seals are {@link verifyState}'s to check.
 */
export function reportRun(
  workflow: WorkflowShape,
  thread: string,
  snapshot: ReadableSnapshot,
): RunReport {
  const parsed = Values.safeParse(snapshot.values);
  if (!parsed.success) {
    const part = String(parsed.error.issues[0]?.path[0] ?? 'the whole');
    throw new UnreadableStateError(`its part "${part}" does not parse`);
  }
  const { artifacts, history, refusals } = parsed.data;
  if (parsed.data.run !== null && parsed.data.run.thread !== thread) {
    throw new ForeignStateError('its run was copied from another thread');
  }
  const run = parsed.data.run ?? NOT_BEGUN;
  const visits = history.filter((visit) => visit.run === run.id);
  const waiting = snapshot.tasks.find(({ interrupts }) => interrupts.length > 0);
  return {
    thread,
    workflow: workflow.id,
    run: run.id,
    status: run.status === 'running' && waiting !== undefined ? 'waiting' : run.status,
    phase: waiting?.name ?? run.phase,
    reason: run.reason,
    inputDigest: run.inputDigest,
    artifacts: valuesOf(artifacts),
    verdicts: visits.flatMap(reportVerdict),
    refusals: refusals
      .filter((refusal) => refusal.run === run.id)
      .map(({ seal: _, ...refusal }) => refusal),
    usage: visits.reduce((sum, { usage }) => addUsage(sum, usage), NO_USAGE),
    ...fallbacksOf(visits),
    ...interruptOf(waiting),
  };
}

function fallbacksOf(visits: readonly PhaseRecord[]): Pick<RunReport, 'fallbacks'> {
  const fallbacks = visits.flatMap(({ phase, attempt, fallback }) =>
    fallback === undefined ? [] : [{ phase, attempt, variant: 'simulated' as const, ...fallback }],
  );
  return fallbacks.length === 0 ? {} : { fallbacks };
}

function interruptOf(
  task: ReadableSnapshot['tasks'][number] | undefined,
): Pick<RunReport, 'interrupt'> {
  const [interrupt] = task?.interrupts ?? [];
  return interrupt === undefined
    ? {}
    : { interrupt: { id: interrupt.id ?? '', value: frozenJson(interrupt.value) } };
}

function valuesOf(artifacts: Readonly<Record<string, ArtifactRecord>>): RunReport['artifacts'] {
  const phases = Object.entries(artifacts).filter(([phase]) => phase !== INPUT);
  return Object.fromEntries(phases.map(([phase, { value }]) => [phase, value]));
}

/** Gives a visit's verdict without digests. */
export function reportVerdict({
  verdict,
}: Pick<PhaseRecord, 'verdict'>): readonly ReportedVerdict[] {
  if (verdict === null) return [];
  const { from, to, outcome, checks } = verdict;
  return [{ from, to, outcome, checks: checks.map(({ digest: _, ...check }) => check) }];
}
