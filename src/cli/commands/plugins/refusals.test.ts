import { afterAll, describe, expect, test } from 'vitest';

import { openPlace } from '../../fixtures/run-command.ts';
import { pluginFolders, type PluginFolder } from './fixtures/plugin-folder.ts';

const SLOW = { timeout: 240_000 };

const place = openPlace();
afterAll(() => place[Symbol.dispose]());

const folder = pluginFolders(place);
const run = (...words: readonly string[]): ReturnType<typeof place.json> =>
  place.json('plugins', ...words);
const go = (id: string, input: string): ReturnType<typeof place.json> =>
  run('run', id, 'go', '--input', input);

async function enabled(plugin: PluginFolder): Promise<void> {
  await run('add', folder(plugin));
  expect(await run('enable', plugin.id)).toMatchObject({ exitCode: 0 });
}

describe('what is not admitted, and leaves the active version as it is:', () => {
  test('a fork, other files under one version, and an older version', SLOW, async () => {
    await enabled({ id: 'acme.name', version: '2.0.0' });
    const refused = { exitCode: 4, value: { error: { code: 'PLUGINS_ADMISSION_REFUSED' } } };
    const fork = folder({ id: 'acme.name', version: '3.0.0', manifest: { publisher: 'other' } });
    expect(await run('add', fork)).toMatchObject(refused);
    const twin = folder({ id: 'acme.name', version: '2.0.0', body: 'return { twin: true };' });
    expect(await run('add', twin)).toMatchObject(refused);
    const older = folder({ id: 'acme.name', version: '1.0.0' });
    expect(await run('add', older)).toMatchObject(refused);
    expect(await run('upgrade', 'acme.name', older, '--yes')).toMatchObject(refused);
    expect(await run('add', older, '--allow-downgrade')).toMatchObject({ exitCode: 0 });
    expect(await go('acme.name', '{"n":1}')).toMatchObject({ value: { output: { n: 1 } } });
  });

  test('the same folder a second time changes nothing', SLOW, async () => {
    const directory = folder({ id: 'acme.again' });
    const first = await run('add', directory);
    expect(await run('add', directory)).toEqual(first);
  });
});

describe('what is not enabled:', () => {
  test('a plugin without what it needs, or for another phasegate', SLOW, async () => {
    await run('add', folder({ id: 'acme.top', manifest: { requires: { 'acme.base': '^2.0.0' } } }));
    const missing = { exitCode: 2, value: { error: { code: 'PLUGINS_MISSING_DEPENDENCY' } } };
    expect(await run('enable', 'acme.top')).toMatchObject(missing);
    await enabled({ id: 'acme.base', version: '1.0.0' });
    expect(await run('enable', 'acme.top')).toMatchObject(missing);
    await run('upgrade', 'acme.base', folder({ id: 'acme.base', version: '2.1.0' }), '--yes');
    expect(await run('enable', 'acme.top')).toMatchObject({ exitCode: 0 });
    expect(await run('disable', 'acme.base')).toMatchObject({
      exitCode: 2,
      value: { error: { code: 'PLUGINS_DEPENDENTS_BROKEN' } },
    });
    await run('add', folder({ id: 'acme.later', manifest: { engines: { phasegate: '>=99' } } }));
    expect(await run('enable', 'acme.later')).toMatchObject({
      exitCode: 2,
      value: { error: { code: 'PLUGINS_ENGINE_MISMATCH' } },
    });
  });

  test('a version that closes a circle, which is told whole', SLOW, async () => {
    await enabled({ id: 'acme.one' });
    await enabled({ id: 'acme.two', manifest: { requires: { 'acme.one': '*' } } });
    const circle = folder({
      id: 'acme.one',
      version: '1.1.0',
      manifest: { requires: { 'acme.two': '*' } },
    });
    const { exitCode, value } = await run('upgrade', 'acme.one', circle, '--yes');
    expect({ exitCode, value }).toMatchObject({
      exitCode: 2,
      value: { error: { code: 'PLUGINS_CYCLE' } },
    });
    expect(JSON.stringify(value)).toContain('acme.one → acme.two → acme.one');
    expect(await go('acme.one', '{"n":1}')).toMatchObject({ exitCode: 0 });
  });

  test('plugins of which each needs the other, before any of them is active', SLOW, async () => {
    await run('add', folder({ id: 'acme.hen', manifest: { requires: { 'acme.egg': '^1.0.0' } } }));
    await run('add', folder({ id: 'acme.egg', manifest: { requires: { 'acme.hen': '^1.0.0' } } }));
    expect(await run('enable', 'acme.hen')).toMatchObject({
      exitCode: 2,
      value: {
        error: {
          code: 'PLUGINS_CYCLE',
          message: expect.stringContaining('acme.hen → acme.egg → acme.hen'),
        },
      },
    });
  });

  test('what was rejected, which no person can let in', SLOW, async () => {
    await run('add', folder({ id: 'acme.broken', body: '((' }));
    expect(await run('enable', 'acme.broken')).toMatchObject({ exitCode: 4 });
  });

  test('code that does not load, while the old version goes on', SLOW, async () => {
    await enabled({ id: 'acme.breaks' });
    const next = folder({
      id: 'acme.breaks',
      version: '1.1.0',
      body: '} }; throw new Error("no"); ({ x() { if (0) {',
    });
    const { exitCode } = await run('upgrade', 'acme.breaks', next, '--yes');
    expect(exitCode).not.toBe(0);
    expect(await go('acme.breaks', '{"n":1}')).toMatchObject({ value: { output: { n: 1 } } });
  });
});

