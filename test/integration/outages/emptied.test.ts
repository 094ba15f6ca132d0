import { setTimeout as delay } from 'node:timers/promises';

import { expect, test } from 'vitest';

import {
  startRedis,
  startServer,
} from '../../../src/storage/backends/redis/fixtures/redis-server.ts';
import { assertWhole, openJournaled, PATIENT, runThreads, threadNames, until } from './runs.ts';

const RUNS = { threads: threadNames(6), steps: 20 };

test('a server that is flushed under running threads is given them back', async () => {
  await using server = await startRedis();
  await using journaled = await openJournaled(server.url, PATIENT);
  const { storage } = journaled;
  const { witness, errors } = await runThreads(storage, {
    ...RUNS,
    trouble: async () => server.client.flushall(),
  });
  expect(errors).toEqual(new Map());
  await until(() => storage.health()?.state === 'closed');
  expect(journaled.told('storage-server-changed')).not.toEqual([]);
  expect(journaled.told('thread-restored')).toHaveLength(RUNS.threads.length);
  expect(storage.health()).toMatchObject({ state: 'closed', conflicts: 0, unreplicated: 0 });
  await assertWhole(server.url, witness, RUNS);
});

test('a flush that happens while nobody writes is found as well', async () => {
  await using server = await startRedis();
  await using journaled = await openJournaled(server.url, PATIENT);
  const { witness } = await runThreads(journaled.storage, { ...RUNS, trouble: async () => null });
  await server.client.flushall();
  await until(() => journaled.told('thread-restored').length === RUNS.threads.length);
  await until(() => journaled.storage.health()?.state === 'closed');
  await assertWhole(server.url, witness, RUNS);
});

test('a server that comes back empty is given what runs did before and meanwhile', async () => {
  await using server = await startRedis();
  await using journaled = await openJournaled(server.url, PATIENT);
  const { storage } = journaled;
  const { witness, errors } = await runThreads(storage, {
    ...RUNS,
    trouble: async () => server.kill(),
  });
  expect(errors).toEqual(new Map());
  await using empty = await startServer({ port: server.port });
  await until(() => storage.health()?.state === 'closed');
  expect(storage.health()).toMatchObject({ conflicts: 0, unreplicated: 0 });
  await assertWhole(empty.url, witness, RUNS);
});

test('a server that lost its last second is given it again', async () => {
  // Without a log it comes back as it was when it was last saved, as a replica that lagged behind does.
  await using server = await startServer({ settings: ['--appendonly', 'no'] });
  await using journaled = await openJournaled(server.url, PATIENT);
  const { storage } = journaled;
  const { witness, errors } = await runThreads(storage, {
    ...RUNS,
    steps: 60,
    trouble: async () => {
      await server.client.save();
      await delay(300);
      await server.kill();
    },
  });
  expect(errors).toEqual(new Map());
  const settings = ['--appendonly', 'no', '--dir', server.directory];
  await using back = await startServer({ port: server.port, settings });
  await until(() => storage.health()?.state === 'closed');
  expect(storage.health()).toMatchObject({ conflicts: 0, unreplicated: 0 });
  await assertWhole(back.url, witness, { threads: RUNS.threads, steps: 60 });
});
