import { afterEach, expect, test } from 'vitest';

import { checkpointOf, METADATA } from '../../engine/fixtures/behaviours.ts';
import { keySlot } from './connection/index.ts';
import { startCluster, type ClusterSet } from './fixtures/cluster.ts';
import { assertSound, runThrough, STATE_KEY, threadNames } from './fixtures/concurrent-runs.ts';
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
