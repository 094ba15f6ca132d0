import type { HistoryEntry } from '../../../app/index.ts';
import { osUser } from '../../asking/principals.ts';
import {
  withApp,
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import type { Paint } from '../../rendering/paint.ts';
import { statusText } from '../../rendering/status-text.ts';
import { table } from '../../rendering/table.ts';
import { DEGRADED } from '../../session/degraded.ts';
import { datedText } from '../../rendering/time.ts';

/** `phasegate history THREAD`: the checkpoints of a thread. */
export const historyCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('history')
      .summary('list the checkpoints of a thread')
      .description(
        'Lists the checkpoints of a thread, newest first. "replay" and "fork" take them.',
      )
      .argument('<thread>', 'id of a thread');
    withSharedOptions(command).action((thread: string, options: SharedOptions) =>
      history(thread, options, context),
    );
  },
};

async function history(
  thread: string,
  options: SharedOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const { historyOf } = await import('../../../app/index.ts');
  await withApp(options, async (app) => {
    const checkpoints = await historyOf(app, thread, { by: osUser() });
    if (options.json === true) {
      terminal.out(JSON.stringify({ thread, checkpoints }));
      return;
    }
    const { paint, width } = terminal;
    const rows = checkpoints.map((entry) => rowOf(entry, paint));
    const heads = ['checkpoint', 'at', 'status', 'done', 'next', 'gate'];
    terminal.out(table(heads, rows, { width, whole: [0], head: paint.dim, rule: paint.dim }));
    if (checkpoints.some(({ degraded }) => degraded === true))
      terminal.out(`\ndegraded: ${DEGRADED}`);
  });
}

function rowOf(entry: HistoryEntry, paint: Paint): readonly string[] {
  const { checkpoint, createdAt, status, phase, next, source, verdict, degraded } = entry;
  const also = [...(source === 'fork' ? ['fork'] : []), ...(degraded === true ? ['degraded'] : [])];
  return [
    checkpoint,
    paint.dim(datedText(createdAt)),
    `${statusText(status, paint)}${also.length === 0 ? '' : ` (${also.join(', ')})`}`,
    phase ?? '',
    next.join(', '),
    verdict === null ? '' : verdict.outcome,
  ];
}
