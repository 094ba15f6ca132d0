import { setTimeout as delay } from 'node:timers/promises';

import { afterEach, expect, test } from 'vitest';

import { checkpointOf, METADATA } from '../../engine/fixtures/behaviours.ts';
import { keySlot } from './connection/index.ts';
import { startCluster, type ClusterSet } from './fixtures/cluster.ts';
import { assertSound, runThrough, STATE_KEY, threadNames } from './fixtures/concurrent-runs.ts';
import { startFaultProxy, type FaultProxy } from './fixtures/fault-proxy.ts';
import {
  openRedisStorage,
  type ClusterServers,
  type RedisStorage,
  type RedisStorageSettings,
} from './index.ts';
import { keysOf } from './keys.ts';

const DEADLINE_MS = 1_500;
let cluster: ClusterSet | undefined;

afterEach(async () => {
  await cluster?.[Symbol.asyncDispose]();
  cluster = undefined;
});

function serversOf({ urls }: ClusterSet): ClusterServers {
  return { mode: 'cluster', urls };
}

async function open(
  of: ClusterSet,
  settings: Partial<RedisStorageSettings> = {},
): Promise<RedisStorage> {
  const own = { stateKeys: [STATE_KEY], deadlineMs: DEADLINE_MS };
  return openRedisStorage({ ...serversOf(of), ...own, ...settings });
}

const slotOf = (thread: string): number => keySlot(keysOf('phasegate:', thread)[0] ?? '');

test('keeps all keys of a thread in one slot, whatever its name, and lists the threads of all', async () => {
  cluster = await startCluster();
  await using storage = await open(cluster);
  const { checkpointer } = storage;
  const threads = ['t', '{a}{b}', '}{', 'ü x', 'a', 'b', 'c'];
  for (const thread of threads) {
    const config = { configurable: { thread_id: thread, checkpoint_ns: '' } };
    const checkpoint = checkpointOf('1', { a: 'x'.repeat(600) });
    const put = await checkpointer.put(config, checkpoint, METADATA, {});
    await checkpointer.putWrites(put, [['a', 1]], 'task');
    expect((await checkpointer.getTuple(config))?.pendingWrites).toHaveLength(1);
  }
  const listed: string[] = [];
  for await (const { config } of checkpointer.list({})) {
    listed.push(String(config.configurable?.['thread_id']));
  }
  expect(listed.toSorted()).toEqual(threads.toSorted());
  // They were not all on one node.
  const nodes = threads.map((thread) => cluster?.masterOf(slotOf(thread)).port);
  expect(new Set(nodes).size).toBeGreaterThan(1);
  for (const thread of threads) await checkpointer.deleteThread(thread);
  for await (const tuple of checkpointer.list({})) expect(tuple).toBeUndefined();
  expect(storage.server.nodes).toBe(3);
});

test('slots that move while they are written cost nothing', async () => {
  cluster = await startCluster();
  const threads = threadNames(8);
  const moving = threads.map((thread) => {
    const slot = slotOf(thread);
    return { slot, from: cluster?.masterOf(slot) };
  });
  await using storage = await open(cluster);
  const report = await runThrough(storage.checkpointer, {
    threads,
    steps: 30,
    deadlineMs: DEADLINE_MS,
    trouble: async () => {
      for (const { slot, from } of moving) {
        const to = cluster?.masters.find((master) => master !== from);
        if (from !== undefined && to !== undefined) await cluster?.moveSlots([slot], { from, to });
      }
    },
  });
  expect([...report.acknowledged.values()]).toEqual(threads.map(() => 30));
  await assertSound(serversOf(cluster), report);
});

test('a killed master costs no step that a replica confirmed, and none is done twice', async () => {
  const threads = threadNames(8);
  // Two replicas where a master dies, so that one is left to confirm what comes afterwards.
  cluster = await startCluster(2, 1, 1);
  const [dying] = cluster.masters;
  expect(threads.some((thread) => cluster?.masterOf(slotOf(thread)) === dying)).toBe(true);
  await using storage = await open(cluster, { replicas: 1 });
  const report = await runThrough(storage.checkpointer, {
    threads,
    steps: 30,
    deadlineMs: DEADLINE_MS,
    trouble: async () => dying?.kill(),
  });
  expect([...report.acknowledged.values()]).toEqual(threads.map(() => 30));
  expect(report.failures.size).toBeGreaterThan(0);
  await assertSound(serversOf(cluster), report);
});

test('looks at every node, reaches them where they are told to be, and ends at a wrong password', async () => {
  cluster = await startCluster();
  const { masters, urls } = cluster;
  await masters[2]?.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
  await expect(open(cluster)).rejects.toMatchObject({
    code: 'STORAGE_UNSUITABLE_SERVER',
    details: { place: `127.0.0.1:${masters[2]?.port}` },
  });
  await masters[2]?.client.config('SET', 'maxmemory-policy', 'noeviction');
  await using proxies = new Proxies();
  const reachableAt: Record<string, FaultProxy> = {};
  for (const { port } of masters) reachableAt[`127.0.0.1:${port}`] = await proxies.before(port);
  const own = { stateKeys: [STATE_KEY], deadlineMs: DEADLINE_MS };
  await using storage = await openRedisStorage({ ...serversOf(cluster), ...own, reachableAt });
  const report = await runThrough(storage.checkpointer, {
    threads: threadNames(8),
    steps: 20,
    deadlineMs: DEADLINE_MS,
    trouble: async () => {
      proxies.all[0]?.become({ kind: 'half-open' });
      await delay(400);
      proxies.all[0]?.become({ kind: 'none' });
    },
  });
  expect([...report.acknowledged.values()]).toEqual(threadNames(8).map(() => 20));
  expect(proxies.all.every(({ accepted }) => accepted > 0)).toBe(true);
  await assertSound(serversOf(cluster), report);
  for (const { client } of masters) await client.config('SET', 'requirepass', 'right');
  const guess = urls.map((url) => url.replace('//', '//:wrong-guess@'));
  const wrong = openRedisStorage({ mode: 'cluster', urls: guess, ...own });
  const failure: unknown = await wrong.catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'STORAGE_AUTHENTICATION' });
  expect(String(failure)).not.toContain('guess');
  const single = openRedisStorage({ url: urls[0]?.replace('//', '//:right@') ?? '', ...own });
  await expect(single).rejects.toMatchObject({
    code: 'STORAGE_UNSUITABLE_SERVER',
    hint: expect.stringContaining("mode: 'cluster'"),
  });
});

/** Proxies that end together. */
class Proxies implements AsyncDisposable {
  readonly all: FaultProxy[] = [];

  async before(port: number): Promise<FaultProxy> {
    const proxy = await startFaultProxy(port);
    this.all.push(proxy);
    return proxy;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.all.map(async (proxy) => proxy[Symbol.asyncDispose]()));
  }
}
