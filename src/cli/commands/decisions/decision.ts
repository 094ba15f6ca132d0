import type { App, ThreadView } from '../../../app/index.ts';
import type { JsonValue } from '../../../kernel/index.ts';
import type { Awaited } from '../../asking/awaited.ts';
import { osUser, scripted } from '../../asking/principals.ts';
import { withApp, type CommandContext } from '../../command-context.ts';
import { ModelNotNamedError } from '../../errors.ts';
import { exitCodeOf } from '../../exit-codes.ts';
import type { Conducting } from '../../session/conduct-run.ts';
import type { RunningOptions } from '../../session/running-options.ts';
import { commandLine } from '../../session/next-commands.ts';

/** Options of every command that answers a waiting thread. */
export interface DecisionOptions extends RunningOptions {
  readonly comment?: string;
  /** Name of the script that decides. */
  readonly as?: string;
}

/** What is sent into which thread. */
export interface Deciding {
  readonly thread: string;
  readonly kind: 'decision' | 'questions' | 'any';
  readonly options: DecisionOptions;
  /** Whether it only prints what there is to answer. */
  readonly prints?: boolean | undefined;
  /** Makes the answer out of what the thread waits for; undefined sends nothing. */
  readonly answer: (awaited: Awaited | undefined, app: App) => Promise<JsonValue | undefined>;
}

/** Answers a waiting thread, and goes on with the run. */
export async function decideThread(deciding: Deciding, context: CommandContext): Promise<void> {
  const { thread, kind, options } = deciding;
  const { answerThread, viewThread } = await import('../../../app/index.ts');
  const { awaitedIn } = await import('../../asking/awaited.ts');
  const { conductRun } = await import('../../session/conduct-run.ts');
  await withApp(options, async (app) => {
    const view = await viewThread(app, thread);
    const awaited = awaitedIn(view.report);
    const fits = awaited !== undefined && (kind === 'any' || kind === awaited.kind);
    const answer = await deciding.answer(fits ? awaited : undefined, app);
    if (answer === undefined) {
      if (deciding.prints !== true) await putOff(view, { app, context, options });
      return;
    }
    const usedModel = view.visits.some(
      ({ variant, fallback }) => variant === 'llm' || fallback !== undefined,
    );
    if (usedModel && options.model === undefined) throw new ModelNotNamedError(thread);
    const show = commandLine({ program: context.program, options }, ['show', thread]);
    context.stopsWith(`The run is kept. Look at it with: ${show}`);
    await conductRun({
      app,
      context,
      options,
      by: options.as === undefined ? osUser() : scripted('--as', options.as),
      begin: (caller) =>
        answerThread(
          app,
          { thread, kind, answer, interrupt: fits ? awaited.id : undefined },
          caller,
        ),
    });
  });
}

/** The person at the terminal leaves the thread waiting, and is told how to come back to it. */
async function putOff(
  { report }: ThreadView,
  { app, context, options }: Pick<Conducting, 'app' | 'context' | 'options'>,
): Promise<void> {
  context.signal.throwIfAborted();
  const { presentResult } = await import('../../session/present-result.ts');
  await presentResult({ app, context, options, report });
  context.end(exitCodeOf(report.status));
}
