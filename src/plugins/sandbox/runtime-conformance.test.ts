import { afterAll, describe, expect, test } from 'vitest';

import type { JsonValue } from '../../kernel/index.ts';
import type { LoadedPlugin, PluginHost } from '../contract/index.ts';
import { pluginFrom, type PluginFromOptions } from '../fixtures/plugin-from.ts';
import { createIsolatedRuntime, createProcessRuntime } from './index.ts';
import { withoutHost } from './without-host.ts';

const isolated = createIsolatedRuntime({ minWorkers: 1, maxWorkers: 3, maxWaiting: 10 });
const separate = createProcessRuntime({ env: { SHARED: 'yes', HIDDEN: 'no' } });
afterAll(async () => {
  await isolated.close();
  await separate.close();
});

const NO_HOST = withoutHost('test.plugin');
const body = (text: string): string =>
  `export default { async execute(operation, input, host) { ${text} } };`;

describe.each([
  ['isolated', isolated],
  ['process', separate],
])('the runtime %s', (_name, runtime) => {
  async function load(source: string, options?: PluginFromOptions): Promise<LoadedPlugin> {
    const plugin = pluginFrom(source, {
      ...options,
      limits: { wallMs: 30_000, ...options?.limits },
    });
    return await runtime.load(plugin, plugin.manifest.limits);
  }
  async function run(
    plugin: LoadedPlugin,
    input: JsonValue = null,
    { host = NO_HOST, signal = AbortSignal.timeout(90_000) } = {},
  ): Promise<JsonValue> {
    return (await plugin.execute({ operation: 'go', input, host, signal })).output;
  }

  test('runs an operation on JSON, with its own files, and tells what it took', async () => {
    const plugin = await load(
      'import { two } from "./lib/two.js"; export default { execute: (operation, input) => ({ operation, is: input * two }) };',
      { files: { 'lib/two.js': 'export const two = 2;' } },
    );
    const call = { operation: 'go', input: 21, host: NO_HOST, signal: AbortSignal.timeout(60_000) };
    const { output, usage } = await plugin.execute(call);
    expect(output).toEqual({ operation: 'go', is: 42 });
    expect(usage.outputBytes).toBe(JSON.stringify(output).length);
    await plugin.close();
  });

  test('initializes, validates, probes and cleans up', async () => {
    const plugin = await load(
      `let set; export default { initialize(config) { set = config; }, execute: () => set, validate: (config) => (config === 1 ? [] : ['not one']), health: () => ({ status: 'degraded' }) };`,
    );
    const signal = AbortSignal.timeout(60_000);
    await plugin.initialize({ a: 1 }, { host: NO_HOST, signal });
    expect(await run(plugin)).toEqual({ a: 1 });
    expect(await plugin.validate(2, signal)).toEqual(['not one']);
    expect(await plugin.health({ host: NO_HOST, signal })).toEqual({ status: 'degraded' });
    await plugin.close();
    await plugin.close();
    await expect(run(plugin)).rejects.toMatchObject({ code: 'PLUGINS_CLOSED' });
  });

  test('serves host calls, and tells of a refusal in our own words only', async () => {
    const host: PluginHost = {
      ...NO_HOST,
      env: (name) =>
        name === 'A' ? Promise.resolve('a') : Promise.reject(new Error('password in /srv')),
    };
    const plugin = await load(
      body(
        'const said = [await host.env("A")]; for (const f of [() => host.env("B"), () => host.now()]) { try { await f(); } catch (e) { said.push(e.message); } } return said;',
      ),
    );
    expect(await run(plugin, null, { host })).toEqual([
      'a',
      'PLUGINS_HOST_FAILED: The host could not do it.',
      expect.stringMatching(/^PLUGINS_DENIED: /),
    ]);
    await plugin.close();
  });

  test.each([
    ['an endless loop', 'if (input) for (;;); return 1;', 'cpuMs'],
    ['an output that is too large', 'return input ? "x".repeat(300 * 1024) : 1;', 'outputKb'],
    [
      'host calls without end',
      'while (input) await host.now().catch(() => 0); return 1;',
      'hostCalls',
    ],
    [
      'memory without end',
      'const all = []; while (input) all.push(new Uint8Array(1e6).fill(1)); return 1;',
      'memoryMb',
    ],
  ])('stops %s at its limit, and the next call is answered', async (_what, text, limit) => {
    const cpuMs = limit === 'cpuMs' ? 300 : 20_000;
    const plugin = await load(body(text), { limits: { cpuMs, wallMs: 20_000, memoryMb: 64 } });
    await expect(run(plugin, true)).rejects.toMatchObject({
      code: 'PLUGINS_LIMIT',
      details: { limit },
    });
    expect(await run(plugin, false)).toBe(1);
    await plugin.close();
  });

  test('stops at the wall clock what waits for its host', async () => {
    const host: PluginHost = { ...NO_HOST, now: () => new Promise(() => undefined) };
    const plugin = await load(body('return await host.now();'), { limits: { wallMs: 400 } });
    await expect(run(plugin, null, { host })).rejects.toMatchObject({
      details: { limit: 'wallMs' },
    });
    await plugin.close();
  });

  test('stops when the caller does', async () => {
    const plugin = await load(body('for (;;);'), { limits: { cpuMs: 20_000, wallMs: 20_000 } });
    const caller = new AbortController();
    setTimeout(() => caller.abort(), 100);
    await expect(run(plugin, null, { signal: caller.signal })).rejects.toMatchObject({
      code: 'PLUGINS_ABORTED',
    });
    await plugin.close();
  });

  test.each([
    ['a syntax error', 'export default {'],
    ['no execute', 'export default {};'],
    ['a top level that throws', 'throw new Error("no"); export default { execute() {} };'],
  ])('refuses to load %s', async (_what, source) => {
    await expect(load(source)).rejects.toMatchObject({ code: 'PLUGINS_LOAD_FAILED' });
  });

  test.each([
    ['throws', 'throw new Error("x");'],
    ['gives what is no JSON', 'return 1n;'],
    ['gives a reserved key', `return JSON.parse('{"__proto__":1}');`],
    ['gives what is not finite', 'return NaN;'],
  ])('tells of a plugin that %s, and goes on', async (_what, text) => {
    const plugin = await load(body(`if (input) { ${text} } return 1;`));
    await expect(run(plugin, true)).rejects.toMatchObject({ code: 'PLUGINS_FAILED' });
    expect(await run(plugin, false)).toBe(1);
    await plugin.close();
  });
});

