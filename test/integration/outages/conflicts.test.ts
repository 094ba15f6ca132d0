import { setTimeout as delay } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { startFaultProxy } from '../../../src/storage/backends/redis/fixtures/fault-proxy.ts';
import { startRedis } from '../../../src/storage/backends/redis/fixtures/redis-server.ts';
import {
  at,
  checkpointOf,
  METADATA,
  putValues,
  valuesOf,
} from '../../../src/storage/engine/fixtures/behaviours.ts';
import { openJournaled, readThread, until } from './runs.ts';

const STALLED = { kind: 'half-open' } as const;
const WHOLE = { kind: 'none' } as const;

test('a branch that somebody else overtook goes into a thread of its own', async () => {
  await using server = await startRedis();
  await using proxy = await startFaultProxy(server.port);
  await using away = await openJournaled(`redis://127.0.0.1:${proxy.port}`, { leaseMs: 12_000 });
  await using there = await openJournaled(server.url);
  const { checkpointer } = away.storage;
  await using lock = await away.storage.lockThread('t');
  await putValues(checkpointer, { id: '1', values: { a: 'common' } });
  await checkpointer.getTuple(at());
  proxy.become(STALLED);
  await putValues(checkpointer, { id: '2', parent: '1', values: { a: ['away'.repeat(200)] } });
  await checkpointer.putWrites(at('2'), [['a', 'pending']], 'task', '~path');
  await putValues(checkpointer, { id: '3', parent: '2', values: { a: 'away again' } });
  expect(away.storage.health()?.unreplicated).toBe(3);
  // The lease is the outage that is tolerated.
  await until(() => lock.signal.aborted);
  const late = putValues(checkpointer, { id: '4', parent: '3', values: {} });
  await expect(late).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', retryAfterMs: 100 });
  await using taken = await there.storage.lockThread('t');
  await putValues(there.storage.checkpointer, { id: '5', parent: '1', values: { a: 'there' } });
  expect(taken.epoch).toBe(2);
  proxy.become(WHOLE);
  await until(() => away.storage.health()?.state === 'closed');
  const [conflict] = away.told('thread-conflict');
  expect(conflict).toEqual({
    thread: 't',
    sibling: expect.stringMatching(/^t\.conflict-[0-9a-f]{12}$/),
    checkpoints: 3,
  });
  expect(away.storage.health()).toMatchObject({ conflicts: 1, unreplicated: 0 });
  const own = await readThread(server.url, 't');
  expect(own.tuples.map(({ checkpoint }) => checkpoint.id)).toEqual(['5', '1']);
  const { tuples } = await readThread(server.url, String(conflict?.['sibling']));
  expect(tuples.map(({ checkpoint }) => checkpoint.channel_values['a'])).toEqual([
    'away again',
    ['away'.repeat(200)],
    'common',
  ]);
  expect(tuples[1]?.pendingWrites).toEqual([['task', 'a', 'pending']]);
  expect(tuples[0]?.metadata).toMatchObject({ sibling_of: 't', degraded: true });
  expect(tuples[0]?.parentConfig?.configurable?.['checkpoint_id']).toBe('2');
  // Who goes on regardless is told where the branch is.
  await lock.release();
  const next = putValues(checkpointer, { id: '6', parent: '3', values: {} });
  await expect(next).rejects.toMatchObject({
    code: 'STORAGE_THREAD_CONFLICT',
    details: { thread: 't', sibling: conflict?.['sibling'] },
  });
  // And who begins anew sees what the thread has become.
  await taken.release();
  await using again = await away.storage.lockThread('t');
  expect(again.epoch).toBe(3);
  expect(await valuesOf(checkpointer)).toEqual({ a: 'there' });
  await putValues(checkpointer, { id: '7', parent: '5', values: { a: 'on' } });
});

test('without a lock, the same happens to a thread that was begun here', async () => {
  await using server = await startRedis();
  await using proxy = await startFaultProxy(server.port);
  await using away = await openJournaled(`redis://127.0.0.1:${proxy.port}`);
  await using there = await openJournaled(server.url);
  await putValues(away.storage.checkpointer, { id: '1', values: { a: 1 } });
  await putValues(there.storage.checkpointer, { id: '1', values: { a: 1 } });
  proxy.become(STALLED);
  await putValues(away.storage.checkpointer, { id: '2', parent: '1', values: { a: 2 } });
  await putValues(there.storage.checkpointer, { id: '3', parent: '1', values: { a: 3 } });
  proxy.become(WHOLE);
  await until(() => away.storage.health()?.state === 'closed');
  expect(away.told('thread-conflict')).toHaveLength(1);
  expect(await valuesOf(there.storage.checkpointer)).toEqual({ a: 3 });
  expect(await valuesOf(away.storage.checkpointer)).toEqual({ a: 3 });
});

