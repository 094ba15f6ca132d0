import type { ThreadStatus } from '../storage/index.ts';
import type { RunReport, ReportedVerdict } from '../workflow/index.ts';
import { reportRun, UnreadableStateError } from '../workflow/index.ts';
import { UnknownCheckpointError } from './errors.ts';
import { recordFork } from './evidence/index.ts';
import { isMarked } from './list-threads.ts';
import type { App } from './open-app.ts';
import { checkpointOf, standingOf } from './thread-view.ts';
import { indexThread, withKnownThread, type Caller, type OpenThread } from './threads.ts';

/** One checkpoint of a thread. */
export interface HistoryEntry {
  readonly checkpoint: string;
  readonly parent: string | null;
  /** ISO-8601 UTC. */
  readonly createdAt: string;
  /** `input`, `loop`, `update` or `fork`. */
  readonly source: string;
  readonly step: number;
  /** `unreadable` where the state was changed in the store: nothing goes on from there. */
  readonly status: ThreadStatus | 'unreadable';
  readonly phase: string | null;
  /** Nodes that run next from here. */
  readonly next: readonly string[];
  /** The verdict that the last visit was let in by. */
  readonly verdict: ReportedVerdict | null;
  /** Present where it was written while the server was away. */
  readonly degraded?: true;
}

/** Lists a thread's checkpoints, newest first. @throws APP_UNKNOWN_THREAD; APP_THREAD_STATE_MISSING. */
export async function historyOf(
  app: App,
  thread: string,
  caller: Caller,
): Promise<readonly HistoryEntry[]> {
  return withKnownThread(app, { thread, caller }, async ({ graph, config, workflow }) => {
    const entries: HistoryEntry[] = [];
    for await (const snapshot of graph.getStateHistory(config)) {
      entries.push(entryOf(snapshot, readable(workflow, thread, snapshot)));
    }
    return entries;
  });
}

/** One checkpoint that cannot be read hides none of the others, which are the way out of it. */
function readable(...at: Parameters<typeof reportRun>): RunReport | undefined {
  try {
    return reportRun(...at);
  } catch (error) {
    if (error instanceof UnreadableStateError) return undefined;
    throw error;
  }
}

/** What LangGraph gives of one checkpoint. */
type RecordedSnapshot = Awaited<ReturnType<OpenThread['graph']['getState']>>;

/** One line of the history; what cannot be read has neither phase nor verdict. */
function entryOf(snapshot: RecordedSnapshot, report: RunReport | undefined): HistoryEntry {
  const { config, parentConfig, createdAt = '', metadata, next } = snapshot;
  return {
    checkpoint: checkpointOf(config) ?? '',
    parent: checkpointOf(parentConfig) ?? null,
    createdAt,
    source: metadata?.source ?? '',
    step: metadata?.step ?? 0,
    next,
    ...(isMarked(metadata) ? { degraded: true } : {}),
    ...(report === undefined
      ? { status: 'unreadable', phase: null, verdict: null }
      : {
          status: standingOf(report, snapshot),
          phase: report.phase,
          verdict: report.verdicts.at(-1) ?? null,
        }),
  };
}

/**
 * Makes the state at `checkpoint` the head of its thread again. Everything after it stays in the history; approvals
 * given after it do not count in the fork.
 *
 * @throws APP_UNKNOWN_THREAD; APP_THREAD_STATE_MISSING; {@link UnknownCheckpointError}
 */
export async function forkThread(app: App, at: Fork, caller: Caller): Promise<RunReport> {
  return withKnownThread(app, { thread: at.thread, caller }, async (open) => {
    await fork(open, at, { app, caller });
    const report = await open.report();
    const snapshot = await open.graph.getState(open.config);
    await indexThread(app, { ...report, status: standingOf(report, snapshot) });
    return report;
  });
}

/** Forks a thread and runs it on from there. @throws as {@link forkThread} */
export async function replayThread(app: App, at: Fork, caller: Caller): Promise<RunReport> {
  return withKnownThread(app, { thread: at.thread, caller }, async (open) => {
    await fork(open, at, { app, caller });
    return open.drive({ kind: 'continue' });
  });
}

/** A place in a thread's history. */
export interface Fork {
  readonly thread: string;
  readonly checkpoint: string;
}

async function fork(
  { graph, config }: OpenThread,
  { thread, checkpoint }: Fork,
  { app, caller }: { readonly app: App; readonly caller: Caller },
): Promise<void> {
  const at = {
    configurable: { ...config.configurable, checkpoint_id: checkpoint, checkpoint_ns: '' },
  };
  const found = await graph.getState(at);
  if (checkpointOf(found.config) !== checkpoint || found.createdAt === undefined) {
    throw new UnknownCheckpointError(thread, checkpoint);
  }
  await recordFork(app.audit, { thread, checkpoint, by: caller.by });
  // LangGraph's own name for "the same state again, as a new head".
  await graph.updateState(at, null, '__copy__');
}
