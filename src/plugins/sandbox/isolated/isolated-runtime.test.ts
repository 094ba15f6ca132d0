import { afterAll, beforeAll, expect, test } from 'vitest';

import type { JsonValue } from '../../../kernel/index.ts';
import type { LoadedPlugin, PluginHost, PluginRuntime } from '../../contract/index.ts';
import { pluginFrom } from '../../fixtures/plugin-from.ts';
import { withoutHost } from '../without-host.ts';
import { createIsolatedRuntime } from './isolated-runtime.ts';

let runtime: PluginRuntime;
const signal = new AbortController().signal;

beforeAll(() => {
  runtime = createIsolatedRuntime();
});
afterAll(() => runtime.close());

async function load(
  source: string,
  options: Parameters<typeof pluginFrom>[1] = {},
): Promise<LoadedPlugin> {
  const plugin = pluginFrom(source, options);
  return await runtime.load(plugin, plugin.manifest.limits);
}

async function run(
  plugin: LoadedPlugin,
  input: JsonValue = null,
  host = withoutHost('test.plugin'),
): Promise<JsonValue> {
  return (await plugin.execute({ operation: 'go', input, host, signal })).output;
}

const body = (text: string): string =>
  `export default { async execute(operation, input, host) { ${text} } };`;

test('runs an operation and gives its output, with what it took', async () => {
  const plugin = await load(body('return { operation, twice: input * 2 };'));
  const { output, usage } = await plugin.execute({
    operation: 'go',
    input: 21,
    host: withoutHost('t.t'),
    signal,
  });
  expect(output).toEqual({ operation: 'go', twice: 42 });
  expect(usage.outputBytes).toBe(JSON.stringify(output).length);
  expect(usage.cpuMs).toBeLessThan(1000);
});

test('imports its own files and nothing else', async () => {
  const files = {
    'lib/two.js': 'export { two } from "./deep/two.js";',
    'lib/deep/two.js': 'export const two = 2;',
  };
  const entry = 'import { two } from "./lib/two.js"; export default { execute: () => two };';
  expect(await run(await load(entry, { files }))).toBe(2);
  for (const foreign of [
    'node:fs',
    'fs',
    '/etc/passwd',
    '../../outside.js',
    'https://a.example/x.js',
  ]) {
    const wanted = `import * as x from ${JSON.stringify(foreign)}; export default { execute: () => 1 };`;
    // One plugin after the other.
    // oxlint-disable-next-line no-await-in-loop
    await expect(load(wanted)).rejects.toMatchObject({ code: 'PLUGINS_LOAD_FAILED' });
  }
});

test.each([
  ['has no default export', 'export const execute = () => 1;'],
  ['exports null', 'export default null;'],
  ['has no function of that name', 'export default { execute: 1 };'],
  ['throws when it is looked at', 'export default { get execute() { throw new Error("no"); } };'],
])('refuses to load a module that %s', async (_what, source) => {
  await expect(load(source)).rejects.toMatchObject({ code: 'PLUGINS_LOAD_FAILED' });
});

test('initializes each instance with the settings before its first call', async () => {
  const plugin = await load(
    'let set; export default { initialize(config) { set = config; }, execute: () => set };',
  );
  await plugin.initialize({ greeting: 'hello' }, { host: withoutHost('t.t'), signal });
  expect(await run(plugin)).toEqual({ greeting: 'hello' });
});

test('hands host calls over as JSON, several at a time, and gives their answers back', async () => {
  const asked: string[] = [];
  const host: PluginHost = {
    ...withoutHost('t.t'),
    env: (name) => {
      asked.push(name);
      return Promise.resolve(name === 'A' ? 'a' : null);
    },
  };
  const plugin = await load(body('return await Promise.all([host.env("A"), host.env("B")]);'));
  expect(await run(plugin, null, host)).toEqual(['a', null]);
  expect(asked).toEqual(['A', 'B']);
});

test('lets a plugin catch a refusal of its host, which says no more than our own error does', async () => {
  const host: PluginHost = {
    ...withoutHost('t.t'),
    env: () => Promise.reject(new Error('password=hunter2 in /srv/host')),
  };
  const plugin = await load(
    body(
      'const said = []; for (const f of [() => host.env("A"), () => host.now()]) { try { await f(); } catch (e) { said.push(e.message); } } return said;',
    ),
  );
  expect(await run(plugin, null, host)).toEqual([
    'PLUGINS_HOST_FAILED: The host could not do it.',
    expect.stringMatching(/^PLUGINS_DENIED: /),
  ]);
});

test.each([
  ['an endless loop', 'for (;;);', 'cpuMs'],
  [
    'an endless loop of promises',
    'const again = () => Promise.resolve().then(again); await again();',
    'cpuMs',
  ],
  ['a regular expression made to be slow', 'return /(a+)+$/.test("a".repeat(40) + "b");', 'cpuMs'],
  ['memory without end', 'const all = []; for (;;) all.push(new Uint8Array(1e6));', 'memoryMb'],
  ['an output that is too large', 'return "x".repeat(300 * 1024);', 'outputKb'],
  ['host calls without end', 'for (;;) await host.now().catch(() => 0);', 'hostCalls'],
])('stops %s at its limit', async (_name, text, limit) => {
  const plugin = await load(body(text), {
    limits: { cpuMs: limit === 'cpuMs' ? 200 : 10_000, wallMs: 20_000 },
  });
  await expect(run(plugin)).rejects.toMatchObject({ code: 'PLUGINS_LIMIT', details: { limit } });
  const sound = await load(body('return 1;'));
  expect(await run(sound)).toBe(1);
});

