import { afterEach, expect, test } from 'vitest';

import { silentLogger, type Logger } from '../../../kernel/index.ts';
import { checkpointOf, METADATA, putValues, valuesOf } from '../../engine/fixtures/behaviours.ts';
import { assertSound, runThrough, STATE_KEY, threadNames } from './fixtures/concurrent-runs.ts';
import { startSentinelSet, type SentinelSet } from './fixtures/sentinel-set.ts';
import {
  openRedisStorage,
  type RedisStorage,
  type RedisStorageSettings,
  type SentinelServers,
} from './index.ts';

const DEADLINE_MS = 1_000;
let set: SentinelSet | undefined;

afterEach(async () => {
  await set?.[Symbol.asyncDispose]();
  set = undefined;
});

function serversOf({ sentinels }: SentinelSet): SentinelServers {
  const urls = sentinels.map(({ host, port }) => `redis://${host}:${port}`);
  return { mode: 'sentinel', url: 'redis://main', sentinels: urls };
}

async function open(
  of: SentinelSet,
  settings: Partial<RedisStorageSettings> = {},
): Promise<RedisStorage> {
  const own = { stateKeys: [STATE_KEY], deadlineMs: DEADLINE_MS };
  return openRedisStorage({ ...serversOf(of), ...own, ...settings });
}

test('a killed master costs no step that a replica confirmed, and none is done twice', async () => {
  set = await startSentinelSet(2);
  const { master } = set;
  await using storage = await open(set, { replicas: 1 });
  expect(storage.server.nodes).toBe(3);
  const report = await runThrough(storage.checkpointer, {
    threads: threadNames(8),
    steps: 30,
    deadlineMs: DEADLINE_MS,
    trouble: async () => master.kill(),
  });
  expect([...report.acknowledged.values()]).toEqual(Array.from({ length: 8 }, () => 30));
  expect([...report.failures.keys()].toSorted()).toEqual(
    expect.arrayContaining(['STORAGE_UNAVAILABLE']),
  );
  await assertSound(serversOf(set), report);
});

test('a master that only hung is left for the new one, and takes nothing when it wakes up', async () => {
  set = await startSentinelSet(2);
  const { master } = set;
  await using storage = await open(set, { replicas: 1 });
  const report = await runThrough(storage.checkpointer, {
    threads: threadNames(4),
    steps: 20,
    deadlineMs: DEADLINE_MS,
    trouble: async () => {
      master.process.kill('SIGSTOP');
      await set?.failedOver();
      master.process.kill('SIGCONT');
    },
  });
  expect([...report.acknowledged.values()]).toEqual([20, 20, 20, 20]);
  await assertSound(serversOf(set), report);
});

test('a failover that lost confirmed steps is noticed by who had them confirmed', async () => {
  set = await startSentinelSet(1);
  await using storage = await open(set);
  const { checkpointer } = storage;
  await putValues(checkpointer, { id: '1', values: { a: 'replicated' } });
  // From here on the replica hears nothing more: it is cut off, and has no password to come back with.
  await set.master.client.wait(1, 1_000);
  await set.master.client.config('SET', 'requirepass', 'unknown to the replica');
  await set.master.client.call('CLIENT', 'KILL', 'TYPE', 'replica');
  await putValues(checkpointer, { id: '2', parent: '1', values: { a: 'lost' } });
  await set.master.kill();
  await set.failedOver();
  const settled = async (): Promise<unknown> =>
    valuesOf(checkpointer).catch((error: unknown) => Reflect.get(Object(error), 'code'));
  await expect.poll(settled, { timeout: 90_000 }).toBe('STORAGE_INTEGRITY');
  await expect(putValues(checkpointer, { id: '3', parent: '2', values: {} })).rejects.toMatchObject(
    {
      code: 'STORAGE_INTEGRITY',
      details: { thread: 't', found: expect.stringContaining('turned back from revision 2 to 1') },
    },
  );
  // With a replica that has to confirm it, the step would not have been answered as done.
  await using careful = await open(set, { replicas: 1, deadlineMs: 500 });
  const config = { configurable: { thread_id: 'other', checkpoint_ns: '' } };
  const put = careful.checkpointer.put(config, checkpointOf('1', {}), METADATA, {});
  await expect(put).rejects.toMatchObject({ code: 'STORAGE_UNREPLICATED', retryable: true });
});

test('looks at the replicas too, and says what is wrong with a password or a name', async () => {
  set = await startSentinelSet(1);
  const [replica] = set.replicas;
  await replica?.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
  await expect(open(set)).rejects.toMatchObject({
    code: 'STORAGE_UNSUITABLE_SERVER',
    details: { place: `127.0.0.1:${replica?.port}` },
  });
  await replica?.client.config('SET', 'maxmemory-policy', 'noeviction');
  const warned: string[] = [];
  const logger: Logger = { ...silentLogger, warn: (event) => warned.push(event) };
  await using storage = await open(set, { logger });
  expect(storage.server.nodes).toBe(2);
  expect(warned).toEqual(['storage-master-confirms-alone']);
  const own = { stateKeys: [STATE_KEY], deadlineMs: DEADLINE_MS };
  const unknown = openRedisStorage({ ...serversOf(set), ...own, url: 'redis://unknown' });
  await expect(unknown).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  await set.master.client.config('SET', 'requirepass', 'right');
  const wrong = openRedisStorage({ ...serversOf(set), ...own, url: 'redis://:wrong-guess@main' });
  const failure: unknown = await wrong.catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'STORAGE_AUTHENTICATION' });
  expect(String(failure)).not.toContain('guess');
});
