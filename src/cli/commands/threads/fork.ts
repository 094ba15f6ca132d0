import { osUser } from '../../asking/principals.ts';
import {
  demanded,
  withApp,
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';

interface ForkOptions extends SharedOptions {
  readonly from?: string;
}

/** `phasegate fork THREAD --from CHECKPOINT`: goes back to a checkpoint without running on. */
export const forkCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('fork')
      .summary('go back to a checkpoint of a thread, without running on')
      .description(
        'Makes a checkpoint the head of its thread. What came after it stays in the history; approvals given after it do ' +
          'not count.',
      )
      .argument('<thread>', 'id of a thread')
      .option(
        '--from <checkpoint>',
        'where to go back to, as "phasegate history" lists it (required)',
      );
    withSharedOptions(command).action((thread: string, options: ForkOptions) =>
      fork(thread, options, context),
    );
  },
};

async function fork(thread: string, options: ForkOptions, context: CommandContext): Promise<void> {
  const checkpoint = demanded('--from', options.from);
  const { forkThread, viewThread } = await import('../../../app/index.ts');
  const { jsonResult } = await import('../../session/present-result.ts');
  const { nextLines } = await import('../../session/next-lines.ts');
  const { terminal } = context;
  await withApp(options, async (app) => {
    const report = await forkThread(app, { thread, checkpoint }, { by: osUser() });
    const view = await viewThread(app, thread);
    if (options.json === true) {
      terminal.out(JSON.stringify(jsonResult({ view, app })));
      return;
    }
    const { paint } = terminal;
    const place = report.phase === null ? 'before its first phase' : `behind "${report.phase}"`;
    terminal.out(
      `${paint.good('✔')} Thread ${paint.bold(thread)} stands ${place} again, forked; nothing runs until you say so.`,
    );
    for (const line of nextLines(view, context, options)) terminal.out(line);
  });
}
