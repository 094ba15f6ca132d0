import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { openPlace } from '../../fixtures/run-command.ts';
import { writePlugin } from './fixtures/plugin-folder.ts';

/** A process is started, on a machine that may be busy. */
const SLOW = { timeout: 180_000 };

const place = openPlace();
afterAll(() => place[Symbol.dispose]());
const run = (...words: readonly string[]): ReturnType<typeof place.json> =>
  place.json('plugins', ...words);

function settings(name: string, toml: string): readonly string[] {
  const directory = join(place.directory, name);
  mkdirSync(directory);
  writeFileSync(join(directory, 'default.toml'), toml);
  return ['--config', directory];
}

test('a signed plugin that is named runs in a process of its own', SLOW, async () => {
  const folder = writePlugin(join(place.directory, 'node'), {
    id: 'local.node',
    body: 'return { node: typeof process.pid, own: process.pid !== input.pid };',
    manifest: { limits: { wallMs: 60_000, memoryMb: 256 } },
  });
  const key = join(place.directory, 'local-key');
  expect(await place.phasegate('plugins', 'keygen', key)).toMatchObject({ exitCode: 0 });
  expect(await run('sign', folder, '--key', `${key}.pem`)).toMatchObject({ exitCode: 0 });
  const keys = `[plugins.keys.local-key]\npublishers = ["local"]\npublic_key = """\n${readFileSync(`${key}.pub.pem`, 'utf8')}"""\n`;
  const config = settings(
    'production',
    `[plugins]\nprofile = "production"\nprocess = ["local.node"]\n${keys}`,
  );
  const added = await run('add', folder, ...config);
  expect(added).toMatchObject({ value: { tier: 'process', signed: true } });
  if (added.exitCode === 3)
    expect(await run('approve', 'local.node', ...config)).toMatchObject({ exitCode: 0 });
  expect(await run('enable', 'local.node', ...config)).toMatchObject({ exitCode: 0 });
  const input = JSON.stringify({ pid: process.pid });
  expect(await run('run', 'local.node', 'go', '--input', input, ...config)).toMatchObject({
    exitCode: 0,
    value: { output: { node: 'number', own: true } },
  });
});

test('a process of its own is not for the sandbox profile', SLOW, async () => {
  const config = settings('sandbox', '[plugins]\nprocess = ["local.node"]\n');
  const { exitCode, value } = await run('list', ...config);
  expect(exitCode).toBe(2);
  expect(JSON.stringify(value)).toContain('plugins.process');
});
