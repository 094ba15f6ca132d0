import { expect, test } from 'vitest';

import { OPERATOR, openTestPlugins } from '../fixtures/test-plugins.ts';
import { readManifest } from '../package/index.ts';
import { addPlugin } from '../registry/admission.ts';
import { createTrustedRuntime } from '../sandbox/index.ts';
import { csvCleaner } from './data-processor/index.ts';
import { violatingPlugins } from './fixtures/violating-plugins.ts';

const greedy = {
  ...csvCleaner.manifest,
  permissions: { net: { hosts: ['a.example'], methods: ['GET'] } },
};

test('a manifest whose permissions are not those of its kind is refused with the place', () => {
  const text = JSON.stringify(greedy, null, 2);
  const line = text.split('\n').findIndex((content) => content.includes('"net"')) + 1;
  expect(() => readManifest(text, 'phasegate.plugin.json')).toThrow(
    `phasegate.plugin.json:${line}:12 permissions.net: A data-processor may not ask for it`,
  );
});

test('a manifest that fits its kind is read', () => {
  expect(readManifest(JSON.stringify(csvCleaner.manifest), 'x.json').id).toBe(
    csvCleaner.manifest.id,
  );
});

test('a registry admits what fits its kind, and nothing of what does not is written', async () => {
  const opened = await openTestPlugins({ isolated: createTrustedRuntime() });
  const order = { caller: OPERATOR, source: 'test', tier: 'trusted' } as const;
  const { parts } = opened.plugins;
  const unfit = violatingPlugins.find(({ found }) => found.includes('may not ask for it'));
  if (unfit === undefined) throw new Error('There is a plugin that asks for too much.');
  await expect(addPlugin(parts, unfit.plugin, order)).rejects.toMatchObject({
    code: 'PLUGINS_INVALID_MANIFEST',
    problems: [expect.objectContaining({ path: 'permissions.net' })],
  });
  expect(opened.events).toEqual([]);
  expect(await addPlugin(parts, csvCleaner, order)).toMatchObject({ state: 'registered' });
  await opened.close();
});
