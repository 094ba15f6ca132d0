import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { Clock } from '../../../../kernel/index.ts';
import { ENTRY, secondsClock, testThreadIndex } from '../../../fixtures/run-thread-index.ts';
import { startRedis, type RedisServer } from '../fixtures/redis-server.ts';
import { openRedisStorage, type RedisStorage } from '../index.ts';

const stateKeys = [Uint8Array.from({ length: 32 }, (_, at) => at)];

let server: RedisServer;
let storage: RedisStorage;
let clock: Clock;

beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => server[Symbol.asyncDispose]());

beforeEach(async () => {
  clock = secondsClock();
  await server.client.flushall();
  storage = await openRedisStorage({ url: server.url, stateKeys, clock, deadlineMs: 60_000 });
  return async () => storage.close();
});

testThreadIndex(() => storage.threads);

test('says so when a stored entry does not have the shape that was written', async () => {
  await storage.threads.upsert(ENTRY);
  await server.client.hset('phasegate:{spring}r', 'status', 'maybe');
  await expect(storage.threads.get('spring')).rejects.toMatchObject({
    code: 'STORAGE_UNREADABLE_ROW',
  });
});

test('forgets an entry with its thread, and lists the others', async () => {
  await using mortal = await openRedisStorage({
    url: server.url,
    stateKeys,
    clock,
    lifetime: { ms: 60_000, from: 'sliding' },
  });
  await mortal.threads.upsert(ENTRY);
  expect(await server.client.pttl('phasegate:{spring}r')).toBeGreaterThan(0);
  await storage.threads.upsert({ ...ENTRY, thread: 'summer' });
  expect(await server.client.pttl('phasegate:{summer}r')).toBe(-1);
  await server.client.del('phasegate:{spring}r');
  expect((await storage.threads.list()).map(({ thread }) => thread)).toEqual(['summer']);
});

test('is seen by every process that uses the server', async () => {
  await using other = await openRedisStorage({
    url: server.url,
    stateKeys,
    clock,
    deadlineMs: 60_000,
  });
  await Promise.all([
    storage.threads.upsert({ ...ENTRY, status: 'waiting' }),
    other.threads.upsert({ ...ENTRY, status: 'waiting' }),
  ]);
  expect(await other.threads.get('spring')).toEqual(await storage.threads.get('spring'));
});
