import { resolve } from 'node:path';

import type { ExportFormat } from '../../../audit/index.ts';
import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { UsageError } from '../../errors.ts';
import { streamNewFile } from '../../write-new-file.ts';
import { withTrail } from './with-trail.ts';

/** Named here again, so that the help does not load what an export needs. */
const FORMATS: readonly ExportFormat[] = ['jsonl', 'cloudevents', 'ocsf'];

interface ExportOptions extends SharedOptions {
  readonly format: string;
  readonly out?: string;
  readonly thread?: string;
}

/** `phasegate audit export`: the trail as a file. */
export const auditExportCommand: CliCommand = {
  register: (audit, context) => {
    const command = audit
      .command('export')
      .summary('write the trail as JSON lines, CloudEvents or OCSF events')
      .description(
        'Exports the trail, one JSON object a line. "jsonl" is the format that "audit verify --file" and "phasegate-verify" ' +
          'take; give whoever verifies the public key (audit.key.pub) by another way.',
      )
      .option('--format <format>', FORMATS.join(', '), 'jsonl')
      .option('--out <file>', 'write to a file that does not exist (default: standard output)')
      .option('--thread <thread>', 'only the entries of one thread; such a part does not verify');
    withSharedOptions(command).action(() => run(command.optsWithGlobals<ExportOptions>(), context));
  },
};

async function run(
  { out, thread, json, ...options }: ExportOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const format = formatFrom(options.format);
  if (json === true && out === undefined) {
    throw new UsageError(
      'An export is not one JSON object but one a line.',
      'Name a file with --out, or leave --json out.',
    );
  }
  const { exportLines } = await import('../../../audit/index.ts');
  await withTrail(options, async (trail) => {
    const lines = exportLines(trail, { format, ...(thread === undefined ? {} : { thread }) });
    if (out === undefined) {
      for await (const line of lines) {
        terminal.out(line);
        await terminal.drain();
      }
      return;
    }
    const file = resolve(out);
    const count = await save(file, lines);
    const report = { file, format, lines: count };
    terminal.out(json === true ? JSON.stringify(report) : `Exported ${count} lines to ${file}`);
  });
}

async function save(file: string, lines: AsyncIterable<string>): Promise<number> {
  let count = 0;
  async function* counted(): AsyncGenerator<string> {
    for await (const line of lines) {
      count += 1;
      yield `${line}\n`;
    }
  }
  await streamNewFile(file, counted());
  return count;
}

function formatFrom(text: string): ExportFormat {
  const format = FORMATS.find((known) => known === text);
  if (format !== undefined) return format;
  throw new UsageError(`There is no format "${text}".`, `Use ${FORMATS.join(', ')}.`);
}