test('who does not hold a thread is told when to try again, and a new thread may begin', async () => {
  await using server = await startRedis();
  await using proxy = await startFaultProxy(server.port);
  await using journaled = await openJournaled(`redis://127.0.0.1:${proxy.port}`);
  await using there = await openJournaled(server.url);
  await putValues(there.storage.checkpointer, { id: '1', values: { a: 1 } });
  const { storage } = journaled;
  proxy.become(STALLED);
  const refused = { code: 'STORAGE_UNAVAILABLE', retryable: true, retryAfterMs: 100 };
  const put = putValues(storage.checkpointer, { id: '2', parent: '1', values: {} });
  await expect(put).rejects.toMatchObject(refused);
  await expect(storage.checkpointer.getTuple(at())).rejects.toMatchObject(refused);
  await expect(storage.lockThread('t')).rejects.toMatchObject(refused);
  await expect(storage.lockThread('elsewhere')).rejects.toMatchObject(refused);
  expect(storage.health()).toMatchObject({ rejected: 2, unreplicated: 0 });
  await using lock = await storage.lockThread('new', { isNew: true });
  const config = { configurable: { thread_id: 'new', checkpoint_ns: '' } };
  expect(await storage.checkpointer.getTuple(config)).toBeUndefined();
  await storage.checkpointer.put(config, checkpointOf('1', { a: 'begun' }), METADATA, {});
  expect((await storage.checkpointer.getTuple(config))?.metadata).toMatchObject({ degraded: true });
  const listed: string[] = [];
  for await (const { checkpoint } of storage.checkpointer.list(config)) listed.push(checkpoint.id);
  expect(listed).toEqual(['1']);
  expect(storage.degradedSince('new')).toMatch(/^\d{4}-/);
  proxy.become(WHOLE);
  await until(() => storage.health()?.state === 'closed');
  await expect(there.storage.lockThread('new')).rejects.toMatchObject({
    code: 'STORAGE_THREAD_BUSY',
  });
  await lock.release();
  expect((await readThread(server.url, 'new')).tuples).toHaveLength(1);
  // A new run is not degraded because the one before was.
  await using next = await storage.lockThread('new');
  expect(storage.degradedSince(next.thread)).toBeUndefined();
});

test('a lock is given back only when the server has everything that was written under it', async () => {
  await using server = await startRedis();
  await using proxy = await startFaultProxy(server.port);
  await using journaled = await openJournaled(`redis://127.0.0.1:${proxy.port}`);
  await using there = await openJournaled(server.url);
  const lock = await journaled.storage.lockThread('t');
  await putValues(journaled.storage.checkpointer, { id: '1', values: { a: 1 } });
  proxy.become(STALLED);
  await putValues(journaled.storage.checkpointer, { id: '2', parent: '1', values: { a: 2 } });
  await lock.release();
  await lock.release();
  await delay(100);
  // Who had it may have it again meanwhile, and go on.
  const again = await journaled.storage.lockThread('t');
  expect(again.epoch).toBe(1);
  await putValues(journaled.storage.checkpointer, { id: '3', parent: '2', values: { a: 3 } });
  await again.release();
  await expect(there.storage.lockThread('t')).rejects.toMatchObject({
    code: 'STORAGE_THREAD_BUSY',
  });
  proxy.become(WHOLE);
  await until(() => journaled.storage.health()?.state === 'closed');
  await using taken = await there.storage.lockThread('t');
  expect(taken.epoch).toBe(2);
  expect(await valuesOf(there.storage.checkpointer)).toEqual({ a: 3 });
});

test('a thread that was deleted meanwhile stays deleted', async () => {
  await using server = await startRedis();
  await using proxy = await startFaultProxy(server.port);
  await using away = await openJournaled(`redis://127.0.0.1:${proxy.port}`);
  await using there = await openJournaled(server.url);
  await putValues(away.storage.checkpointer, { id: '1', values: { a: 1 } });
  proxy.become(STALLED);
  await putValues(away.storage.checkpointer, { id: '2', parent: '1', values: { a: 2 } });
  await there.storage.checkpointer.deleteThread('t');
  proxy.become(WHOLE);
  await until(() => away.storage.health()?.state === 'closed');
  expect(away.told('thread-deleted-meanwhile')).toEqual([{ thread: 't', operations: 1 }]);
  expect(away.storage.health()).toMatchObject({ dropped: 1, conflicts: 0 });
  expect(await valuesOf(away.storage.checkpointer)).toBeUndefined();
  const late = putValues(away.storage.checkpointer, { id: '3', parent: '2', values: {} });
  await expect(late).rejects.toMatchObject({ code: 'STORAGE_THREAD_DELETED' });
});

test('a deletion that the server lost with its last second is done again', async () => {
  await using server = await startRedis();
  await using journaled = await openJournaled(server.url);
  const { checkpointer } = journaled.storage;
  await using lock = await journaled.storage.lockThread('kept');
  await putValues(checkpointer, { id: '1', values: { a: 1 } });
  await checkpointer.putWrites(
    { configurable: { thread_id: lock.thread, checkpoint_ns: '', checkpoint_id: '1' } },
    [['a', 1]],
    'task',
  );
  const meta = (await server.client.keys('*{t}*')).map(async (key) => ({
    key,
    dump: await server.client.dumpBuffer(key),
  }));
  const before = await Promise.all(meta);
  await checkpointer.deleteThread('t');
  for (const { key, dump } of before) {
    await server.client.del(key);
    await server.client.restore(key, 0, dump);
  }
  await server.client.del('phasegate:incarnation');
  await until(() => journaled.told('storage-server-changed').length > 0);
  await until(() => journaled.storage.health()?.state === 'closed');
  expect((await readThread(server.url, 't')).tuples).toEqual([]);
});
