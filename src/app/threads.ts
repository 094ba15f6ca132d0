import { digestOf, frozenJson, joinSignals, type JsonValue } from '../kernel/index.ts';
import type { Model } from '../models/index.ts';
import { NO_USAGE, type Principal } from '../state/index.ts';
import { parseThreadId, type ThreadStatus } from '../storage/index.ts';
import {
  compileWorkflow,
  driveRun,
  isAnswerOnItsWay,
  reportRun,
  verifyState,
  type DriveOptions,
  type RunEvent,
  type RunMessage,
  type RunReport,
  type ToolSource,
  type CompiledWorkflow,
  type WorkflowDescription,
} from '../workflow/index.ts';
import { answerDraft } from './files/answer-draft.ts';
import { createModel } from './create-model.ts';
import { NotWaitingError, ThreadMismatchError } from './errors.ts';
import { noSuchThread } from './evidence/index.ts';
import { houseOptions, inHouse, readyHouse } from './house.ts';
import type { App } from './open-app.ts';
import { openPhaseTools } from './plugins/index.ts';
import { subjectVault } from './privacy/index.ts';
import { forgottenSpending, meteredModel } from './spending/metered-model.ts';
import { openSpendingLedger } from './spending/spending-ledger.ts';
import { lockThread } from './store/lock-thread.ts';
import { workflowOfThread, workflowToRun, type ThreadWorkflow } from './templates/index.ts';

/** Who does something to a thread, with what, and who listens. */
export interface Caller {
  readonly by: Principal;
  /** Name of a configured model; simulated agents when it is undefined. */
  readonly model?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Told when a process that ended has left the thread locked, and for how many milliseconds at most. */
  readonly onWait?: ((atMostMs: number) => void) | undefined;
  /** Told when a run begins on a thread that has ended a run from other input. */
  readonly onOtherInput?: (() => void) | undefined;
}

/** What {@link startThread} runs. */
export interface StartRequest {
  readonly workflow: string;
  readonly thread: string;
  /** Text of the input file. */
  readonly text: string;
  /** Parameters of the template, where the workflow is a template's id. */
  readonly parameters?: Readonly<Record<string, JsonValue>> | undefined;
}

/**
 * Runs a workflow on a thread, or goes on with it: what was finished is not done again, and the same input on a thread
 * that has ended gives its report again.
 *
 * @throws APP_UNKNOWN_WORKFLOW; what a template refuses with; STORAGE_THREAD_BUSY if another process works on the thread; {@link ThreadMismatchError} if the thread runs
 * another workflow, or a run from other input is under way on it.
 */
export async function startThread(
  app: App,
  request: StartRequest,
  caller: Caller,
): Promise<RunReport> {
  const thread = parseThreadId(request.thread);
  const known = await app.storage.threads.get(thread);
  const { workflow: named, parameters } = request;
  const wanted = { thread, workflow: named, parameters, known: known?.workflow };
  const workflow = await workflowToRun(app, wanted, caller);
  const input = frozenJson(workflow.entry.inputFrom(request.text));
  if (known !== undefined && known.workflow !== workflow.entry.id) {
    throw new ThreadMismatchError(thread, `runs the workflow "${known.workflow}"`);
  }
  return withThread(app, { thread, workflow, caller }, async (open) => {
    const snapshot = await open.graph.getState(open.config);
    const before = reportRun(open.workflow, thread, snapshot);
    const mailbox: unknown = snapshot.values.input ?? null;
    // A process that died right at the start leaves the input on its way in, where only the list of threads names it.
    const waiting = mailbox === null ? known?.inputDigest : digestOf(mailbox);
    const same = (before.inputDigest ?? waiting) === digestOf(input);
    const under = snapshot.next.length > 0;
    if (under && !same)
      throw new ThreadMismatchError(thread, 'has a run from other input under way');
    if (under) return (await isWaiting(open, before)) ? before : open.drive({ kind: 'continue' });
    if (before.run !== null && same) return before;
    return beginRun(open, { input, takesPlace: before.run !== null }, caller);
  });
}

