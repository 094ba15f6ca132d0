import type { StoredEntry } from '../../../audit/index.ts';
import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { hanging } from '../../rendering/hanging.ts';
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
  const { compareWithStore } = await import('../../../app/index.ts');
  const { ENTRY_HEADS, entryJson, entryRow } = await import('./entry-lines.ts');
  const isNumber = /^\d{1,15}$/.test(wanted);
  const { entries, isStored } = await withTrail(options, async (trail) => {
    const ofThread: readonly Shown[] = await gather(readThread(trail, wanted));
    if (ofThread.length > 0) return { entries: ofThread, isStored: true };
    const seq = Number(wanted);
    const byNumber = isNumber
      ? await gather<Shown>(readEntries(trail, { from: seq, until: seq + 1 }))
      : [];
    if (byNumber.length > 0) return { entries: byNumber, isStored: false };
    const compared = await compareWithStore(trail);
    return {
      entries: [],
      isStored: compared.kind === 'compared' && compared.threads.includes(wanted),
    };
  });
  const [first] = entries;
  if (first === undefined) {
    const { NothingRecordedError } = await import('../../../app/index.ts');
    throw new NothingRecordedError(wanted, isStored);
  }
  if (json === true)
    terminal.out(
      JSON.stringify({
        entries: entries.map((entry) => ({ ...entryJson(entry), ...misfiledOf(entry) })),
      }),
    );
  else if (entries.length === 1 && isNumber) {
    terminal.out(plainText(JSON.stringify(entryJson(first), null, 2)));
  } else {
    const { paint, width } = terminal;
    const rows = entries.map((entry) => entryRow(entry, paint));
    terminal.out(
      table(ENTRY_HEADS, rows, { width, whole: [0, 1], head: paint.dim, rule: paint.dim }),
    );
    warnOf(entries, terminal);
  }
}

function misfiledOf({ misfiled = [] }: Shown): Pick<Shown, 'misfiled'> {
  return misfiled.length === 0 ? {} : { misfiled };
}

/** An entry, and the columns beside it that say something else than it does. */
interface Shown extends StoredEntry {
  readonly misfiled?: readonly string[];
}

/** What stands beside an entry is not signed, so that somebody may have edited it to hide the entry or to show it here. */
function warnOf(entries: readonly Shown[], terminal: CommandContext['terminal']): void {
  const { paint, width } = terminal;
  const wrong = entries.filter(({ misfiled = [] }) => misfiled.length > 0);
  for (const { seq, misfiled = [] } of wrong) {
    const text = `What the database says beside entry ${seq} (${misfiled.join(', ')}) is not what was signed: run "phasegate audit verify".`;
    terminal.out(hanging(`${paint.bad('✖')} `, text, width));
  }
}

async function gather<Entry>(entries: AsyncIterable<Entry>): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  for await (const entry of entries) found.push(entry);
  return found;
}
