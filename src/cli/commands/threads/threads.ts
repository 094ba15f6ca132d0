import { counted } from '../../../kernel/index.ts';
import type { ThreadStatus } from '../../../storage/index.ts';
import {
  withApp,
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { UsageError } from '../../errors.ts';
import { hanging } from '../../rendering/hanging.ts';
import type { Terminal } from '../../terminal.ts';
import { statusText } from '../../rendering/status-text.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import { table } from '../../rendering/table.ts';
import { instantText } from '../../rendering/time.ts';
import { DEGRADED } from '../../session/degraded.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { pruneCommand } from './prune.ts';

const STATUSES: readonly ThreadStatus[] = ['running', 'waiting', 'completed', 'blocked', 'forked'];

interface ThreadsOptions extends SharedOptions {
  readonly status?: string;
}

/** `phasegate threads`: what runs there are, and where they stand. */
export const threadsCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('threads')
      .summary('list the threads and where they stand')
      .description('Lists the threads in the data folder, most recently changed first.')
      .option('--status <status>', `only those that are ${STATUSES.join(', ')}`);
    withSharedOptions(command).action((options: ThreadsOptions) => list(options, context));
    for (const { register } of [exportCommand, importCommand, pruneCommand]) {
      register(command, context);
    }
    for (const sub of command.commands) {
      sub.helpOption('-h, --help', 'print help').option('--no-color', 'print without colours');
    }
  },
};

async function list(options: ThreadsOptions, { terminal }: CommandContext): Promise<void> {
  const status = statusFrom(options.status);
  const { listThreads, missingThreads } = await import('../../../app/index.ts');
  await withApp(options, async ({ config, storage }) => {
    const threads = await listThreads(storage, { limit: 1000, ...status });
    const missing = status.status === undefined ? await missingThreads(config, storage) : [];
    if (options.json === true) {
      const gone = missing.length === 0 ? {} : { missing };
      terminal.out(JSON.stringify({ dataDir: storage.directory, threads, ...gone }));
      return;
    }
    tellMissing(missing, terminal);
    if (threads.length === 0) {
      if (missing.length > 0) return;
      terminal.out(
        `No threads in ${plainLine(storage.directory)} yet. Begin one with: phasegate run`,
      );
      return;
    }
    const { paint, width } = terminal;
    const rows = threads.map((thread) => [
      paint.bold(thread.thread),
      thread.workflow,
      `${statusText(thread.status, paint)}${thread.degraded === true ? ' (degraded)' : ''}`,
      thread.phase ?? '',
      instantText(thread.updatedAt),
    ]);
    const heads = ['thread', 'workflow', 'status', 'phase', 'changed'];
    terminal.out(table(heads, rows, { width, whole: [0], head: paint.dim, rule: paint.dim }));
    if (threads.some(({ degraded }) => degraded === true)) terminal.out(`\ndegraded: ${DEGRADED}`);
  });
}

function tellMissing(missing: readonly string[], terminal: Terminal): void {
  if (missing.length === 0) return;
  const names = missing.slice(0, 10).map(plainLine).join(', ');
  const more = missing.length > 10 ? ` and ${missing.length - 10} more` : '';
  const text = `${counted(missing.length, 'thread')} of the audit trail missing here: ${names}${more}. "phasegate show THREAD" says how to go on.`;
  terminal.out(hanging(`${terminal.paint.attention('!')} `, text, terminal.width));
}

function statusFrom(text: string | undefined): { readonly status?: ThreadStatus } {
  if (text === undefined) return {};
  const status = STATUSES.find((known) => known === text);
  if (status === undefined) {
    throw new UsageError(`There is no status "${text}".`, `Use ${STATUSES.join(', ')}.`);
  }
  return { status };
}
