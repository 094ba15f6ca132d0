import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { ruleOperations } from '../../../plugins/index.ts';
import { openPlace } from '../../fixtures/run-command.ts';

/** Each command opens the registry anew, on a machine that may be busy. */
const SLOW = { timeout: 240_000 };

const place = openPlace();
afterAll(() => place[Symbol.dispose]());

const PACK = {
  id: 'expenses',
  version: '1.0.0',
  facts: {
    type: 'object',
    properties: { amount: { type: 'number', unit: 'EUR' } },
    additionalProperties: false,
  },
  thresholds: { limit: { value: 60, unit: 'EUR' } },
  rules: [
    {
      id: 'within-limit',
      expression: 'amount <= thresholds.limit',
      message: 'It is over the limit.',
      remedy: 'Ask for an exception.',
    },
  ],
};

function folder(name: string, pack: object): string {
  const directory = join(place.directory, name);
  mkdirSync(directory);
  const manifest = {
    manifestVersion: 1,
    id: `local.${name}`,
    version: '1.0.0',
    kind: 'business-rule',
    title: 'Expenses',
    publisher: 'local',
    engines: { phasegate: '*' },
    entry: 'rules.json',
    permissions: {},
    contributes: { operations: ruleOperations(PACK.facts, [{ amount: 50 }]) },
  };
  writeFileSync(join(directory, 'phasegate.plugin.json'), JSON.stringify(manifest));
  writeFileSync(join(directory, 'rules.json'), JSON.stringify(pack, null, 2));
  return directory;
}

test('a folder that holds rules and no code is scanned, added and asked', SLOW, async () => {
  const directory = folder('expenses', PACK);
  expect(await place.json('plugins', 'scan', directory)).toMatchObject({
    exitCode: 0,
    value: { decision: 'accept' },
  });
  expect(await place.json('plugins', 'add', directory)).toMatchObject({ exitCode: 0 });
  expect(await place.json('plugins', 'enable', 'local.expenses')).toMatchObject({ exitCode: 0 });
  const facts = ['--input', '{"facts":{"amount":61}}'];
  expect(await place.json('plugins', 'run', 'local.expenses', 'decide', ...facts)).toMatchObject({
    value: { output: { outcome: 'decided', failed: ['within-limit'] } },
  });
});

test.each(['scan', 'add'])(
  '%s tells of a mistake in the rules by its place',
  SLOW,
  async (word) => {
    const rules = [{ ...PACK.rules[0], expression: 'amont <= thresholds.limit' }];
    const directory = folder(`broken-${word}`, { ...PACK, rules });
    const { exitCode, value } = await place.json('plugins', word, directory);
    expect(exitCode).toBe(2);
    expect(JSON.stringify(value)).toMatch(/PLUGINS_INVALID_MANIFEST.*rules\.json:23:22/);
  },
);