/** Whether somebody is waited for; an answer that a process has taken and died with is gone on with, not asked for again. */
async function isWaiting(
  { graph: { checkpointer }, config }: OpenThread,
  { status }: RunReport,
): Promise<boolean> {
  if (status !== 'waiting' || typeof checkpointer !== 'object') return status === 'waiting';
  const tuple = await checkpointer.getTuple(config);
  return tuple === undefined || !isAnswerOnItsWay(tuple);
}

async function beginRun(
  open: OpenThread,
  { input, takesPlace }: { readonly input: JsonValue; readonly takesPlace: boolean },
  { onOtherInput }: Caller,
): Promise<RunReport> {
  if (takesPlace) onOtherInput?.();
  return open.drive({ kind: 'start', input });
}

/** An answer for a thread that waits. */
export interface AnswerRequest {
  readonly thread: string;
  /** Whether the caller means to decide or to answer questions; a thread that waits for the other refuses. */
  readonly kind: 'decision' | 'questions' | 'any';
  readonly answer: JsonValue;
  /** Id of the interrupt that the person saw; a thread that waits for another one by now refuses. */
  readonly interrupt?: string | undefined;
}

/**
 * Gives a thread the answer that it waits for.
 *
 * @throws APP_UNKNOWN_THREAD; APP_THREAD_STATE_MISSING; {@link NotWaitingError} if the thread does not wait, or waits for something else.
 */
export async function answerThread(
  app: App,
  request: AnswerRequest,
  caller: Caller,
): Promise<RunReport> {
  return withKnownThread(app, { thread: request.thread, caller }, async (open) => {
    const before = await open.report();
    const awaited = awaitedBy(before);
    const wanted = request.kind === 'decision' ? 'a decision' : 'an answer';
    if (awaited === undefined || (request.kind !== 'any' && awaited !== request.kind)) {
      const status =
        awaited === undefined
          ? before.status
          : `waiting for ${awaited === 'decision' ? 'a decision' : 'answers'}`;
      throw new NotWaitingError(request.thread, status, wanted);
    }
    if (request.interrupt !== undefined && before.interrupt?.id !== request.interrupt) {
      throw new NotWaitingError(
        request.thread,
        'waiting for another one by now',
        `this ${awaited}`,
      );
    }
    const after = await open.drive({ kind: 'answer', answer: request.answer });
    if (awaited === 'questions') await answerDraft(app, request.thread).clear();
    return after;
  });
}

/** Tells what a thread waits for: a person's decision, or answers to questions. */
export function awaitedBy({ interrupt }: RunReport): 'decision' | 'questions' | undefined {
  const value = interrupt?.value;
  if (typeof value !== 'object' || value === null || !('phasegate' in value)) return undefined;
  const marked: unknown = value['phasegate'];
  if (typeof marked !== 'object' || marked === null || !('kind' in marked)) return undefined;
  return marked.kind === 'decision' || marked.kind === 'questions' ? marked.kind : undefined;
}

/** An open thread: its graph, and how to send something into it. Nobody else can write it meanwhile. */
export interface OpenThread {
  readonly workflow: WorkflowDescription<unknown, unknown>;
  readonly graph: CompiledWorkflow<unknown, unknown>;
  readonly config: { readonly configurable: { readonly thread_id: string } };
  readonly drive: (message: RunMessage) => Promise<RunReport>;
  /** Where the run stands, every seal checked. */
  readonly report: () => Promise<RunReport>;
}

/** Opens a thread that exists. @throws APP_UNKNOWN_THREAD; APP_THREAD_STATE_MISSING. */
export async function withKnownThread<Result>(
  app: App,
  { thread, caller }: { readonly thread: string; readonly caller: Caller },
  work: (open: OpenThread) => Promise<Result>,
): Promise<Result> {
  const known = await app.storage.threads.get(parseThreadId(thread));
  if (known === undefined) throw await noSuchThread(app.config, thread, app.storage.place);
  const workflow = await workflowOfThread(app, known, caller);
  return withThread(app, { thread, workflow, caller }, work);
}

interface Opening {
  readonly thread: string;
  readonly workflow: ThreadWorkflow;
  readonly caller: Caller;
}