describe('a process', () => {
  const load = async (source: string, options?: PluginFromOptions): Promise<LoadedPlugin> => {
    const plugin = pluginFrom(source, { limits: { wallMs: 30_000 }, ...options });
    return await separate.load(plugin, plugin.manifest.limits);
  };
  const run = async (plugin: LoadedPlugin, input: JsonValue = null): Promise<JsonValue> => {
    const signal = AbortSignal.timeout(90_000);
    return (await plugin.execute({ operation: 'go', input, host: NO_HOST, signal })).output;
  };

  test('has Node, an empty folder, the named variables, and neither files nor children', async () => {
    const plugin = await load(
      `import { readdirSync, readFileSync, writeFileSync } from 'node:fs'; import { spawnSync } from 'node:child_process';
       export default { execute() { const seen = [Object.keys(process.env).filter((name) => !name.startsWith('__')), readCode(() => readFileSync('/etc/passwd')), readCode(() => writeFileSync('x', 'y')), readCode(() => spawnSync('true'))]; console.log('noise'); return seen; } };
       function readCode(run) { try { run(); return 'done'; } catch (error) { return error.code; } }`,
      { permissions: { env: { names: ['SHARED'] } } },
    );
    expect(await run(plugin)).toEqual([
      ['SHARED'],
      'ERR_ACCESS_DENIED',
      'ERR_ACCESS_DENIED',
      'ERR_ACCESS_DENIED',
    ]);
    await plugin.close();
  });

  test('starts no programs, whatever its manifest asks to start: that permission is for mounted servers', async () => {
    const plugin = await load(
      `import { spawnSync } from 'node:child_process';
       export default { execute() { try { spawnSync('true'); return 'done'; } catch (error) { return error.code; } } };`,
      { permissions: { spawn: { commands: ['true'] } } },
    );
    expect(await run(plugin)).toBe('ERR_ACCESS_DENIED');
    await plugin.close();
  });

  test('that ends itself is a crash, and the next call has a fresh one, initialized', async () => {
    const plugin = await load(
      'let set; let calls = 0; export default { initialize(config) { set = config; }, execute(_, input) { if (input) process.exit(3); return [set, ++calls]; } };',
    );
    await plugin.initialize('well', { host: NO_HOST, signal: AbortSignal.timeout(60_000) });
    expect(await run(plugin)).toEqual(['well', 1]);
    await expect(run(plugin, true)).rejects.toMatchObject({ code: 'PLUGINS_CRASHED' });
    expect(await run(plugin)).toEqual(['well', 1]);
    await plugin.close();
  });
});
