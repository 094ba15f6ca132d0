import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { openPlace } from '../../../fixtures/run-command.ts';
import { writePlugin } from '../fixtures/plugin-folder.ts';

/** Each command opens the registry anew, on a machine that may be busy. */
const SLOW = { timeout: 240_000 };

const place = openPlace();
afterAll(() => place[Symbol.dispose]());
const run = (...words: readonly string[]): ReturnType<typeof place.json> =>
  place.json('plugins', ...words);

/** A folder of settings in which everything needs approval, or nothing is admitted. */
function settings(name: string, toml: string): string {
  const directory = join(place.directory, name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'default.toml'), toml);
  return directory;
}

async function enabled(id: string): Promise<void> {
  const folder = writePlugin(join(place.directory, id), { id });
  expect(await run('add', folder)).toMatchObject({ exitCode: 0 });
  expect(await run('enable', id)).toMatchObject({ exitCode: 0 });
}

describe('rescan', () => {
  test('refuses a plugin that is not there', SLOW, async () => {
    expect(await run('rescan', 'local.nobody')).toMatchObject({
      exitCode: 2,
      value: { error: { code: 'PLUGINS_UNKNOWN' } },
    });
  });

  const go = (id: string): ReturnType<typeof place.json> => run('run', id, 'go', '--input', '{}');

  test('leaves what is current, and names what is out of date', SLOW, async () => {
    await enabled('local.steady');
    const now = await run('rescan', 'local.steady');
    expect(now).toMatchObject({ exitCode: 0, value: { rescanned: [{ outcome: 'current' }] } });
    const other = settings('other', '[plugins.scan]\napprove_from = 24\n');
    const config = ['--config', other];
    expect(await run('rescan', 'local.steady', '--dry-run', ...config)).toMatchObject({
      exitCode: 3,
      value: { rescanned: [{ outcome: 'stale', state: 'active' }] },
    });
    expect(await run('rescan', 'local.steady', ...config)).toMatchObject({
      exitCode: 0,
      value: { rescanned: [{ outcome: 'kept', state: 'active' }] },
    });
    expect(await run('rescan', 'local.steady', ...config)).toMatchObject({
      value: { rescanned: [{ outcome: 'current' }] },
    });
  });

  test('takes what would not be admitted any more out of use at once', SLOW, async () => {
    await enabled('local.blocked');
    const blocked = settings('blocked', '[plugins.scan]\nblocked_plugins = ["local.blocked"]\n');
    expect(await run('rescan', 'local.blocked', '--config', blocked)).toMatchObject({
      exitCode: 4,
      value: { rescanned: [{ outcome: 'decided', state: 'quarantined', decision: 'reject' }] },
    });
    expect(await go('local.blocked')).toMatchObject({ exitCode: 4 });
  });

  test('makes what needs approval now wait for it', SLOW, async () => {
    await enabled('local.careful');
    const careful = settings('careful', '[plugins.scan]\napprove_from = 0\n');
    const config = ['--config', careful];
    expect(await run('rescan', 'local.careful', ...config)).toMatchObject({
      exitCode: 3,
      value: { rescanned: [{ outcome: 'decided', state: 'pending-approval' }] },
    });
    expect(await go('local.careful')).toMatchObject({ exitCode: 4 });
    expect(await run('approve', 'local.careful', ...config)).toMatchObject({ exitCode: 0 });
    expect(await run('enable', 'local.careful', ...config)).toMatchObject({ exitCode: 0 });
    expect(await run('rescan', 'local.careful', '--all', ...config)).toMatchObject({
      exitCode: 0,
      value: { rescanned: [{ outcome: 'kept', state: 'active' }] },
    });
  });
});

test(
  'a security scanner that is enabled adds to the scan of every other plugin',
  SLOW,
  async () => {
    const folder = writePlugin(join(place.directory, 'marked'), {
      id: 'local.marked',
      body: "return { text: input.text, url: 'http://203.0.113.9/collect' };",
    });
    const before = await run('scan', folder);
    expect(JSON.stringify(before.value)).not.toContain('plugin.phasegate');
    expect(await run('add', 'phasegate.literal-hosts', '--built-in')).toMatchObject({
      exitCode: 0,
    });
    expect(await run('enable', 'phasegate.literal-hosts')).toMatchObject({ exitCode: 0 });
    const after = await run('scan', folder);
    expect(JSON.stringify(after.value)).toContain('plugin.phasegate.literal-hosts');
    expect(await run('stop', 'phasegate.literal-hosts', '--reason', 'drill')).toMatchObject({
      exitCode: 0,
    });
    // A scanner that cannot be asked admits nothing.
    expect(await run('scan', folder)).toMatchObject({
      value: { error: { code: 'PLUGINS_SCAN_RULE_FAILED' } },
    });
    await run('resume', 'phasegate.literal-hosts');
    await run('disable', 'phasegate.literal-hosts');
  },
);

