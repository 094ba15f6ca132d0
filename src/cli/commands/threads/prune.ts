import { counted } from '../../../kernel/index.ts';
import type { PrunePolicy, PrunedThread } from '../../../app/index.ts';
import { osUser } from '../../asking/principals.ts';
import {
  withApp,
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { UsageError } from '../../errors.ts';
import { plainLine } from '../../rendering/plain-text.ts';

interface PruneOptions extends SharedOptions {
  readonly all?: boolean;
  readonly keep?: string;
  readonly heads?: boolean;
  readonly olderThan?: string;
  readonly dryRun?: boolean;
  readonly redis?: string;
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `phasegate threads prune [THREAD]`: removes old checkpoints. */
export const pruneCommand: CliCommand = {
  register: (threads, context) => {
    const command = threads
      .command('prune')
      .summary('remove old checkpoints')
      .description(
        'Removes old checkpoints of a thread, or of all threads, and what nothing else refers to. The newest of each ' +
          'namespace, the end of every fork, and what a kept one is rebuilt from stay in any case; a run goes on as before, ' +
          'and "replay" and "fork" know only what is left.',
      )
      .argument('[thread]', 'id of a thread')
      .option('--all', 'all threads')
      .option('--keep <number>', 'keep the newest so many')
      .option('--heads', 'keep only where each fork ends (the same as --keep 1)')
      .option('--older-than <age>', 'remove only what is older, such as 30d, 12h or 90m')
      .option('--redis <url>', 'prune on a Redis server, not in the data folder')
      .option('--dry-run', 'say what would go, and remove nothing');
    // The options that "threads" has as well are taken by it, wherever they stand.
    withSharedOptions(command).action((thread: string | undefined) =>
      run(thread, command.optsWithGlobals<PruneOptions>(), context),
    );
  },
};

async function run(
  thread: string | undefined,
  options: PruneOptions,
  { terminal }: CommandContext,
): Promise<void> {
  if ((thread === undefined) !== (options.all === true)) {
    throw new UsageError(
      'It is not clear which threads to prune.',
      'Name one thread, or give --all.',
    );
  }
  const policy = policyFrom(options);
  const { pruneThreads } = await import('../../../app/index.ts');
  await withApp(options, async (app) => {
    const threads = await pruneThreads(app, thread, {
      ...policy,
      redis: options.redis,
      by: osUser(),
    });
    if (options.json === true) {
      terminal.out(JSON.stringify({ dryRun: policy.dryRun, threads }));
      return;
    }
    for (const pruned of threads) terminal.out(lineOf(pruned, policy));
    if (threads.length === 0) terminal.out('There are no threads to prune.');
  });
}

function lineOf({ thread, checkpoints, segments }: PrunedThread, { dryRun }: PrunePolicy): string {
  const what = `${counted(checkpoints, 'checkpoint')} and ${counted(segments, 'part')}`;
  return `${plainLine(thread)}: ${what} ${dryRun === true ? 'would go' : 'are gone'}`;
}

function policyFrom(options: PruneOptions): PrunePolicy & { readonly dryRun: boolean } {
  const { keep, heads, olderThan, dryRun = false } = options;
  if (keep === undefined && heads !== true && olderThan === undefined) {
    throw new UsageError(
      'Nothing says what to keep.',
      'Give --keep NUMBER, --heads or --older-than AGE; --dry-run shows what would go.',
    );
  }
  if (keep !== undefined && heads === true) {
    throw new UsageError('--keep and --heads ask for different things.', 'Give one of them.');
  }
  const keepLast = keep === undefined ? {} : { keepLast: numberFrom(keep) };
  const keepSince = olderThan === undefined ? {} : { keepSince: instantFrom(olderThan) };
  return { dryRun, ...keepLast, ...keepSince };
}

function numberFrom(text: string): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (number >= 1) return number;
  throw new UsageError(
    `"${plainLine(text)}" is no number of checkpoints.`,
    'Give a whole number of at least 1, such as --keep 10.',
  );
}

function instantFrom(age: string): string {
  const [, amount = '', unit = ''] = /^(\d{1,5})([mhd])$/.exec(age) ?? [];
  const unitMs = UNITS[unit];
  if (unitMs === undefined) {
    throw new UsageError(
      `"${plainLine(age)}" is no age.`,
      'Give minutes, hours or days, such as --older-than 30d, 12h or 90m.',
    );
  }
  return new Date(Date.now() - Number(amount) * unitMs).toISOString();
}
