import { open } from 'node:fs/promises';
import { resolve } from 'node:path';

import { counted } from '../../../kernel/index.ts';
import { osUser } from '../../asking/principals.ts';
import {
  withApp,
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { plainLine } from '../../rendering/plain-text.ts';

interface ImportOptions extends SharedOptions {
  readonly thread?: string;
  readonly replace?: boolean;
  readonly redis?: string;
}

/** `phasegate threads import FILE`: takes in what `threads export` wrote. */
export const importCommand: CliCommand = {
  register: (threads, context) => {
    const command = threads
      .command('import')
      .summary('take in a thread that was exported')
      .description(
        'Takes in an exported thread, whole or not at all. The data folder must have the seal.key of the one that it was ' +
          'exported from. A workflow seals its state to the name of its thread: under another name it is kept, and no run ' +
          'goes on with it.',
      )
      .argument('<file>', 'a file that "threads export" wrote; - for standard input')
      .option('--thread <id>', 'name it anew (default: as it was)')
      .option('--replace', 'let it take the place of a thread of the same name')
      .option('--redis <url>', 'take it into a Redis server, not into the data folder');
    // The options that "threads" has as well are taken by it, wherever they stand.
    withSharedOptions(command).action((file: string) =>
      run(file, command.optsWithGlobals<ImportOptions>(), context),
    );
  },
};

async function run(path: string, options: ImportOptions, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const { importThread } = await import('../../../app/index.ts');
  await withApp(options, async (app) => {
    const { thread, replace = false, redis } = options;
    const file = path === '-' ? terminal.input : contentOf(resolve(path));
    const report = await importThread(app, {
      file,
      thread,
      replace,
      redis,
      by: osUser(),
    });
    if (options.json === true) {
      terminal.out(JSON.stringify(report));
      return;
    }
    const { paint } = terminal;
    const name = plainLine(report.thread);
    terminal.out(
      `${paint.good('✔')} Thread ${paint.bold(name)} has arrived with ${counted(report.checkpoints, 'checkpoint')}.`,
    );
    if (report.isUsable) return;
    const from = plainLine(report.from);
    terminal.out(
      `It was exported as "${from}", and its workflow seals its state to that name: to go on with it, import it as "${from}".`,
    );
  });
}

/** @yields the bytes of a file. */
async function* contentOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    await using file = await open(path, 'r');
    for await (const chunk of file.createReadStream({ autoClose: false })) yield chunk as Buffer;
  } catch (error) {
    const { UnreadableFileError } = await import('../../../app/index.ts');
    throw new UnreadableFileError(path, error);
  }
}
