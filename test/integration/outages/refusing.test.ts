import { expect, test } from 'vitest';

import { startRedis } from '../../../src/storage/backends/redis/fixtures/redis-server.ts';
import { assertWhole, openJournaled, PATIENT, runThreads, threadNames, until } from './runs.ts';

const RUNS = { threads: threadNames(6), steps: 20 };

test('out of memory, runs that hold their threads go on, and all that is stored can be read', async () => {
  await using server = await startRedis();
  await using journaled = await openJournaled(server.url, PATIENT);
  await using stranger = await openJournaled(server.url, PATIENT);
  const { storage } = journaled;
  await runThreads(storage, { threads: ['before'], steps: 2, trouble: async () => null });
  const { witness, errors } = await runThreads(storage, {
    ...RUNS,
    trouble: async () => server.client.config('SET', 'maxmemory', '1'),
  });
  expect(errors).toEqual(new Map());
  expect(storage.health()).toMatchObject({ scope: 'writes' });
  const config = { configurable: { thread_id: 'before', checkpoint_ns: '' } };
  const { checkpointer } = stranger.storage;
  const found = await checkpointer.getTuple(config);
  expect(found).toBeDefined();
  // What somebody does not hold they cannot write now.
  const late = checkpointer.putWrites(found?.config ?? config, [['log', [1]]], 'task');
  await expect(late).rejects.toMatchObject({ code: 'STORAGE_FULL' });
  expect(stranger.storage.health()).toMatchObject({ scope: 'writes', rejected: 1 });
  await expect(checkpointer.getTuple(config)).resolves.toBeDefined();
  await server.client.config('SET', 'maxmemory', '0');
  await until(() => storage.health()?.state === 'closed');
  expect(storage.health()).toMatchObject({ conflicts: 0, unreplicated: 0 });
  await assertWhole(server.url, witness, RUNS);
});

test('runs go on while the server is a replica that takes no writes', async () => {
  await using server = await startRedis();
  await using journaled = await openJournaled(server.url, PATIENT);
  const { storage } = journaled;
  const { witness, errors } = await runThreads(storage, {
    ...RUNS,
    trouble: async () => server.client.call('REPLICAOF', '127.0.0.1', '1'),
  });
  expect(errors).toEqual(new Map());
  expect(storage.health()?.unreplicated).toBeGreaterThan(0);
  await server.client.call('REPLICAOF', 'NO', 'ONE');
  await until(() => storage.health()?.state === 'closed');
  expect(storage.health()).toMatchObject({ conflicts: 0, unreplicated: 0 });
  await assertWhole(server.url, witness, RUNS);
});

test('a password that is no longer right ends every run, and what was done is kept for the next start', async () => {
  await using server = await startRedis();
  await using journaled = await openJournaled(server.url, PATIENT);
  const { storage, directory } = journaled;
  // Long enough for the refusal to be noticed while they are under way.
  const runs = { ...RUNS, steps: 150 };
  const { witness, errors } = await runThreads(storage, {
    ...runs,
    trouble: async () => {
      await server.client.config('SET', 'requirepass', 'changed');
      await server.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    },
  });
  expect(storage.health()).toMatchObject({ state: 'fatal' });
  for (const thread of runs.threads) {
    expect(errors.get(thread)).toMatchObject({ code: 'STORAGE_AUTHENTICATION' });
  }
  await storage.close();
  const url = server.url.replace('//', '//:changed@');
  await using next = await openJournaled(url, { directory, ...PATIENT });
  expect(next.storage.health()).toMatchObject({ state: 'closed', conflicts: 0 });
  const after = await runThreads(next.storage, { ...runs, trouble: async () => null });
  expect(after.errors).toEqual(new Map());
  await assertWhole(url, witness, runs);
});
