import type { App, Caller } from '../../app/index.ts';
import type { JsonValue } from '../../kernel/index.ts';
import type { Principal } from '../../state/index.ts';
import type { RunReport } from '../../workflow/index.ts';
import { awaitedIn, type Awaited } from '../asking/awaited.ts';
import { osUser, scripted } from '../asking/principals.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { liveProgress } from '../progress/live-progress.ts';
import { plainProgress } from '../progress/plain-progress.ts';
import { noProgress, type Progress } from '../progress/progress.ts';
import { plainLine } from '../rendering/plain-text.ts';
import { durationText } from '../rendering/time.ts';
import { demandOutputFolder } from './demand-output-folder.ts';
import { presentResult } from './present-result.ts';
import type { RunningOptions } from './running-options.ts';

/** How a run is moved, and with what. */
export interface Conducting {
  readonly app: App;
  readonly context: CommandContext;
  readonly options: RunningOptions;
  /** Sends the first message into the thread. */
  readonly begin: (caller: Caller) => Promise<RunReport>;
  /** Who does it; the user of the operating system unless told. */
  readonly by?: Principal;
}

/**
 * Moves a run on until it ends, waits for somebody who is not here, or fails; shows its progress and its result, and sets
 * the exit code.
 */
export async function conductRun(conducting: Conducting): Promise<void> {
  const { app, context, options, begin, by = osUser() } = conducting;
  demandOutputFolder(options.out);
  const progress = progressFor(context, options);
  let report = await drive({ conducting, progress }, by, begin);
  while (report.status === 'waiting') {
    const awaited = awaitedIn(report);
    const { thread } = report;
    const reply = awaited && (await replyTo(awaited, thread, conducting));
    if (awaited === undefined || reply === undefined) break;
    const { answerThread } = await import('../../app/index.ts');
    const answering = { thread, kind: awaited.kind, answer: reply.answer, interrupt: awaited.id };
    report = await drive({ conducting, progress }, reply.by, (caller) =>
      answerThread(app, answering, caller),
    );
  }
  await presentResult({ app, context, options, report });
  context.end(exitCodeOf(report.status));
}

interface Driving {
  readonly conducting: Conducting;
  readonly progress: Progress;
}

async function drive(
  { conducting: { context, options }, progress }: Driving,
  by: Principal,
  send: (caller: Caller) => Promise<RunReport>,
): Promise<RunReport> {
  try {
    const report = await send({
      by,
      model: modelNamed(options),
      signal: context.signal,
      onEvent: progress.onEvent,
      onWait: (atMostMs) => {
        if (options.json === true) return;
        context.terminal.err(
          `The process that worked on this thread has ended without giving it free: waiting until its lock runs out (at most ${durationText(atMostMs)}).`,
        );
      },
    });
    await progress.settle(report.status === 'waiting' ? 'paused' : 'ended');
    return report;
  } catch (error) {
    await progress.settle(context.signal.aborted ? 'paused' : 'failed');
    throw error;
  }
}

/** Gives the name of the model to work with; undefined for the simulated agents. */
export function modelNamed({ model }: Pick<RunningOptions, 'model'>): string | undefined {
  return model === 'simulated' ? undefined : model;
}

function progressFor({ terminal }: CommandContext, { json }: RunningOptions): Progress {
  const nowMs = (): number => performance.now();
  if (json === true) return noProgress;
  return terminal.live ? liveProgress(terminal, nowMs) : plainProgress(terminal.out, nowMs);
}

interface Reply {
  readonly answer: JsonValue;
  readonly by: Principal;
}

/** A script approves what is to be decided; it answers no question, because it knows no facts. */
async function replyTo(
  awaited: Awaited,
  thread: string,
  { app, context, options }: Conducting,
): Promise<Reply | undefined> {
  const { terminal, signal } = context;
  if (options.approveAs !== undefined && awaited.kind === 'decision') {
    const line = `approved by script "${plainLine(options.approveAs)}" (no person decided)`;
    if (options.json !== true)
      terminal.out(terminal.live ? `  ${terminal.paint.attention(line)}` : line);
    return { answer: { decision: 'approve' }, by: scripted('--approve-as', options.approveAs) };
  }
  if (!terminal.interactive || options.json === true) return undefined;
  const { askPerson } = await import('../asking/ask-person.ts');
  const { answerDraft } = await import('../../app/index.ts');
  const draft = answerDraft(app, thread);
  const answer = await askPerson(awaited, { terminal, signal, draft });
  signal.throwIfAborted();
  return answer === undefined ? undefined : { answer, by: osUser() };
}
