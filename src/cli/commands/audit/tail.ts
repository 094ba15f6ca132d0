import { setTimeout as delay } from 'node:timers/promises';

import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { UsageError } from '../../errors.ts';
import { withTrail } from './with-trail.ts';

const EVERY_MS = 250;

interface TailOptions extends SharedOptions {
  readonly follow?: boolean;
  readonly lines: string;
}

/** `phasegate audit tail [-f]`: the last entries, and those that come. */
export const auditTailCommand: CliCommand = {
  register: (audit, context) => {
    const command = audit
      .command('tail')
      .summary('show the last entries, and wait for more')
      .description(
        'Shows the last entries of the trail; with -f also those that come, until it is stopped. With --json each entry is one ' +
          'line.',
      )
      .option('-f, --follow', 'wait for more entries until stopped')
      .option('-n, --lines <count>', 'how many entries to begin with', '20');
    withSharedOptions(command).action(() => tail(command.optsWithGlobals<TailOptions>(), context));
  },
};

async function tail(
  { follow, lines, json, ...options }: TailOptions,
  { terminal, signal, stopsWith }: CommandContext,
): Promise<void> {
  const count = Number(lines);
  if (!Number.isInteger(count) || count < 0 || count > 100_000) {
    throw new UsageError(
      `"${lines}" is no count of entries.`,
      'Give --lines a number, such as 20.',
    );
  }
  const { chainSize, readEntries } = await import('../../../audit/index.ts');
  const { entryJson, entryLine } = await import('./entry-lines.ts');
  stopsWith('The trail is written on by every run.');
  await withTrail(options, async (trail) => {
    const start = Math.max(0, (await chainSize(trail)) - count);
    let next = await print(start);
    if (follow !== true) return;
    for (;;) {
      await terminal.drain();
      await delay(EVERY_MS, undefined, { signal });
      next = await print(next);
    }
    async function print(from: number): Promise<number> {
      let after = from;
      for await (const entry of readEntries(trail, { from })) {
        const text =
          json === true ? JSON.stringify(entryJson(entry)) : entryLine(entry, terminal.paint);
        terminal.out(text);
        after = entry.seq + 1;
      }
      return after;
    }
  });
}
