import type { StoredEntry } from '../../../audit/index.ts';
import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { plainText } from '../../rendering/plain-text.ts';
import { table } from '../../rendering/table.ts';
import { withTrail } from './with-trail.ts';

/** `phasegate audit show THREAD|SEQ`: the entries of a thread, or everything about one entry. */
export const auditShowCommand: CliCommand = {
  register: (audit, context) => {
    const command = audit
      .command('show')
      .summary('show what was recorded of a thread, or one entry')
      .description(
        'Shows the entries of a thread in their order, or one entry with all its members.',
      )
      .argument('<thread|entry>', 'id of a thread, or the number of an entry');
    withSharedOptions(command).action((wanted: string) =>
      show(wanted, command.optsWithGlobals<SharedOptions>(), context),
    );
  },
};

async function show(
  wanted: string,
  { json, ...options }: SharedOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const { readEntries, readThread } = await import('../../../audit/index.ts');
  const { ENTRY_HEADS, entryJson, entryRow } = await import('./entry-lines.ts');
  const isNumber = /^\d{1,15}$/.test(wanted);
  const entries = await withTrail(options, async (trail) => {
    const ofThread = await gather(readThread(trail, wanted));
    if (ofThread.length > 0 || !isNumber) return ofThread;
    const seq = Number(wanted);
    return gather<StoredEntry>(readEntries(trail, { from: seq, until: seq + 1 }));
  });
  const [first] = entries;
  if (first === undefined) {
    const { NothingRecordedError } = await import('../../../app/index.ts');
    throw new NothingRecordedError(wanted);
  }
  if (json === true) terminal.out(JSON.stringify({ entries: entries.map(entryJson) }));
  else if (entries.length === 1 && isNumber) {
    terminal.out(plainText(JSON.stringify(entryJson(first), null, 2)));
  } else {
    const { paint, width } = terminal;
    const rows = entries.map((entry) => entryRow(entry, paint));
    terminal.out(
      table(ENTRY_HEADS, rows, { width, whole: [0, 1], head: paint.dim, rule: paint.dim }),
    );
  }
}

async function gather<Entry>(entries: AsyncIterable<Entry>): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  for await (const entry of entries) found.push(entry);
  return found;
}
