import { afterAll, expect, test } from 'vitest';

import { openPlace } from '../../../fixtures/run-command.ts';
import { pluginFolders, type PluginFolder } from '../fixtures/plugin-folder.ts';

const SLOW = { timeout: 240_000 };

const place = openPlace();
afterAll(() => place[Symbol.dispose]());

const folder = pluginFolders(place);

async function enabled(plugin: PluginFolder): Promise<void> {
  await place.json('plugins', 'add', folder(plugin));
  expect(await place.json('plugins', 'enable', plugin.id)).toMatchObject({ exitCode: 0 });
}

test('a failure names what its host had refused, and what lets it', SLOW, async () => {
  await enabled({
    id: 'acme.rates',
    manifest: { permissions: { net: { hosts: ['api.example.com'], methods: ['GET'] } } },
    body: "return await host.fetch({ url: 'https://api.example.com/rates' });",
  });
  expect(await place.json('plugins', 'run', 'acme.rates', 'go', '--input', '{}')).toMatchObject({
    exitCode: 1,
    value: {
      error: {
        code: 'PLUGINS_FAILED',
        message:
          'Plugin acme.rates failed in "go": its code threw an error. Before that: Plugin acme.rates may not use "net": ' +
          'the policy of this installation forbids it.',
        hint: expect.stringContaining('[plugins.policy]'),
      },
    },
  });
});

test('what the plugin itself says is told to whoever asks, and to nobody else', SLOW, async () => {
  await enabled({ id: 'acme.thrower', body: "throw new Error('the third row is odd');" });
  const call = ['plugins', 'run', 'acme.thrower', 'go', '--input', '{}'] as const;
  const silent = await place.phasegate(...call);
  expect(silent.err).toContain('its code threw an error.');
  expect(silent.err).not.toContain('odd');
  const told = await place.phasegate(...call, '--why');
  expect(told.exitCode).toBe(1);
  expect(told.err).toContain('The plugin says: Error: the third row is odd');
});

test('a call that can never end is told apart from one that threw', SLOW, async () => {
  await enabled({ id: 'acme.waiter', body: 'return await new Promise(() => {});' });
  expect(await place.json('plugins', 'run', 'acme.waiter', 'go', '--input', '{}')).toMatchObject({
    value: { error: { message: expect.stringContaining('can never come') } },
  });
});
