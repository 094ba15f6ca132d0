import { resolve } from 'node:path';

import { counted } from '../../../kernel/index.ts';
import type { SubjectFindings } from '../../../app/index.ts';
import { osUser } from '../../asking/principals.ts';
import {
  demanded,
  withApp,
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { UsageError } from '../../errors.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import { writeNewFile } from '../../write-new-file.ts';

interface PrivacyOptions extends SharedOptions {
  readonly out?: string;
  readonly yes?: boolean;
  readonly receipt?: string;
  readonly thread?: boolean;
}

type Action = (subject: string, options: PrivacyOptions, context: CommandContext) => Promise<void>;

/** `phasegate privacy`: what is held of a person, for requests of that person. */
export const privacyCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('privacy')
      .summary('find, export and erase what is held of a person')
      .description(
        'A person is named by the key that workflows give ("subject" of a sensitive field), or by the id of a principal. ' +
          'With --thread it is a thread, whose key keeps the sensitive fields that name nobody. ' +
          'Sensitive fields, and names in the audit trail that are addresses, are stored under a key of that person alone.',
      );
    const find = command
      .command('find')
      .summary('count what is held of a person')
      .argument('<subject>', 'the key of the person');
    const take = command
      .command('export')
      .summary('write what is held of a person into a JSON file')
      .argument('<subject>', 'the key of the person')
      .option('--out <file>', 'the file to write, which must not exist');
    const erase = command
      .command('erase')
      .summary('destroy the key of a person, for good')
      .description(
        'Destroys the key that everything of a person is stored under. The audit trail records and signs it, and verifies as ' +
          'before; threads still load, and what was the person’s reads as "[erased]". This cannot be undone.',
      )
      .argument('<subject>', 'the key of the person')
      .option('--yes', 'erase without asking back')
      .option('--receipt <file>', 'write the signed receipt into a file, which must not exist');
    const actions: readonly (readonly [typeof find, Action])[] = [
      [find, runFind],
      [take, runExport],
      [erase, runErase],
    ];
    for (const [sub, run] of actions) {
      sub.helpOption('-h, --help', 'print help').option('--no-color', 'print without colours');
      sub.option(
        '--thread',
        'what is named is a thread: fields of it that belong to nobody in particular',
      );
      withSharedOptions(sub).action(async (named: string) => {
        const options = sub.optsWithGlobals<PrivacyOptions>();
        const { threadSubject } = await import('../../../workflow/index.ts');
        await run(options.thread === true ? threadSubject(named) : named, options, context);
      });
    }
  },
};

async function runFind(
  subject: string,
  options: PrivacyOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const { findSubject } = await import('../../../app/index.ts');
  const found = await withApp(options, async (app) => findSubject(app, subject));
  if (options.json === true) terminal.out(JSON.stringify(found));
  else for (const line of [KEYS[found.key], ...linesOf(found)]) terminal.out(line);
}

async function runExport(
  subject: string,
  options: PrivacyOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const file = resolve(demanded('--out', options.out));
  const { exportSubject } = await import('../../../app/index.ts');
  const found = await withApp(options, async (app) => exportSubject(app, subject));
  await writeNewFile(file, `${JSON.stringify(found, null, 2)}\n`);
  const { length } = found.values;
  const told = { subject, file, values: length, entries: found.entries.length };
  terminal.out(
    options.json === true
      ? JSON.stringify(told)
      : `${length} values and ${found.entries.length} audit entries written to ${plainLine(file)}`,
  );
}

async function runErase(
  subject: string,
  options: PrivacyOptions,
  { terminal }: CommandContext,
): Promise<void> {
  if (options.yes !== true) {
    throw new UsageError(
      'Erasing cannot be undone.',
      'Look with "phasegate privacy find", then give --yes.',
    );
  }
  const { eraseSubject } = await import('../../../app/index.ts');
  const done = await withApp(options, async (app) => eraseSubject(app, subject, osUser()));
  const { receipt, ...told } = done;
  if (options.receipt !== undefined) await writeNewFile(resolve(options.receipt), `${receipt}\n`);
  if (options.json === true) {
    terminal.out(JSON.stringify({ ...told, receipt: JSON.parse(receipt) as unknown }));
    return;
  }
  const isNew = done.outcome === 'erased';
  terminal.out(
    isNew
      ? `Erased at ${done.erasedAt}: the key was destroyed. What was found before:`
      : `Was erased already, at ${done.erasedAt}. What is found now:`,
  );
  for (const line of linesOf(done.held)) terminal.out(line);
}

/** As it is to be typed, and with a code for each letter by which two spellings can differ unseen. */
function letterByLetter(text: string): string {
  const quoted = JSON.stringify(text);
  const coded = quoted.replaceAll(
    /[^ -~]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return coded === quoted ? quoted : `${plainLine(quoted)}, letter by letter ${coded}`;
}

const OTHER_SPELLINGS =
  'Keys that look like this one are keys of their own, and nothing of theirs is counted here or erased:';

const KEYS = {
  present: 'There is a key.',
  erased: 'The key was destroyed.',
  none: 'There is no key.',
};

function linesOf({
  threads,
  audit,
  plugins,
  sessions,
  alike,
  outOfReach,
}: SubjectFindings): readonly string[] {
  return [
    ...threads.map(
      ({ thread, sealed, clear }) =>
        `${plainLine(thread)}: ${sealed} values under the key, named in clear ${clear} times`,
    ),
    `Audit trail: ${counted(audit.concealed.length, 'entry', 'entries')} under the key, ${audit.clear.length} name the person in clear`,
    `Plugins: ${plugins.calls} calls, ${plugins.approvals} approvals`,
    `Sessions on the configured server: ${sessions}`,
    ...(alike.length === 0 ? [] : [OTHER_SPELLINGS]),
    ...alike.map((spelling) => `  - ${letterByLetter(spelling)}`),
    'Out of reach from here:',
    ...outOfReach.map((what) => `  - ${what}`),
  ];
}
