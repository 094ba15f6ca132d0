import { demanded, withApp, type CliCommand, type CommandContext } from '../../command-context.ts';
import type { RunningOptions } from '../../session/running-options.ts';
import { commandLine } from '../../session/next-commands.ts';
import { withRunningOptions } from '../../session/running-options.ts';

interface ReplayOptions extends RunningOptions {
  readonly from?: string;
}

/** `phasegate replay THREAD --from CHECKPOINT`: runs a thread again from one of its checkpoints. */
export const replayCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('replay')
      .summary('run a thread again from one of its checkpoints')
      .description(
        'Makes a checkpoint the head of its thread and runs on from there. What came after it stays in the history; ' +
          'approvals given after it do not count.',
      )
      .argument('<thread>', 'id of a thread')
      .option('--from <checkpoint>', 'where to begin, as "phasegate history" lists it (required)');
    withRunningOptions(command).action((thread: string, options: ReplayOptions) =>
      replay(thread, options, context),
    );
  },
};

async function replay(
  thread: string,
  options: ReplayOptions,
  context: CommandContext,
): Promise<void> {
  const checkpoint = demanded('--from', options.from);
  const { replayThread } = await import('../../../app/index.ts');
  const { conductRun } = await import('../../session/conduct-run.ts');
  await withApp(options, async (app) => {
    const show = commandLine({ program: context.program, options }, ['show', thread]);
    context.stopsWith(`The run is kept. Look at it with: ${show}`);
    await conductRun({
      app,
      context,
      options,
      begin: (caller) => replayThread(app, { thread, checkpoint }, caller),
    });
  });
}
