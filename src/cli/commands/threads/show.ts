import {
  withApp,
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { hanging } from '../../rendering/hanging.ts';

/** `phasegate show THREAD`: where a run stands, how it came there, and what it waits for. */
export const showCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('show')
      .summary('show where a thread stands')
      .description(
        'Shows where the latest run on a thread stands: its phases with their times, what the gates said, what it waits for ' +
          'and what it made. It reads only, also while another process works on the thread.',
      )
      .argument('<thread>', 'id of a thread');
    withSharedOptions(command).action((thread: string, options: SharedOptions) =>
      show(thread, options, context),
    );
  },
};

async function show(
  thread: string,
  options: SharedOptions,
  context: CommandContext,
): Promise<void> {
  const { terminal } = context;
  const { isRecorded, viewThread } = await import('../../../app/index.ts');
  const { jsonResult } = await import('../../session/present-result.ts');
  const { viewLines } = await import('../../session/view-lines.ts');
  await withApp(options, async (app) => {
    const view = await viewThread(app, thread);
    const isUnrecorded = (await isRecorded(app.config, thread)) === false;
    if (options.json === true) {
      const result = {
        ...Object(jsonResult({ view, app })),
        ...(isUnrecorded ? { recorded: false } : {}),
      };
      terminal.out(JSON.stringify(result));
      return;
    }
    for (const line of viewLines({ view, app, options, context })) terminal.out(line);
    if (!isUnrecorded) return;
    const mark = `${terminal.paint.attention('!')} `;
    const text =
      'The audit trail never mentions this thread: another program wrote it, another machine keeps its trail, or the trail was replaced.';
    terminal.out(hanging(mark, text, terminal.width));
  });
}
