import { z } from 'zod';

import { Approval, PhaseRecord, RunRecord } from '../state/index.ts';
import {
  compileWorkflow,
  pendingVerdict,
  reportRun,
  verifyState,
  type ReadableSnapshot,
  type ReportedVerdict,
  type RunReport,
  type WorkflowDescription,
} from '../workflow/index.ts';
import { parseThreadId, type ThreadRecord, type ThreadStatus } from '../storage/index.ts';
import { noSuchThread } from './evidence/index.ts';
import { houseOptions, inHouse } from './house.ts';
import { isMarked } from './list-threads.ts';
import type { App } from './open-app.ts';
import { subjectVault } from './privacy/index.ts';
import { entryOfThread } from './templates/index.ts';
import type { WorkflowEntry } from './workflows/catalogue.ts';

/** One visit of a phase or an end, as it is shown. */
export type Visit = Pick<
  PhaseRecord,
  | 'phase'
  | 'attempt'
  | 'agent'
  | 'variant'
  | 'fallback'
  | 'startedAt'
  | 'endedAt'
  | 'answers'
  | 'usage'
>;

/** An approval as it is shown, without what seals it. */
export type GivenApproval = Pick<
  Approval,
  'from' | 'to' | 'by' | 'comment' | 'givenAt' | 'expiresAt'
>;

/** Where the latest run on a thread stands, and how it came there. */
export interface ThreadView {
  readonly record: ThreadRecord;
  readonly report: RunReport;
  /** As the report says, or `forked` while nobody has run the thread on since it was taken back to a checkpoint. */
  readonly status: ThreadStatus;
  /** Whether some of it was written while the server was away. */
  readonly isDegraded: boolean;
  /** Id of the newest checkpoint; null before the first one. */
  readonly checkpoint: string | null;
  readonly workflow: WorkflowDescription<unknown, unknown>;
  /** What its workflow was made of; undefined for one that comes with Phasegate. */
  readonly template: WorkflowEntry['template'];
  /** Oldest first. */
  readonly visits: readonly Visit[];
  /** Those that a gate has let the run go on by, or is still to judge; of an edit that was refused there is none. */
  readonly approvals: readonly GivenApproval[];
  /** ISO-8601 UTC; null before the run began. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

const Values = z.object({
  run: RunRecord.nullable().default(null),
  history: z.array(PhaseRecord).default([]),
  // One that cannot be read is none, for the gates as well.
  approvals: z.array(Approval.nullable().catch(null)).default([]),
});

/**
 * Reads a thread without taking it: another process may be working on it meanwhile.
 *
 * @throws APP_UNKNOWN_THREAD; APP_THREAD_STATE_MISSING; WORKFLOW_UNREADABLE_STATE if a seal does not hold.
 */
export async function viewThread(app: App, thread: string): Promise<ThreadView> {
  const record = await app.storage.threads.get(parseThreadId(thread));
  if (record === undefined) throw await noSuchThread(app.config, thread, app.storage.place);
  const { storage, sealKey, logger } = app;
  const entry = await entryOfThread(app, record);
  const workflow = inHouse(app, entry.describe(app.workflowSettings));
  const graph = compileWorkflow(workflow, {
    checkpointer: storage.checkpointer,
    sealKey,
    logger,
    fieldKeys: subjectVault(app.audit, sealKey),
  });
  const snapshot = await graph.getState({ configurable: { thread_id: thread } });
  if (snapshot.values.run !== undefined)
    verifyState(snapshot.values, { workflow, sealKey, thread });
  const pending = await pendingOf(app, { workflow, thread, snapshot });
  const report = withPending(reportRun(workflow, thread, snapshot), pending);
  const { run, history, approvals } = Values.parse(snapshot.values);
  const visits = history.filter((visit) => visit.run === run?.id);
  return {
    record,
    report,
    status: standingOf(report, snapshot),
    isDegraded: storage.degradedSince(thread) !== undefined || isMarked(snapshot.metadata),
    checkpoint: checkpointOf(snapshot.config) ?? null,
    workflow,
    template: entry.template,
    visits: visits.map(shownVisit),
    approvals: approvals
      .filter((approval) => approval !== null)
      .filter((approval) => approval.run === run?.id && isTaken(approval, visits, pending))
      .map(shownApproval),
    startedAt: run?.startedAt ?? null,
    endedAt: run?.endedAt ?? null,
  };
}

/** Tells where a thread stands: nobody runs what was forked and not run on. */
export function standingOf(
  { status }: Pick<RunReport, 'status'>,
  { metadata }: { readonly metadata?: { readonly source?: string } | undefined },
): ThreadStatus {
  return status === 'running' && metadata?.source === 'fork' ? 'forked' : status;
}

/** Gives the id of the checkpoint that a config names. */
export function checkpointOf(
  config: { readonly configurable?: Record<string, unknown> } | undefined,
): string | undefined {
  const id = config?.configurable?.['checkpoint_id'];
  return typeof id === 'string' ? id : undefined;
}

/** What the gate behind the last visit says now; undefined where no run is under way. */
async function pendingOf(
  { sealKey, waivers, houseFacts }: App,
  {
    workflow,
    thread,
    snapshot,
  }: {
    readonly workflow: WorkflowDescription<unknown, unknown>;
    readonly thread: string;
    readonly snapshot: ReadableSnapshot;
  },
): Promise<ReportedVerdict | undefined> {
  const { status } = reportRun(workflow, thread, snapshot);
  if (status !== 'waiting' && status !== 'running') return undefined;
  await houseFacts.observe();
  return pendingVerdict(snapshot.values, {
    workflow,
    sealKey,
    thread,
    ...houseOptions({ waivers, houseFacts }, workflow.id),
  });
}

/** While a person is waited for, what the gate said is the reason, and stands in no visit yet. */
function withPending(report: RunReport, pending: ReportedVerdict | undefined): RunReport {
  if (report.status !== 'waiting' || pending === undefined) return report;
  return { ...report, verdicts: [...report.verdicts, pending] };
}

/** An edit is approved before the gate looks at it; what the gate then sent back was approved by nobody. */
function isTaken(
  { from, visit }: Approval,
  visits: readonly PhaseRecord[],
  pending: ReportedVerdict | undefined,
): boolean {
  const at = visits.findIndex((each) => each.visit === visit && each.phase === from);
  if (at < 0) return false;
  const verdict = visits[at + 1]?.verdict ?? pending;
  return verdict === undefined || verdict.outcome === 'allow';
}

function shownVisit(visit: PhaseRecord): Visit {
  const { phase, attempt, agent, variant, fallback, startedAt, endedAt, answers, usage } = visit;
  const shown = { phase, attempt, agent, variant, startedAt, endedAt, answers, usage };
  return fallback === undefined ? shown : { ...shown, fallback };
}

function shownApproval({ from, to, by, comment, givenAt, expiresAt }: Approval): GivenApproval {
  return { from, to, by, comment, givenAt, expiresAt };
}