test('ends the thread of a plugin that is stuck in a built-in, and goes on with others meanwhile', async () => {
  const stuck = await load(
    body(
      'const a = Array.from({ length: 300000 }, (_, i) => i % 7); for (let i = 0; i < 50; i++) a.sort(); JSON.stringify(a.map(() => "x".repeat(50)).join("")).split("").reverse().join("").indexOf("y"); for (;;) a.lastIndexOf(-1);',
    ),
    { limits: { cpuMs: 100, wallMs: 3000 } },
  );
  const sound = await load(body('return 1;'));
  const stopped = run(stuck).catch((error: unknown) => error);
  expect(await run(sound)).toBe(1);
  expect(await stopped).toMatchObject({ code: 'PLUGINS_LIMIT' });
  expect(await run(sound)).toBe(1);
});

test('stops at the wall clock what waits for its host, and the instance after it is fresh', async () => {
  const host: PluginHost = { ...withoutHost('t.t'), now: () => new Promise(() => undefined) };
  const plugin = await load(
    'let calls = 0; export default { async execute(_, input, host) { calls++; if (input) await host.now(); return calls; } };',
    { limits: { wallMs: 4000 } },
  );
  await expect(run(plugin, true, host)).rejects.toMatchObject({ details: { limit: 'wallMs' } });
  expect(await run(plugin, false)).toBe(1);
});

test('tells at once that a call waits for nothing', async () => {
  const plugin = await load(body('await new Promise(() => undefined);'));
  await expect(run(plugin)).rejects.toMatchObject({ code: 'PLUGINS_FAILED' });
});

test('stops when the caller does', async () => {
  const plugin = await load(body('for (;;);'), { limits: { cpuMs: 5000 } });
  const caller = new AbortController();
  const call = plugin.execute({
    operation: 'go',
    input: null,
    host: withoutHost('t.t'),
    signal: caller.signal,
  });
  setTimeout(() => caller.abort(), 50);
  await expect(call).rejects.toMatchObject({ code: 'PLUGINS_ABORTED' });
});

test("does not hold its caller's time against a plugin", async () => {
  const host: PluginHost = { ...withoutHost('t.t'), now: () => new Promise(() => undefined) };
  const plugin = await load(body('return await host.now();'), { limits: { wallMs: 120_000 } });
  const short = AbortSignal.timeout(50);
  const call = plugin.execute({ operation: 'go', input: null, host, signal: short });
  await expect(call).rejects.toMatchObject({ code: 'PLUGINS_ABORTED' });
});

test.each([
  ['a syntax error', 'export default {'],
  ['no default export', 'export const execute = () => 1;'],
  ['a default export without execute', 'export default {};'],
  ['a loop at its top level', 'for (;;); export default { execute() {} };'],
  [
    'a top level that waits for ever',
    'await new Promise(() => 0); export default { execute() {} };',
  ],
  ['a top level that throws', 'throw new Error("no"); export default { execute() {} };'],
])('refuses to load %s', async (_name, source) => {
  await expect(load(source)).rejects.toMatchObject({
    code: expect.stringMatching(/^PLUGINS_(LOAD_FAILED|LIMIT)$/) as string,
  });
});

test('keeps clock and chance from a plugin that did not ask for them, and gives them to one that did', async () => {
  const source = body(
    'const tried = []; for (const f of [() => Date.now(), () => new Date(), () => Date(), () => new (new Date(0).constructor)(), () => Math.random(), () => Reflect.construct(Date, [])]) { try { tried.push(typeof f()); } catch { tried.push("refused"); } } return [new Date(0).getTime(), ...tried];',
  );
  expect(await run(await load(source))).toEqual([0, ...Array.from({ length: 6 }, () => 'refused')]);
  const allowed = await load(source, { permissions: { time: true, random: true } });
  expect(await run(allowed)).toEqual([
    0,
    'number',
    'object',
    'string',
    'object',
    'number',
    'object',
  ]);
});

test.each([
  ['time', ['number', 'refused']],
  ['random', ['refused', 'number']],
])('gives %s alone to a plugin that asked for no more', async (permission, expected) => {
  const source = body(
    'return [() => Date.now(), () => Math.random()].map((f) => { try { return typeof f(); } catch { return "refused"; } });',
  );
  const plugin = await load(source, { permissions: { [permission]: true } });
  expect(await run(plugin)).toEqual(expected);
});

test('answers a hundred calls at a time', async () => {
  const plugin = await load(body('return input + 1;'));
  const inputs = Array.from({ length: 100 }, (_, index) => index);
  expect(await Promise.all(inputs.map((input) => run(plugin, input)))).toEqual(
    inputs.map((input) => input + 1),
  );
});

test('lets an unloaded plugin clean up, and refuses it afterwards', async () => {
  const plugin = await load(
    'export default { execute: () => 1, cleanup() { throw new Error("ignored? no: reported"); } };',
  );
  await expect(plugin.close()).rejects.toMatchObject({ code: 'PLUGINS_FAILED' });
  await expect(run(plugin)).rejects.toMatchObject({ code: 'PLUGINS_CLOSED' });
  await plugin.close();
});

test('loses no thread to a plugin whose cleanup never ends', async () => {
  const narrow = createIsolatedRuntime({ minWorkers: 1, maxWorkers: 1, maxWaiting: 10 });
  const loadIn = async (source: string): Promise<LoadedPlugin> => {
    const plugin = pluginFrom(source, { limits: { cpuMs: 100 } });
    return await narrow.load(plugin, plugin.manifest.limits);
  };
  const stuck = await loadIn(
    'export default { execute: () => 1, cleanup() { const a = []; a.length = 4294967295; a.lastIndexOf(3); } };',
  );
  await expect(stuck.close()).rejects.toMatchObject({ code: 'PLUGINS_LIMIT' });
  expect(await run(await loadIn(body('return 1;')))).toBe(1);
  await narrow.close();
});
