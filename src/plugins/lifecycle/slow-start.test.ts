import { expect, test } from 'vitest';

import type { PluginRuntime } from '../contract/index.ts';
import { activate, openTestPlugins } from '../fixtures/test-plugins.ts';

const WALL_MS = 20;

/** A runtime on a busy machine: what it does before the plugin's own code runs takes longer than that code may. */
const busy: PluginRuntime = {
  tier: 'isolated',
  load: async () => {
    await longer();
    return {
      initialize: async (_config, { signal }) => await begins(signal),
      execute: async () => ({ output: 1, usage: { wallMs: 0, outputBytes: 1 } }),
      validate: async (_config, signal) => {
        await begins(signal);
        return [];
      },
      health: async ({ signal }) => {
        await begins(signal);
        return { status: 'healthy' };
      },
      close: async () => undefined,
    };
  },
  close: async () => undefined,
};

test('enables a plugin however long the machine takes to begin with its code', async () => {
  const opened = await openTestPlugins({ isolated: busy });
  const { manifest } = await activate(opened.plugins, '', { limits: { wallMs: WALL_MS } });
  expect(await opened.plugins.health(manifest.id)).toEqual({ status: 'healthy' });
  await opened.close();
});

async function begins(signal: AbortSignal): Promise<void> {
  await longer();
  signal.throwIfAborted();
}

async function longer(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 5 * WALL_MS);
  });
}
