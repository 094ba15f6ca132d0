import { afterAll, describe, expect, test } from 'vitest';

import { definePlugin, type LoadedPlugin, type PluginModule } from '../contract/index.ts';
import { pluginFrom } from '../fixtures/plugin-from.ts';
import { SOUND_MANIFEST } from '../fixtures/sound-manifest.ts';
import { createIsolatedRuntime, createProcessRuntime, createTrustedRuntime } from './index.ts';
import { withoutHost } from './without-host.ts';

const isolated = createIsolatedRuntime({ minWorkers: 1, maxWorkers: 2, maxWaiting: 10 });
const separate = createProcessRuntime({ env: {} });
const trusted = createTrustedRuntime();
afterAll(async () => {
  await isolated.close();
  await separate.close();
  await trusted.close();
});

const host = withoutHost('test.plugin');
const limits = { wallMs: 1000, cpuMs: 500 };
/** For whatever begins before the plugin's own code does. */
const signal = (): AbortSignal => AbortSignal.timeout(90_000);

const METHODS: readonly (readonly [string, (plugin: LoadedPlugin) => Promise<unknown>])[] = [
  ['initialize', async (plugin) => await plugin.initialize(null, { host, signal: signal() })],
  ['validate', async (plugin) => await plugin.validate(null, signal())],
  ['health', async (plugin) => await plugin.health({ host, signal: signal() })],
];

const WAITS = 'return new Promise(() => {});';
const CIRCLES = 'for (;;);';

describe.each([
  // Nothing outside of it can end the waiting, and QuickJS knows that at once.
  ['isolated', WAITS, { runtime: isolated, code: 'PLUGINS_FAILED' }],
  ['isolated', CIRCLES, { runtime: isolated, code: 'PLUGINS_LIMIT' }],
  ['process', WAITS, { runtime: separate, code: 'PLUGINS_LIMIT' }],
  ['process', CIRCLES, { runtime: separate, code: 'PLUGINS_LIMIT' }],
] as const)('the runtime %s ends "%s"', (_name, body, { runtime, code }) => {
  test.each(METHODS)('in %s, and others answer', { timeout: 120_000 }, async (method, call) => {
    const source = (text: string): string =>
      `export default { execute: () => 1, ${method}() { ${text} } };`;
    const load = async (text: string): Promise<LoadedPlugin> => {
      const plugin = pluginFrom(source(text), { limits });
      return await runtime.load(plugin, plugin.manifest.limits);
    };
    const hanging = await load(body);
    await expect(call(hanging)).rejects.toMatchObject({ code });
    const other = await load('return undefined;');
    const order = { operation: 'go', input: null, host, signal: signal() };
    await expect(other.execute(order)).resolves.toMatchObject({ output: 1 });
    await hanging.close();
    await other.close();
  });
});

/** Its endless loop stops the process: code that the host imports itself is not held by anything. */
describe('the trusted runtime ends what waits for ever', () => {
  test.each(METHODS)('in %s', { timeout: 120_000 }, async (method, call) => {
    const module: PluginModule = {
      execute: () => 1,
      [method]: async () => await new Promise<never>(() => undefined),
    };
    const { manifestVersion: _, entry: __, kind: ___, ...sound } = SOUND_MANIFEST;
    const plugin = definePlugin({
      manifest: { ...sound, kind: 'data-processor', limits },
      ...module,
    });
    const loaded = await trusted.load(plugin, plugin.manifest.limits);
    await expect(call(loaded)).rejects.toMatchObject({ code: 'PLUGINS_LIMIT' });
    const order = { operation: 'go', input: null, host, signal: signal() };
    await expect(loaded.execute(order)).resolves.toMatchObject({ output: 1 });
    await loaded.close();
  });
});