describe('what a call may not do, and takes nobody else with it:', () => {
  test('never end, ask for too much memory, or answer with something else', SLOW, async () => {
    const limits = { limits: { wallMs: 10_000, cpuMs: 500, memoryMb: 16, outputKb: 4 } };
    await enabled({
      id: 'acme.misbehaves',
      manifest: limits,
      operation: { output: { type: 'object', required: ['fine'] } },
      body: 'if (input.loop) for (;;); if (input.large) return { fine: "x".repeat(9000) }; return { lie: 1 };',
    });
    await enabled({ id: 'acme.fine' });
    const limit = { exitCode: 1, value: { error: { code: 'PLUGINS_LIMIT' } } };
    expect(await go('acme.misbehaves', '{"loop":true}')).toMatchObject(limit);
    expect(await go('acme.misbehaves', '{"large":true}')).toMatchObject(limit);
    expect(await go('acme.misbehaves', '{}')).toMatchObject({
      exitCode: 1,
      value: { error: { code: 'PLUGINS_SCHEMA_MISMATCH' } },
    });
    expect(await go('acme.fine', '{"n":1}')).toMatchObject({ exitCode: 0 });
    const { value } = await run('show', 'acme.misbehaves');
    expect(value).toMatchObject({ figures: { calls: 3, errors: 3 } });
  });

  test('take input that does not fit, is no JSON, or is too large', SLOW, async () => {
    await enabled({ id: 'acme.picky', operation: { input: { type: 'object', maxProperties: 1 } } });
    expect(await go('acme.picky', '[1]')).toMatchObject({ exitCode: 2 });
    expect(await go('acme.picky', '{"n":')).toMatchObject({
      value: { error: { code: 'CLI_USAGE' } },
    });
    expect(await go('acme.picky', '{"__proto__":1}')).toMatchObject({
      exitCode: 2,
      value: { error: { code: 'CLI_USAGE' } },
    });
    expect(await go('acme.picky', 'nowhere.json')).toMatchObject({ exitCode: 2 });
    const large = place.file('large.json', JSON.stringify({ n: 'x'.repeat(2 ** 20) }));
    expect(await go('acme.picky', large)).toMatchObject({
      exitCode: 2,
      value: { error: { code: 'APP_INVALID_INPUT_FILE' } },
    });
    expect(await run('run', 'acme.picky', 'fly', '--input', '{}')).toMatchObject({
      exitCode: 2,
      value: { error: { code: 'PLUGINS_UNKNOWN_OPERATION' } },
    });
  });

  test('be refused, and be counted as a failure of the plugin', SLOW, async () => {
    const input = { type: 'object', required: ['file'], properties: { file: {} } };
    await enabled({ id: 'acme.sound', operation: { input } });
    expect(await go('acme.sound', '{}')).toMatchObject({
      value: { error: { message: expect.stringContaining('at input.file (required)') } },
    });
    await run('stop', 'acme.sound');
    expect(await go('acme.sound', '{"file":1}')).toMatchObject({
      exitCode: 4,
      value: { error: { hint: expect.stringContaining('plugins resume') } },
    });
    await run('resume', 'acme.sound');
    expect(await go('acme.sound', '{"file":1}')).toMatchObject({ exitCode: 0 });
    expect(await run('show', 'acme.sound')).toMatchObject({
      value: { figures: { calls: 3, errors: 0, refused: 2, lastError: null } },
    });
    const { out } = await place.phasegate('plugins', 'show', 'acme.sound');
    expect(out).toContain('calls      3, 0 failed, 2 refused before\n');
    expect(out).toContain('\n  go: Goes.\n');
  });
});
