import { resolve } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { isPhasegateError } from '../../../kernel/index.ts';
import {
  withApp,
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { UnwritableFileError, UsageError } from '../../errors.ts';
import { streamNewFile } from '../../write-new-file.ts';

interface ExportOptions extends SharedOptions {
  readonly out?: string;
  readonly redis?: string;
}

/** `phasegate threads export THREAD`: a thread as a file that shows whether it was changed. */
export const exportCommand: CliCommand = {
  register: (threads, context) => {
    const command = threads
      .command('export')
      .summary('write a thread into a file that can be checked')
      .description(
        'Writes a thread with all its checkpoints as JSON Lines. Each line is sealed together with those before it by the key ' +
          'of the data folder; "threads import" refuses a file that was changed, and names the line. The file holds what the ' +
          'thread holds: keep it as safely.',
      )
      .argument('<thread>', 'id of a thread')
      .option('--out <file>', 'write to a file that does not exist (default: standard output)')
      .option('--redis <url>', 'take it from a Redis server, not from the data folder');
    // The options that "threads" has as well are taken by it, wherever they stand.
    withSharedOptions(command).action((thread: string) =>
      run(thread, command.optsWithGlobals<ExportOptions>(), context),
    );
  },
};

async function run(
  thread: string,
  options: ExportOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const { out, json, redis } = options;
  if (out === undefined && (json === true || terminal.live)) {
    throw new UsageError(
      'An exported thread cannot be shown here.',
      'Name a file with --out, such as --out thread.jsonl, or send the output into a file.',
    );
  }
  const { exportThread } = await import('../../../app/index.ts');
  await withApp(options, async (app) => {
    const lines = exportThread(app, { thread, redis });
    if (out === undefined) {
      await print(lines, terminal.output);
      return;
    }
    const file = resolve(out);
    await streamNewFile(file, lines);
    terminal.out(json === true ? JSON.stringify({ thread, file }) : `Exported to ${file}`);
  });
}

/** Writes as fast as the reader reads, so that a large thread does not wait in memory. */
async function print(lines: AsyncIterable<string>, output: Writable): Promise<void> {
  try {
    await pipeline(Readable.from(lines), output, { end: false });
  } catch (error) {
    throw isPhasegateError(error) ? error : new UnwritableFileError('standard output', error);
  }
}
