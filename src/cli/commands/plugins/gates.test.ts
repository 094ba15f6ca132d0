import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { openPlace, WHOLE_BRIEF } from '../../fixtures/run-command.ts';
import { writePlugin } from './fixtures/plugin-folder.ts';

/** Each test runs several commands, on a machine that may be busy. */
const SLOW = { timeout: 180_000 };

const place = openPlace();
afterAll(() => place[Symbol.dispose]());

function settings(name: string, gates: string): readonly string[] {
  const directory = join(place.directory, name);
  mkdirSync(directory);
  writeFileSync(join(directory, 'default.toml'), `[plugins]\ngates = [${gates}]\n`);
  return ['--config', directory];
}

const gate = (more = ''): string =>
  `{ plugin = "local.law", workflow = "email-campaign", from = "requirements", to = "strategy"${more} }`;
const run = (config: readonly string[]): ReturnType<typeof place.json> =>
  place.json('run', 'email-campaign', '--input', WHOLE_BRIEF, ...config);

test('the check of a plugin holds a gate, and what cannot be asked denies', SLOW, async () => {
  const config = settings('bound', gate());
  const before = await run(config);
  expect(before.exitCode).toBe(4);
  expect(JSON.stringify(before.value)).toContain('it is not active');

  const folder = writePlugin(join(place.directory, 'law'), {
    id: 'local.law',
    manifest: { kind: 'compliance-validator' },
    operation: {
      name: 'check-law',
      input: { type: 'object', properties: { input: { type: 'object' } } },
      output: {
        type: 'object',
        required: ['outcome'],
        properties: {
          outcome: { enum: ['pass', 'fail', 'undetermined'] },
          message: { type: 'string' },
        },
      },
    },
    body: "return { outcome: 'fail', message: 'The house law forbids it.' };",
  });
  expect(await place.json('plugins', 'add', folder)).toMatchObject({ exitCode: 0 });
  expect(await place.json('plugins', 'enable', 'local.law')).toMatchObject({ exitCode: 0 });
  const denied = await run(config);
  expect(denied.exitCode).toBe(4);
  expect(JSON.stringify(denied.value)).toContain('The house law forbids it.');

  const warned = await run(settings('warned', gate(', mode = "warn"')));
  expect(warned.exitCode).toBe(3);

  const stop = await place.json('plugins', 'stop', 'local.law', '--reason', 'drill');
  expect(stop).toMatchObject({ exitCode: 0 });
  expect((await run(config)).exitCode).toBe(4);
});

test('a gate that is not there is refused before anything runs', SLOW, async () => {
  const lost = settings('lost', gate().replace('"strategy"', '"nowhere"'));
  expect(await run(lost)).toMatchObject({ value: { error: { code: 'APP_UNKNOWN_GATE' } } });
});
