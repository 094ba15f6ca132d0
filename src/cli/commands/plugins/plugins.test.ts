import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { openPlace } from '../../fixtures/run-command.ts';
import { writePlugin, type PluginFolder } from './fixtures/plugin-folder.ts';

/** Each command opens the registry anew, and several load a plugin, on a machine that may be busy. */
const SLOW = { timeout: 240_000 };

const place = openPlace();
const careful = join(place.directory, 'careful');
afterAll(() => place[Symbol.dispose]());
beforeAll(() => {
  mkdirSync(careful);
  writeFileSync(join(careful, 'default.toml'), '[plugins.scan]\napprove_from = 0\n');
});

let written = 0;
const folder = (plugin: PluginFolder): string =>
  writePlugin(join(place.directory, `plugin-${written++}`), plugin);
const run = (...words: readonly string[]): ReturnType<typeof place.json> =>
  place.json('plugins', ...words);

async function enabled(plugin: PluginFolder): Promise<string> {
  const directory = folder(plugin);
  expect(await run('add', directory)).toMatchObject({ exitCode: 0 });
  expect(await run('enable', plugin.id)).toMatchObject({ exitCode: 0 });
  return directory;
}

const go = (id: string, ...words: readonly string[]): ReturnType<typeof place.json> =>
  run('run', id, 'go', '--input', '{"n":1}', ...words);

test(
  'a plugin is added, enabled, called, disabled and removed; the trail tells of each step',
  SLOW,
  async () => {
    const directory = folder({ id: 'local.whole' });
    expect(await run('add', directory)).toMatchObject({ value: { state: 'registered' } });
    const { out } = await place.phasegate('plugins', 'enable', 'local.whole');
    expect(out).toContain('The role "operator" may call all its operations');
    expect(await go('local.whole')).toMatchObject({ exitCode: 0, value: { output: { n: 1 } } });
    const file = place.file('input.json', '{"n":2}');
    const ran = await run('run', 'local.whole', 'go', '--input', file);
    expect(ran).toMatchObject({ value: { output: { n: 2 } } });
    expect(await run('disable', 'local.whole')).toMatchObject({ value: { state: 'stopped' } });
    expect(await go('local.whole')).toMatchObject({
      exitCode: 4,
      value: { error: { code: 'PLUGINS_CALL_REFUSED' } },
    });
    expect(await run('enable', 'local.whole')).toMatchObject({ value: { state: 'active' } });
    expect(await run('remove', 'local.whole')).toMatchObject({ value: { state: 'removed' } });
    expect(await go('local.whole')).toMatchObject({ exitCode: 2 });
    const { out: trail } = await place.phasegate('audit', 'tail', '-n', '200');
    expect(trail).toMatch(/plugin local\.whole/);
    expect(trail).toMatch(/approval +allow +plugin local\.whole/);
    expect(trail).toMatch(/refusal +refused +plugin local\.whole/);
    expect(await place.phasegate('audit', 'verify')).toMatchObject({ exitCode: 0 });
  },
);

test(
  'a plugin that a person has to approve waits, is approved, and can then be enabled',
  SLOW,
  async () => {
    const directory = folder({ id: 'local.waits' });
    expect(await run('add', directory, '--config', careful)).toMatchObject({
      exitCode: 3,
      value: { state: 'pending-approval' },
    });
    expect(await run('enable', 'local.waits')).toMatchObject({ exitCode: 3 });
    expect(await run('approve', 'local.waits', '--reason', 'looked at')).toMatchObject({
      exitCode: 0,
      value: { state: 'registered' },
    });
    expect(await run('approve', 'local.waits')).toMatchObject({ exitCode: 2 });
    expect(await run('enable', 'local.waits@1.0.0')).toMatchObject({ exitCode: 0 });
    expect(await run('enable', 'local.waits@9.0.0')).toMatchObject({
      exitCode: 2,
      value: { error: { code: 'APP_NO_SUCH_VERSION' } },
    });
  },
);

test(
  'an operation with effects is called once for each consent to its arguments',
  SLOW,
  async () => {
    await enabled({
      id: 'local.effect',
      operation: { sideEffects: true, idempotent: false },
      manifest: { kind: 'integration-connector' },
    });
    expect(await go('local.effect')).toMatchObject({ exitCode: 3, value: { status: 'waiting' } });
    const approved = await go('local.effect', '--approve-as', 'ci');
    expect(approved).toMatchObject({ exitCode: 0, value: { output: { n: 1 }, repeated: false } });
    expect(await go('local.effect')).toMatchObject({ exitCode: 3 });
    const { out } = await place.phasegate('audit', 'tail', '-n', '5', '--json');
    expect(out).toContain('"script/ci"');
  },
);

test(
  'who may call is granted and revoked by role, and stops come before every right',
  SLOW,
  async () => {
    await enabled({ id: 'acme.rights' });
    const asClerk = (): ReturnType<typeof go> => go('acme.rights', '--role', 'clerk');
    expect(await asClerk()).toMatchObject({ exitCode: 4 });
    expect(await run('grant', 'clerk', 'acme.rights', 'nothing')).toMatchObject({ exitCode: 2 });
    expect(await run('grant', 'clerk', 'acme.rights', 'go')).toMatchObject({ exitCode: 0 });
    expect(await asClerk()).toMatchObject({ exitCode: 0 });
    expect(await run('revoke', 'clerk', 'acme.rights', 'go')).toMatchObject({
      value: { changed: true },
    });
    expect(await run('revoke', 'clerk', 'acme.rights', 'go')).toMatchObject({
      value: { changed: false },
    });
    expect(await asClerk()).toMatchObject({ exitCode: 4 });
    for (const scope of [['acme.rights'], ['--publisher', 'acme'], ['--all']]) {
      expect(await run('stop', ...scope)).toMatchObject({ exitCode: 0 });
      expect(await go('acme.rights')).toMatchObject({ exitCode: 4 });
      expect(await run('doctor')).toMatchObject({ exitCode: 1, value: { stops: [{}] } });
      expect(await run('resume', ...scope)).toMatchObject({ value: { lifted: 1 } });
      expect(await go('acme.rights')).toMatchObject({ exitCode: 0 });
    }
    expect(await run('stop')).toMatchObject({ exitCode: 2 });
    expect(await run('stop', 'acme.rights', '--all')).toMatchObject({ exitCode: 2 });
  },
);

