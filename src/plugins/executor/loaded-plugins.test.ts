import { expect, test } from 'vitest';

import type { PluginModule, PluginPackage } from '../contract/index.ts';
import { pluginFrom } from '../fixtures/plugin-from.ts';
import { activate, openTestPlugins, USER } from '../fixtures/test-plugins.ts';
import type { ActivePlugin } from '../registry/registry-parts.ts';
import { versionsOf } from '../registry/version-records.ts';
import { createIsolatedRuntime, createTrustedRuntime, withoutHost } from '../sandbox/index.ts';
import { createLoadedPlugins, DEFAULT_LOADING } from './loaded-plugins.ts';

test('a plugin that nobody calls is unloaded, cleans up, and is loaded afresh by the next call', async () => {
  const told: string[] = [];
  const module: PluginModule = {
    initialize: () => void told.push('initialized'),
    execute: () => 1,
    cleanup: () => void told.push('cleaned up'),
  };
  const plugin: PluginPackage = { ...pluginFrom(''), module };
  const { manifest, digest } = plugin;
  const active = {
    version: { id: manifest.id, digest, manifest, tier: 'trusted' },
    config: {},
    previous: undefined,
    // Nothing else of a version is asked for to load it.
  } as unknown as ActivePlugin;
  const loaded = createLoadedPlugins({
    runtimes: { trusted: createTrustedRuntime() },
    packageOf: async () => plugin,
    hostOf: () => withoutHost(manifest.id),
    quarantine: async () => undefined,
    settings: { ...DEFAULT_LOADING, idleUnloadMs: 1 },
  });
  await loaded.use(active, async () => undefined);
  await expect.poll(() => loaded.condition(manifest.id).loaded, { timeout: 60_000 }).toBe(false);
  await expect.poll(() => told, { timeout: 60_000 }).toEqual(['initialized', 'cleaned up']);
  await loaded.use(active, async () => undefined);
  expect(told.at(-1)).toBe('initialized');
  await loaded.close();
});

test(
  'a plugin that crashes again and again is quarantined, refused from then on, and takes no other one with it',
  { timeout: 240_000 },
  async () => {
    const isolated = createIsolatedRuntime({ minWorkers: 1, maxWorkers: 3, maxWaiting: 10 });
    const { plugins, database, close } = await openTestPlugins({
      isolated,
      loading: { failuresUntilOpen: 100, crashesUntilQuarantine: 3 },
    });
    const source = 'export default { execute: () => { for (;;); } };';
    const { manifest, digest } = await activate(plugins, source, { limits: { cpuMs: 50 } });
    const call = { plugin: manifest.id, operation: 'go', input: null, caller: USER };
    for (let n = 0; n < 3; n++)
      // oxlint-disable-next-line no-await-in-loop
      await expect(plugins.executor.execute(call)).rejects.toMatchObject({ code: 'PLUGINS_LIMIT' });
    await expect(plugins.executor.execute(call)).rejects.toMatchObject({
      code: 'PLUGINS_CALL_REFUSED',
      message: expect.stringContaining('quarantined') as string,
    });
    const versions = await versionsOf(database.reader);
    expect(versions.find((version) => version.digest === digest)?.state).toBe('quarantined');
    await close();
    await isolated.close();
  },
);
