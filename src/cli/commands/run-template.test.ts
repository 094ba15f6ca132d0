import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openPlace, type Place } from '../fixtures/run-command.ts';

/** Each command opens the registry anew, on a machine that may be busy. */
const SLOW = { timeout: 240_000 };
const ID = 'acme.letters';
const PARAMETERS = JSON.stringify({ letter: 'welcome', minWords: 30 });
const LETTER = join(
  import.meta.dirname,
  '../../../examples/industries/general/remote-work-policy.md',
);

const place = openPlace();
afterAll(() => place[Symbol.dispose]());

/** A template from a folder, in its own version. */
async function folderOf(here: Place, version: string): Promise<string> {
  const directory = join(here.directory, `v${version}`, 'letters');
  mkdirSync(join(directory, '..'));
  const made = await here.json(
    'plugins',
    'create',
    'workflow-template',
    directory,
    '--publisher',
    'acme',
  );
  expect(made).toMatchObject({ exitCode: 0 });
  edit(join(directory, 'phasegate.plugin.json'), (text) =>
    text.replace('"version": "0.1.0"', `"version": "${version}"`),
  );
  edit(join(directory, 'index.js'), (text) => text.replaceAll('0.1.0', version));
  return directory;
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

const run = async (thread: string, ...words: readonly string[]): ReturnType<typeof place.json> =>
  await place.json(
    'run',
    ID,
    '--parameters',
    PARAMETERS,
    '--input',
    LETTER,
    '--thread',
    thread,
    ...words,
  );
const plugins = async (...words: readonly string[]): Promise<void> => {
  expect(await place.json('plugins', ...words)).toMatchObject({ exitCode: 0 });
};
const refused = (code: string): object => ({ value: { error: { code } } });

describe('the workflow of a template from a folder', () => {
  beforeAll(async () => {
    await plugins('add', await folderOf(place, '0.1.0'));
  }, SLOW.timeout);

  test('is not run before its template is enabled', SLOW, async () => {
    expect(await run('early')).toMatchObject({ exitCode: 2, ...refused('PLUGINS_UNKNOWN') });
    expect(await place.json('show', 'early')).toMatchObject(refused('APP_UNKNOWN_THREAD'));
    await plugins('enable', ID);
  });

  test(
    'is begun, shown and approved by three processes, under its own name and version',
    SLOW,
    async () => {
      const begun = await run('whole');
      expect(begun).toMatchObject({
        exitCode: 3,
        value: {
          status: 'waiting',
          workflow: 'welcome-letter',
          phase: 'approval',
          template: { id: ID, version: '0.1.0' },
        },
      });
      const shown = await place.phasegate('show', 'whole');
      expect(shown.out).toContain('The letter welcome');
      expect(shown.out).toContain(`${ID}@0.1.0`);
      const out = join(place.directory, 'out');
      expect(await place.json('approve', 'whole', '--out', out)).toMatchObject({
        exitCode: 0,
        value: { status: 'completed', workflow: 'welcome-letter' },
      });
      expect(readFileSync(join(out, 'remote-work-policy.md'), 'utf8')).toContain('approved:');
      // The same command reports again, and so does one that names the workflow.
      expect(await run('whole')).toMatchObject({ exitCode: 0, value: { status: 'completed' } });
      const named = ['run', 'welcome-letter', '--input', LETTER, '--thread', 'whole'];
      expect(await place.json(...named)).toMatchObject({ exitCode: 0 });
    },
  );

  test('asks at its gates what its parameters say', SLOW, async () => {
    const long = JSON.stringify({ letter: 'long', minWords: 4000 });
    const words = ['run', ID, '--parameters', long, '--input', LETTER, '--thread', 'long'];
    expect(await place.json(...words)).toMatchObject({
      exitCode: 4,
      value: { status: 'blocked', workflow: 'long-letter' },
    });
  });

  test('is not gone on with under other parameters', SLOW, async () => {
    const other = JSON.stringify({ letter: 'welcome', minWords: 31 });
    const words = ['run', ID, '--parameters', other, '--input', LETTER, '--thread', 'whole'];
    expect(await place.json(...words)).toMatchObject(refused('APP_THREAD_MISMATCH'));
  });

  test('is not made of parameters that its template does not take', SLOW, async () => {
    const given = (parameters: string): ReturnType<typeof place.json> =>
      place.json('run', ID, '--parameters', parameters, '--input', LETTER);
    expect(await given('{"letter":"A B"}')).toMatchObject(refused('PLUGINS_SCHEMA_MISMATCH'));
    expect(await given('nowhere.json')).toMatchObject({
      value: { error: { hint: 'Check the path given by --parameters.' } },
    });
  });

  test(
    'stands still while its template is disabled or stopped, and can be looked at',
    SLOW,
    async () => {
      expect(await run('still')).toMatchObject({ exitCode: 3 });
      await plugins('disable', ID);
      expect(await place.json('approve', 'still')).toMatchObject({
        exitCode: 4,
        ...refused('PLUGINS_CALL_REFUSED'),
      });
      await plugins('enable', ID);
      await plugins('stop', ID, '--reason', 'drill');
      expect(await place.json('approve', 'still')).toMatchObject(refused('PLUGINS_CALL_REFUSED'));
      expect(await place.json('show', 'still')).toMatchObject({ value: { status: 'waiting' } });
      await plugins('resume', ID);
    },
  );

  test('goes on with the version that it was begun with, and with no other one', SLOW, async () => {
    const upgraded = await place.json(
      'plugins',
      'upgrade',
      ID,
      await folderOf(place, '0.2.0'),
      '--yes',
    );
    expect(upgraded).toMatchObject({ exitCode: 0 });
    const approved = await place.json('approve', 'still');
    expect(approved).toMatchObject({ exitCode: 4, ...refused('APP_TEMPLATE_CHANGED') });
    expect(approved.err + approved.out).toContain(`phasegate plugins enable ${ID}@0.1.0`);
    expect(await run('still')).toMatchObject(refused('APP_TEMPLATE_CHANGED'));
    await plugins('rollback', ID);
    expect(await place.json('approve', 'still')).toMatchObject({ exitCode: 0 });
  });
});

test.each([
  [
    'names an agent that nobody ships',
    ["'document-reading'", "'mind-reading'"],
    'APP_UNKNOWN_AGENT',
  ],
  [
    'names a check that nobody ships',
    ["'document.length'", "'document.nice'"],
    'APP_UNKNOWN_AGENT',
  ],
  ['gives settings that mean nothing', ['least_words', 'fewest'], 'APP_UNUSABLE_TEMPLATE'],
  [
    'takes the name of what is there',
    ['`${letter}-letter`', "'document-approval'"],
    'APP_WORKFLOW_NAME_TAKEN',
  ],
])('a template that %s makes nothing that is run', SLOW, async (_what, [from = '', to], code) => {
  using here = openPlace();
  const directory = await folderOf(here, '0.1.0');
  edit(join(directory, 'index.js'), (text) => text.replaceAll(from, to ?? ''));
  expect(await here.json('plugins', 'add', directory)).toMatchObject({ exitCode: 0 });
  expect(await here.json('plugins', 'enable', ID)).toMatchObject({ exitCode: 0 });
  const words = ['run', ID, '--parameters', PARAMETERS, '--input', LETTER, '--thread', 't'];
  expect(await here.json(...words)).toMatchObject({ exitCode: 2, ...refused(code) });
  expect(await here.json('show', 't')).toMatchObject(refused('APP_UNKNOWN_THREAD'));
  expect(existsSync(join(here.directory, 'data', 'output', 't'))).toBe(false);
});

test('what the registry keeps of a run is believed as long as its seal holds', SLOW, async () => {
  using here = openPlace();
  expect(await here.json('plugins', 'add', await folderOf(here, '0.1.0'))).toMatchObject({});
  expect(await here.json('plugins', 'enable', ID)).toMatchObject({ exitCode: 0 });
  const words = ['run', ID, '--parameters', PARAMETERS, '--input', LETTER, '--thread', 't'];
  expect(await here.json(...words)).toMatchObject({ exitCode: 3 });
  const { openPluginRecords } = await import('../../app/index.ts');
  const dataDir = join(here.directory, 'data');
  const database = await openPluginRecords({ dataDir, records: { kind: 'sqlite' } });
  await database.exclusively(async (queries) => {
    const { body } = await queries
      .selectFrom('plugins_workflows')
      .select('body')
      .executeTakeFirstOrThrow();
    await queries
      .updateTable('plugins_workflows')
      .set({ body: body.replace('"least_words":30', '"least_words":1') })
      .execute();
  });
  await database.close();
  for (const command of ['show', 'approve'])
    // oxlint-disable-next-line no-await-in-loop
    expect(await here.json(command, 't')).toMatchObject(refused('APP_KEPT_WORKFLOW'));
});

test(
  'a title that would command the terminal is shown in one line, without what commands',
  SLOW,
  async () => {
    using other = openPlace();
    const folder = await folderOf(other, '0.1.0');
    const title = String.raw`A \u001b[31mred\u202e\n✔ Completed`;
    edit(join(folder, 'index.js'), (text) => text.replace('The letter ${letter}', title));
    for (const words of [
      ['add', folder],
      ['enable', ID],
    ])
      // oxlint-disable-next-line no-await-in-loop
      expect(await other.json('plugins', ...words)).toMatchObject({ exitCode: 0 });
    const planned = await other.phasegate('plugins', 'templates', ID, '--parameters', PARAMETERS);
    expect(planned.out).toContain('A [31mred ✔ Completed (welcome-letter');

    const words = ['run', ID, '--parameters', PARAMETERS, '--input', LETTER, '--thread', 't'];
    expect(await other.phasegate(...words)).toMatchObject({ exitCode: 3 });
    const { out } = await other.phasegate('show', 't');
    expect(out).toContain('A [31mred ✔ Completed (welcome-letter)');
  },
);