async function withThread<Result>(
  app: App,
  { thread, workflow: { entry, admit }, caller }: Opening,
  work: (open: OpenThread) => Promise<Result>,
): Promise<Result> {
  const { id } = entry;
  const workflow = inHouse(app, entry.describe(app.workflowSettings));
  const ledger = openSpendingLedger({ dataDir: app.config.dataDir, logger: app.logger }, thread);
  let forgotten = NO_USAGE;
  const metered = (model: Model): Model => meteredModel(model, ledger, async () => forgotten);
  await using phaseTools = openPhaseTools(app, { workflow: id, identify: () => caller.by });
  const graph = graphFor(app, workflow, { ...caller, metered, tools: phaseTools.source });
  await using lock = await take(app, thread, caller);
  const config = { configurable: { thread_id: thread } };
  using joined = joinSignals([lock.signal, caller.signal]);
  const { signal } = joined;
  const report = async (): Promise<RunReport> => {
    const snapshot = await graph.getState(config);
    if (snapshot.values.run !== undefined)
      verifyState(snapshot.values, { workflow, sealKey: app.sealKey, thread });
    return reportRun(workflow, thread, snapshot);
  };
  const drive = async (message: RunMessage): Promise<RunReport> => {
    await readyHouse(app);
    await admit(message);
    const inputDigest = message.kind === 'start' ? digestOf(message.input) : undefined;
    if (message.kind === 'start') await ledger.clear();
    forgotten = forgottenSpending(await ledger.total(), (await report()).usage);
    if (inputDigest !== undefined)
      await app.storage.threads.upsert({
        thread,
        workflow: id,
        status: 'running',
        phase: null,
        inputDigest,
      });
    const options: DriveOptions = {
      workflow,
      thread,
      message,
      signal,
      callbacks: app.tracing.callbacks,
      ...(caller.onEvent === undefined ? {} : { onEvent: caller.onEvent }),
    };
    const after = await driveRun(graph, options);
    await indexThread(app, after);
    return after;
  };
  // Awaited here: what is opened above is closed on leaving.
  return await work({ workflow, graph, config, drive, report });
}

function take(
  { storage, config }: App,
  thread: string,
  { signal, onWait }: Caller,
): ReturnType<typeof lockThread> {
  return lockThread(thread, { storage, leaseMs: config.thread.leaseMs, signal, onWait });
}

/** Keeps the list of threads in step with the thread. */
export async function indexThread(
  { storage }: App,
  {
    thread,
    workflow,
    status,
    phase,
    inputDigest,
  }: Omit<RunReport, 'status'> & { readonly status: ThreadStatus },
): Promise<void> {
  const known = inputDigest ?? (await storage.threads.get(thread))?.inputDigest;
  if (known !== undefined)
    await storage.threads.upsert({ thread, workflow, status, phase, inputDigest: known });
}

/** For whom a graph is compiled. */
export interface GraphCaller extends Pick<Caller, 'by' | 'model'> {
  /** What the phases may use besides their model; nothing unless told. */
  readonly tools?: ToolSource | undefined;
  /** Counts what the model takes. */
  readonly metered?: ((model: Model) => Model) | undefined;
}

/** Compiles a workflow over the app's storage, key and model, for one caller. */
export function graphFor<Input, Artifacts>(
  app: App,
  workflow: WorkflowDescription<Input, Artifacts>,
  { by, model, tools, metered = (plain) => plain }: GraphCaller,
): CompiledWorkflow<Input, Artifacts> {
  return compileWorkflow(workflow, {
    checkpointer: app.storage.checkpointer,
    sealKey: app.sealKey,
    profile: app.config.profile,
    logger: app.logger,
    audit: app.audit,
    fieldKeys: subjectVault(app.audit, app.sealKey),
    ...houseOptions(app, workflow.id),
    identify: () => by,
    ...(tools === undefined ? {} : { tools }),
    ...(model === undefined
      ? {}
      : {
          model: metered(createModel(app.config, model, app.logger)),
          agents: 'llm' as const,
          fallback: app.config.fallback,
        }),
  });
}
