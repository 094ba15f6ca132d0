import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { Clock } from '../../../../kernel/index.ts';
import type { ThreadEntry } from '../../../index.ts';
import { startRedis, type RedisServer } from '../fixtures/redis-server.ts';
import { openRedisStorage, type RedisStorage } from '../index.ts';

const ENTRY: ThreadEntry = {
  thread: 'spring',
  workflow: 'email-campaign',
  status: 'running',
  phase: null,
  inputDigest: 'a'.repeat(64),
};
const stateKeys = [Uint8Array.from({ length: 32 }, (_, at) => at)];

let server: RedisServer;
let storage: RedisStorage;
let now: number;

const clock: Clock = {
  now: () => new Date((now += 1000)).toISOString(),
  monotonicMs: () => now,
};

beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => server[Symbol.asyncDispose]());

beforeEach(async () => {
  now = Date.parse('2026-03-01T08:00:00Z');
  await server.client.flushall();
  storage = await openRedisStorage({ url: server.url, stateKeys, clock });
  return async () => storage.close();
});

test('gives back what was written, with the instants of the clock', async () => {
  const written = await storage.threads.upsert(ENTRY);
  expect(written).toEqual({
    ...ENTRY,
    createdAt: '2026-03-01T08:00:01.000Z',
    updatedAt: '2026-03-01T08:00:01.000Z',
  });
  expect(await storage.threads.get('spring')).toEqual(written);
});

test('knows nothing of a thread that was never written', async () => {
  expect(await storage.threads.get('unknown')).toBeUndefined();
});

test('keeps the instant of creation when an entry is written again', async () => {
  const first = await storage.threads.upsert(ENTRY);
  const second = await storage.threads.upsert({ ...ENTRY, status: 'waiting', phase: 'strategy' });
  expect(second.createdAt).toBe(first.createdAt);
  expect(second.updatedAt > first.updatedAt).toBe(true);
  expect(second).toMatchObject({ status: 'waiting', phase: 'strategy' });
  expect(await storage.threads.list()).toHaveLength(1);
});

test('lists the last updated first, filtered and limited', async () => {
  for (const thread of ['a', 'b', 'c']) await storage.threads.upsert({ ...ENTRY, thread });
  await storage.threads.upsert({ ...ENTRY, thread: 'b', status: 'completed' });
  await storage.threads.upsert({ ...ENTRY, thread: 'd', workflow: 'other' });
  const names = async (...query: Parameters<typeof storage.threads.list>): Promise<string[]> =>
    (await storage.threads.list(...query)).map((record) => record.thread);
  expect(await names()).toEqual(['d', 'b', 'c', 'a']);
  expect(await names({ workflow: 'email-campaign' })).toEqual(['b', 'c', 'a']);
  expect(await names({ status: 'running' })).toEqual(['d', 'c', 'a']);
  expect(await names({ workflow: 'other', status: 'completed' })).toEqual([]);
  expect(await names({ limit: 2 })).toEqual(['d', 'b']);
});

test('lists past one page, and nothing twice', async () => {
  const threads = Array.from({ length: 730 }, (_, at) => `t${String(at).padStart(3, '0')}`);
  for (const thread of threads) await storage.threads.upsert({ ...ENTRY, thread });
  const listed = await storage.threads.list({ limit: 1000 });
  expect(listed.map(({ thread }) => thread)).toEqual(threads.toReversed());
  expect(await storage.threads.list({ status: 'blocked' })).toEqual([]);
});

test('refuses an id that cannot name a thread', async () => {
  const refusal = expect.objectContaining({ code: 'STORAGE_INVALID_THREAD_ID' });
  await expect(storage.threads.upsert({ ...ENTRY, thread: '../x' })).rejects.toEqual(refusal);
  await expect(storage.threads.get('')).rejects.toEqual(refusal);
});

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
  await using other = await openRedisStorage({ url: server.url, stateKeys, clock });
  await Promise.all([
    storage.threads.upsert({ ...ENTRY, status: 'waiting' }),
    other.threads.upsert({ ...ENTRY, status: 'waiting' }),
  ]);
  expect(await other.threads.get('spring')).toEqual(await storage.threads.get('spring'));
});
