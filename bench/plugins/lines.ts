import { setTimeout as sleep } from 'node:timers/promises';

import { tool } from '@langchain/core/tools';
import { z } from 'zod';

import {
  createIsolatedRuntime,
  createProcessRuntime,
  createTrustedRuntime,
  planFromTemplate,
  toolsFor,
  versionsOf,
  type LoadedPlugin,
  type PluginPackage,
  type PluginRuntime,
} from '../../src/plugins/index.ts';
import { pluginFrom } from '../../src/plugins/fixtures/plugin-from.ts';
import { withoutHost } from '../../src/plugins/sandbox/index.ts';
import { medianOf } from '../measure/alternate.ts';
import { openMcp, openWorker, type Peer } from './peers.ts';
import {
  enable,
  openRegistry,
  packageOf,
  register,
  scan,
  SOURCE,
  templateOf,
  USER,
} from './subject.ts';

/** One figure. */
export interface PluginLine {
  readonly what: string;
  readonly unit: 'us' | 'ms' | 'MiB';
  readonly value: number;
  readonly atMost?: number;
}

const HOST = withoutHost('bench.plugin');
const signal = new AbortController().signal;
const MIB = 2 ** 20;

/** The middle of the microseconds that each of `rounds` pieces of work takes, after a tenth of them as warm-up. */
async function each(rounds: number, work: (n: number) => unknown): Promise<number> {
  return medianOf(await times(rounds, work));
}

/** Microseconds of each of `rounds` pieces of work, after a tenth of them as warm-up. */
async function times(rounds: number, work: (n: number) => unknown): Promise<readonly number[]> {
  for (let n = 0; n < rounds / 10; n++) await work(n);
  const took: number[] = [];
  for (let n = 0; n < rounds; n++) {
    const started = performance.now();
    await work(n);
    took.push((performance.now() - started) * 1000);
  }
  return took;
}

const go = async (plugin: LoadedPlugin, n = 1): Promise<unknown> =>
  await plugin.execute({ operation: 'go', input: { n }, host: HOST, signal });

/** What a scan at registration and a load from a warm pool take. */
export async function admission(rounds: number): Promise<readonly PluginLine[]> {
  const filler = Array.from({ length: 60 }, (_, n) => {
    return `export function step${n}(rows) { return rows.filter((row) => row.at > ${n}).map((row) => row); }\n`;
  });
  const small = pluginFrom(`${SOURCE}\n${'// a comment of some length\n'.repeat(8)}`);
  const large = pluginFrom(`${filler.join('')}${SOURCE}`);
  const scanned = async (plugin: PluginPackage): Promise<readonly number[]> =>
    (await times(rounds, () => scan(plugin, { status: 'none' }))).map((took) => took / 1000);
  const runtime = createIsolatedRuntime();
  await sleep(500);
  const took: number[] = [];
  for (let n = 0; n < rounds / 2; n++) {
    const plugin = packageOf(`load${n}`);
    const { manifest } = plugin;
    const started = performance.now();
    const loaded = await runtime.load({ ...plugin, digest: `load-${n}` }, manifest.limits);
    took.push(performance.now() - started);
    await loaded.close();
    // As in a registry, where plugins are not loaded back to back.
    await sleep(40);
  }
  await runtime.close();
  return [
    ...spread('Scan of 300 B (pass 1)', await scanned(small), 0.5),
    ...spread('Scan of 6 KB (pass 1)', await scanned(large), 2),
    ...spread('Load into a warm pool', took, 0.6),
  ];
}

/** The middle, and the quickest: on a busy machine the latter tells more of the work, the former of the machine. */
function spread(what: string, took: readonly number[], atMost: number): readonly PluginLine[] {
  return [
    { what, unit: 'ms', value: medianOf(took), atMost },
    { what: `${what}, the quickest`, unit: 'ms', value: Math.min(...took) },
  ];
}

/** What one warm call takes, in every tier and beside other ways. */
export async function calls(rounds: number): Promise<readonly PluginLine[]> {
  const module = {
    execute: (_: string, input: unknown) => ({ is: (input as { n: number }).n + 1 }),
  };
  const trusted = { ...packageOf('trusted'), files: new Map(), module };
  await using registry = await openRegistry([trusted]);
  const { plugins } = registry;
  await enable(plugins, trusted, 'trusted');
  await enable(plugins, packageOf('isolated'), 'isolated');
  const call = (plugin: string) => async (n: number) =>
    await plugins.executor.execute({ plugin, operation: 'go', input: { n }, caller: USER });
  const allow = ['bench.trusted/go'];
  const [guarded] = await toolsFor(plugins.executor, { caller: USER, allow });
  const bare = tool(({ n }) => ({ is: n + 1 }), {
    name: 'go',
    schema: z.object({ n: z.number() }),
  });
  const lines: PluginLine[] = [
    {
      what: 'A bare LangChain tool',
      unit: 'us',
      value: await each(rounds, (n) => bare.invoke({ n })),
    },
    {
      what: 'A trusted plugin as a LangChain tool',
      unit: 'us',
      value: await each(rounds, (n) => guarded?.invoke({ n })),
    },
    {
      what: 'A trusted plugin through the executor',
      unit: 'us',
      value: await each(rounds, call('bench.trusted')),
    },
    {
      what: 'An isolated plugin through the executor',
      unit: 'us',
      value: await each(rounds, call('bench.isolated')),
    },
  ];
  return [...lines, ...(await runtimesAlone(rounds, trusted)), ...(await beside(rounds))];
}

