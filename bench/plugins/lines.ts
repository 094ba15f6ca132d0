import { setTimeout as sleep } from 'node:timers/promises';

import { tool } from '@langchain/core/tools';
import { z } from 'zod';

import {
  createIsolatedRuntime,
  createProcessRuntime,
  createTrustedRuntime,
  toolsFor,
  type LoadedPlugin,
  type PluginPackage,
  type PluginRuntime,
} from '../../src/plugins/index.ts';
import { pluginFrom } from '../../src/plugins/fixtures/plugin-from.ts';
import { withoutHost } from '../../src/plugins/sandbox/index.ts';
import { beyond, each, MIB, spread, times, type PluginLine } from './measure.ts';
import { openMcp, openSes, openWorker, type Peer } from './peers.ts';
import { registered } from './registry.ts';
import { enable, openRegistry, packageOf, scan, SOURCE, USER } from './subject.ts';

const HOST = withoutHost('bench.plugin');
const signal = new AbortController().signal;
const go = async (plugin: LoadedPlugin, n = 1): Promise<unknown> =>
  await plugin.execute({ operation: 'go', input: { n }, host: HOST, signal });

/** What many plugins take, each called once. Measured first: pages that other work gave back would serve them unseen. */
export async function residence(): Promise<readonly PluginLine[]> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const runtime = createIsolatedRuntime();
  for (let n = 0; n < 60; n++) {
    const next = packageOf(`active${n}`);
    // oxlint-disable-next-line no-await-in-loop
    await go(await runtime.load(next, next.manifest.limits));
  }
  const value = (process.memoryUsage().rss - before) / MIB;
  await runtime.close();
  return [{ what: '60 isolated plugins active, resident memory', unit: 'MiB', value }];
}

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
  const warmUps = rounds / 4;
  for (let n = 0; n < rounds; n++) {
    const plugin = packageOf(`load${n}`);
    const { manifest } = plugin;
    const started = performance.now();
    const loaded = await runtime.load({ ...plugin, digest: `load-${n}` }, manifest.limits);
    if (n >= warmUps) took.push(performance.now() - started);
    await loaded.close();
    // As in a registry, where plugins are not loaded back to back.
    await sleep(40);
  }
  await runtime.close();
  const ofLarge = await scanned(large);
  return [
    ...spread('Scan of 300 B (pass 1)', await scanned(small), 0.5),
    ...spread('Scan of 6 KB (pass 1)', ofLarge, 2),
    {
      what: 'Scan, per KB of code (the quickest of 6 KB)',
      unit: 'us',
      value: (Math.min(...ofLarge) / kilobytesOf(large)) * 1000,
    },
    ...spread('Load into a warm pool', took, 0.6),
  ];
}

function kilobytesOf({ files }: PluginPackage): number {
  return [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0) / 1024;
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
  const allow = ['bench.trusted/go', 'bench.isolated/go'];
  const [inProcess, apart] = await toolsFor(plugins.executor, { caller: USER, allow });
  const bare = tool(({ n }) => ({ is: n + 1 }), {
    name: 'go',
    schema: z.object({ n: z.number() }),
  });
  const us = (what: string, value: number, atMost?: number): PluginLine =>
    atMost === undefined ? { what, unit: 'us', value } : { what, unit: 'us', value, atMost };
  const plain = (n: number): unknown => bare.invoke({ n });
  const trustedTool = await beyond(rounds, plain, (n) => inProcess?.invoke({ n }));
  const isolatedTool = await beyond(rounds, plain, (n) => apart?.invoke({ n }));
  return [
    us('A bare LangChain tool', trustedTool.bare),
    us('A trusted plugin as a LangChain tool, over the bare one', trustedTool.over, 10),
    us('A bare LangChain tool, in turns with an isolated plugin', isolatedTool.bare),
    us('An isolated plugin as a LangChain tool, over the bare one', isolatedTool.over, 100),
    us('A trusted plugin through the executor', await each(rounds, call('bench.trusted'))),
    us('An isolated plugin through the executor', await each(rounds, call('bench.isolated'))),
    ...(await runtimesAlone(rounds, trusted)),
    ...(await beside(rounds)),
  ];
}

/** Many plugins, many calls, and one that does not end. */
export async function crowds(count: number): Promise<readonly PluginLine[]> {
  const runtime = createIsolatedRuntime();
  const sound = packageOf('sound');
  const plugin = await runtime.load(sound, sound.manifest.limits);
  const hundred = await each(20, () => Promise.all(Array.from({ length: 100 }, () => go(plugin))));
  const ends: { stopped: number; other: number }[] = [];
  // One after the other: each ends its thread.
  // oxlint-disable-next-line no-await-in-loop
  for (let n = 0; n < 5; n++) ends.push(await endless(runtime, plugin, n));
  await runtime.close();
  return [
    { what: '100 calls of an isolated plugin at once, all', unit: 'ms', value: hundred / 1000 },
    ...spread(
      'Stop an endless loop, beyond its 100 ms of the processor',
      ends.map(({ stopped }) => stopped - 100),
    ),
    ...spread(
      'Another plugin answered meanwhile, its slowest answer',
      ends.map(({ other }) => other),
      100,
    ),
    ...(await registered(count)),
  ];
}

async function endless(
  runtime: PluginRuntime,
  sound: LoadedPlugin,
  n: number,
): Promise<{ stopped: number; other: number }> {
  const loop = pluginFrom(`export default { execute() { for (;;); } }; // ${n}`, {
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

async function runtimesAlone(
  rounds: number,
  trusted: PluginPackage,
): Promise<readonly PluginLine[]> {
  const lines: PluginLine[] = [];
  const runtimes: readonly (readonly [string, PluginRuntime, PluginPackage])[] = [
    ['trusted', createTrustedRuntime(), trusted],
    ['isolated', createIsolatedRuntime(), packageOf('a')],
    ['process', createProcessRuntime(), packageOf('b')],
  ];
  for (const [name, runtime, plugin] of runtimes) {
    const loaded = await runtime.load(plugin, plugin.manifest.limits);
    const value = await each(rounds, (n) => go(loaded, n));
    lines.push({ what: `The runtime alone: ${name}`, unit: 'us', value });
    await loaded.close();
    await runtime.close();
  }
  return lines;
}

async function beside(rounds: number): Promise<readonly PluginLine[]> {
  const lines: PluginLine[] = [];
  const peers: readonly (readonly [string, () => Peer | Promise<Peer>])[] = [
    ['a plain worker thread', openWorker],
    ['SES in a worker thread', openSes],
    ['an MCP server over stdio', openMcp],
  ];
  for (const [name, open] of peers) {
    const started = performance.now();
    const peer = await open();
    await peer.call(0);
    const ready = performance.now() - started;
    const value = await each(rounds, (n) => peer.call(n));
    lines.push(
      { what: `Beside: ${name}`, unit: 'us', value },
      { what: `Beside: ${name}, from its start to its first answer`, unit: 'ms', value: ready },
    );
    await peer[Symbol.asyncDispose]();
  }
  return lines;
}