test('an imported file of advisories is held against what a plugin names', SLOW, async () => {
  const folder = writePlugin(join(place.directory, 'dependent'), { id: 'local.dependent' });
  const manifest = { name: 'dependent', version: '1.0.0', dependencies: { leftish: '1.2.3' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const osv = (fetchedAt: string): string =>
    place.file(
      'osv.json',
      JSON.stringify({
        fetchedAt,
        vulnerabilities: [
          {
            id: 'OSV-1',
            affected: [{ package: { ecosystem: 'npm', name: 'leftish' }, versions: ['1.2.3'] }],
          },
        ],
      }),
    );
  expect(await run('scan', folder)).toMatchObject({ value: { advisories: 'unknown' } });
  const fresh = osv(new Date().toISOString());
  const found = await run('scan', folder, '--osv', fresh);
  expect(found).toMatchObject({ value: { advisories: 'found' } });
  expect(JSON.stringify(found.value)).toContain('package.known-weakness');
  const toml = `[plugins.scan]\nosv_file = ${JSON.stringify(fresh)}\n`;
  expect(await run('scan', folder, '--config', settings('osv', toml))).toMatchObject({
    value: { advisories: 'found' },
  });
  const old = osv('2020-01-01T00:00:00Z');
  expect(await run('scan', folder, '--osv', old)).toMatchObject({
    value: { advisories: 'unknown' },
  });
  const missing = join(place.directory, 'no-such.json');
  expect(await run('scan', folder, '--osv', missing)).toMatchObject({
    value: { error: { code: 'APP_UNREADABLE_FILE' } },
  });
});

test('where nothing was installed, no plugin was', SLOW, async () => {
  const bare = join(place.directory, 'bare');
  mkdirSync(bare);
  expect(await run('discover', bare)).toMatchObject({ exitCode: 0, value: { plugins: [] } });
  expect(await run('discover', join(bare, 'nowhere'))).toMatchObject({
    exitCode: 2,
    value: { error: { code: 'APP_UNREADABLE_FILE' } },
  });
});

test(
  'the list is searched by kind, state and capability, and no other words are taken',
  SLOW,
  async () => {
    await enabled('local.listed');
    const named = {
      plugins: expect.arrayContaining([expect.objectContaining({ id: 'local.listed' })]),
    };
    expect(await run('list', '--capability', 'go', '--state', 'active')).toMatchObject({
      value: named,
    });
    expect(await run('list', '--capability', 'g')).toMatchObject({ value: { plugins: [] } });
    for (const words of [
      ['--kind', 'processor'],
      ['--state', 'on'],
    ]) {
      // One after the other.
      // oxlint-disable-next-line no-await-in-loop
      expect(await run('list', ...words)).toMatchObject({
        exitCode: 2,
        value: { error: { code: 'CLI_USAGE', hint: expect.stringContaining('Use ') } },
      });
    }
  },
);

test('a stop of something that nobody knows holds, and says so', SLOW, async () => {
  const told = await place.phasegate('plugins', 'stop', 'local.mistyped');
  expect(told.out).toContain('Stopped: plugin local.mistyped. The registry holds none');
  const lifted = await place.phasegate('plugins', 'resume', 'local.mistyped');
  expect(lifted.out).toContain('Lifted the stop of plugin local.mistyped.');
});

test('plugins are found among installed packages by their keyword', SLOW, async () => {
  const modules = join(place.directory, 'project', 'node_modules');
  const plugin = writePlugin(join(modules, '@acme', 'found'), { id: 'acme.found' });
  const install = (folder: string, name: string, keywords: readonly string[]): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, keywords }));
  };
  install(plugin, '@acme/found', ['phasegate-plugin']);
  install(join(modules, 'other'), 'other', ['else']);
  install(join(modules, 'broken'), 'broken', ['phasegate-plugin']);
  const discover = (): ReturnType<typeof place.json> =>
    run('discover', join(place.directory, 'project'));
  expect(await discover()).toMatchObject({
    exitCode: 0,
    value: {
      plugins: [
        { name: '@acme/found', id: 'acme.found', state: 'not added' },
        { name: 'broken', id: null, problem: expect.stringContaining('phasegate.plugin.json') },
      ],
    },
  });
  expect(await run('add', plugin)).toMatchObject({ exitCode: 0 });
  expect(await discover()).toMatchObject({ value: { plugins: [{ state: 'registered' }, {}] } });
});

test(
  'templates are listed, shown with their parameters, and make workflow plans',
  SLOW,
  async () => {
    const id = 'phasegate.document-approval';
    const listed = await run('templates');
    expect(JSON.stringify(listed.value)).toContain(`"${id}"`);
    expect(listed).toMatchObject({ exitCode: 0 });
    expect(await run('add', id, '--built-in')).toMatchObject({ exitCode: 0 });
    expect(await run('enable', id)).toMatchObject({ exitCode: 0 });
    expect(await run('templates', id)).toMatchObject({ value: { template: { id } } });
    const shown = await run('show', id);
    const { operations } = (
      shown.value as {
        manifest: {
          contributes: {
            operations: { name: string; input: { examples: { parameters: object }[] } }[];
          };
        };
      }
    ).manifest.contributes;
    const parameters = operations.find(({ name }) => name === 'instantiate')?.input.examples[0]
      ?.parameters;
    const given = JSON.stringify(parameters);
    expect(await run('templates', id, '--parameters', given)).toMatchObject({
      exitCode: 0,
      value: { plan: { phases: [{ id: 'reading' }, {}, {}, {}] } },
    });
    const { out } = await place.phasegate('plugins', 'templates', id, '--parameters', given);
    expect(out).toMatch(/Transitions:\n.*→/);
    expect((await run('templates', id, '--parameters', '{"no":1}')).exitCode).not.toBe(0);
  },
);