/** Many plugins, many calls, and one that does not end. */
export async function crowds(count: number): Promise<readonly PluginLine[]> {
  const runtime = createIsolatedRuntime();
  const sound = packageOf('sound');
  const plugin = await runtime.load(sound, sound.manifest.limits);
  const hundred = await each(20, () => Promise.all(Array.from({ length: 100 }, () => go(plugin))));
  const { stopped, other } = await endless(runtime, plugin);
  const before = process.memoryUsage().rss;
  for (let n = 0; n < 60; n++) {
    const next = packageOf(`active${n}`);
    await go(await runtime.load(next, next.manifest.limits));
  }
  const active = (process.memoryUsage().rss - before) / MIB;
  await runtime.close();
  return [
    { what: '100 calls of an isolated plugin at once, all', unit: 'ms', value: hundred / 1000 },
    { what: 'Stop an endless loop beyond its 100 ms', unit: 'ms', value: stopped - 100 },
    {
      what: 'Another plugin answered meanwhile, the slowest',
      unit: 'ms',
      value: other,
      atMost: 100,
    },
    { what: '60 isolated plugins active, resident memory', unit: 'MiB', value: active },
    ...(await registered(count)),
  ];
}

async function endless(
  runtime: PluginRuntime,
  sound: LoadedPlugin,
): Promise<{ stopped: number; other: number }> {
  const loop = pluginFrom('export default { execute() { for (;;); } };', {
    limits: { cpuMs: 100 },
  });
  const stuck = await runtime.load(loop, loop.manifest.limits);
  const started = performance.now();
  let stopped = 0;
  const ending = go(stuck).catch(() => {
    stopped = performance.now() - started;
  });
  let other = 0;
  const ended = (): boolean => stopped > 0;
  while (!ended()) {
    const asked = performance.now();
    await go(sound);
    other = Math.max(other, performance.now() - asked);
  }
  await ending;
  return { stopped, other };
}

async function registered(count: number): Promise<readonly PluginLine[]> {
  await using registry = await openRegistry([]);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const started = performance.now();
  for (let n = 0; n < count; n++) await register(registry.plugins, packageOf(`p${n}`));
  const took = (performance.now() - started) / count;
  globalThis.gc?.();
  const heap = (process.memoryUsage().heapUsed - before) / MIB;
  const list = await each(20, () => versionsOf(registry.database.reader));
  const { search } = registry.plugins;
  const query = { kind: 'integration-connector', capability: 'go', text: 'a test' } as const;
  const found = await each(200, () => search.find(query));
  globalThis.gc?.();
  const indexed = (process.memoryUsage().heapUsed - before) / MIB;
  return [
    { what: 'Registration on SQLite, scan and all', unit: 'ms', value: took },
    { what: `${count} plugins registered, heap`, unit: 'MiB', value: heap, atMost: 25 },
    { what: `${count} plugins registered, all listed`, unit: 'ms', value: list / 1000 },
    { what: `${count} plugins, search`, unit: 'ms', value: found / 1000, atMost: 1 },
    {
      what: `${count} plugins, listed and searched, heap`,
      unit: 'MiB',
      value: indexed,
      atMost: 25,
    },
    ...(await templates(count)),
  ];
}

/** Templates of an installation, and one made into a plan. */
async function templates(count: number): Promise<readonly PluginLine[]> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const all = Array.from({ length: count }, (_, n) => templateOf(n));
  globalThis.gc?.();
  const heap = (process.memoryUsage().heapUsed - before) / MIB;
  const made = await each(1000, (n) => {
    const document = all[n % count];
    return document === undefined ? undefined : planFromTemplate(document, { document: `d${n}` });
  });
  return [
    { what: `${count} templates, heap`, unit: 'MiB', value: heap, atMost: 25 },
    { what: 'A template made into a plan', unit: 'ms', value: made / 1000, atMost: 0.1 },
  ];
}

async function runtimesAlone(
  rounds: number,
  trusted: PluginPackage,
): Promise<readonly PluginLine[]> {
  const lines: PluginLine[] = [];
  const runtimes: readonly (readonly [string, PluginRuntime, PluginPackage, number?])[] = [
    ['trusted', createTrustedRuntime(), trusted, 10],
    ['isolated', createIsolatedRuntime(), packageOf('a'), 100],
    ['process', createProcessRuntime(), packageOf('b')],
  ];
  for (const [name, runtime, plugin, atMost] of runtimes) {
    const loaded = await runtime.load(plugin, plugin.manifest.limits);
    const value = await each(rounds, (n) => go(loaded, n));
    lines.push({
      what: `The runtime alone: ${name}`,
      unit: 'us',
      value,
      ...(atMost === undefined ? {} : { atMost }),
    });
    await loaded.close();
    await runtime.close();
  }
  return lines;
}

async function beside(rounds: number): Promise<readonly PluginLine[]> {
  const lines: PluginLine[] = [];
  const peers: readonly (readonly [string, Peer])[] = [
    ['a plain worker thread', openWorker()],
    ['an MCP server over stdio', await openMcp()],
  ];
  for (const [name, peer] of peers) {
    lines.push({
      what: `Beside: ${name}`,
      unit: 'us',
      value: await each(rounds, (n) => peer.call(n)),
    });
    await peer[Symbol.asyncDispose]();
  }
  return lines;
}