test(
  'an upgrade shows what is asked for more, waits for consent, and can be rolled back',
  SLOW,
  async () => {
    await enabled({ id: 'local.grows', body: 'return { version: 1 };' });
    const next = folder({
      id: 'local.grows',
      version: '1.1.0',
      manifest: { permissions: { time: true } },
      body: 'return { at: await host.now() };',
    });
    const asked = await run('upgrade', 'local.grows', next);
    expect(asked).toMatchObject({
      exitCode: 3,
      value: { status: 'waiting', from: '1.0.0', to: '1.1.0', added: ['time'], removed: [] },
    });
    expect(await go('local.grows')).toMatchObject({ value: { output: { version: 1 } } });
    const { out } = await place.phasegate('plugins', 'upgrade', 'local.grows', next, '--yes');
    expect(out).toMatch(/1\.0\.0 → 1\.1\.0\n +\+ time\n/);
    expect(await go('local.grows')).toMatchObject({
      value: { output: { at: expect.any(String) } },
    });
    expect(await run('rollback', 'local.grows')).toMatchObject({ value: { version: '1.0.0' } });
    expect(await go('local.grows')).toMatchObject({ value: { output: { version: 1 } } });
    expect(await run('upgrade', 'local.other', next)).toMatchObject({
      exitCode: 2,
      value: { error: { code: 'APP_PLUGIN_MISMATCH' } },
    });
    expect(await run('rollback', 'local.never')).toMatchObject({ exitCode: 2 });
  },
);

test(
  'what was admitted runs on when its folder changes, and show and doctor tell',
  SLOW,
  async () => {
    const directory = await enabled({ id: 'local.moved', body: 'return { kept: true };' });
    const Folder = z.looseObject({ folder: z.string() });
    const folderOf = async (): Promise<string> =>
      Folder.parse((await run('show', 'local.moved')).value).folder;
    expect(await folderOf()).toBe('same');
    writePlugin(directory, { id: 'local.moved', body: 'return { kept: false };' });
    expect(await folderOf()).toBe('differs');
    expect(await go('local.moved')).toMatchObject({ value: { output: { kept: true } } });
    writeFileSync(join(directory, 'phasegate.plugin.json'), '{');
    expect(await folderOf()).toBe('unreadable');
    const { out } = await place.phasegate('plugins', 'doctor');
    expect(out).toMatch(/local\.moved@1\.0\.0: healthy, breaker closed, calls 1, 0 failed/);
    expect(out).toContain('the admitted copy is what runs');
  },
);

test('what comes with Phasegate is added by its id', SLOW, async () => {
  const unknown = await run('add', 'nothing', '--built-in');
  expect(unknown).toMatchObject({ exitCode: 2, value: { error: { code: 'CLI_USAGE' } } });
  const id = 'phasegate.document-approval';
  expect(JSON.stringify(unknown.value)).toContain(id);
  expect(await run('add', id, '--built-in')).toMatchObject({ value: { id, tier: 'trusted' } });
  expect(await run('enable', id)).toMatchObject({ exitCode: 0 });
  const ran = await run('run', id, 'describe', '--input', '{}');
  expect(ran).toMatchObject({ exitCode: 0, value: { output: { id } } });
  expect(await run('remove', id)).toMatchObject({ value: { state: 'removed' } });
});

describe('list and show', () => {
  beforeAll(async () => {
    const directory = join(place.directory, 'shelf');
    await run('create', 'workflow-template', directory);
    const file = join(directory, 'phasegate.plugin.json');
    const more = { title: 'Shelf talk', industries: ['retail'], standards: ['gdpr'] };
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...manifest, ...more }));
    await run('add', directory);
  });

  test.each([
    [['--kind', 'workflow-template']],
    [['--industry', 'retail']],
    [['--standard', 'gdpr']],
    [['--search', 'SHELF TALK']],
    [['--state', 'registered', '--search', 'shelf']],
  ])('finds a plugin by %j', async (words) => {
    const { value } = await run('list', ...words);
    expect(value).toMatchObject({ plugins: [{ id: 'local.shelf' }] });
  });

  test('finds nothing where nothing fits, and templates by their kind', async () => {
    expect(await run('list', '--search', 'no such words')).toMatchObject({
      value: { plugins: [] },
    });
    // Those of the trades stand beside it.
    const { value } = await run('templates');
    expect((value as { templates: { id: string }[] }).templates.map(({ id }) => id)).toContain(
      'local.shelf',
    );
    expect((await place.phasegate('plugins', 'list')).out).toContain('Shelf talk');
  });

  test('shows manifest, scan, roles and history', async () => {
    const { out } = await place.phasegate('plugins', 'show', 'local.shelf');
    expect(out).toMatch(/local\.shelf@0\.1\.0: Shelf talk/);
    expect(out).toMatch(/verifying → registered/);
    expect(out).toContain('none may call it');
    expect(await run('show', 'local.nobody')).toMatchObject({
      exitCode: 2,
      value: { error: { code: 'PLUGINS_UNKNOWN' } },
    });
  });
});
