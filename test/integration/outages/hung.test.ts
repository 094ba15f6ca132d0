import { setTimeout as delay } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { startRedis } from '../../../src/storage/backends/redis/fixtures/redis-server.ts';
import { assertWhole, openJournaled, runThreads, threadNames, until } from './runs.ts';

const RUNS = { threads: threadNames(6), steps: 20 };

test('runs end while the server hangs; what it had taken in and does late is not done twice', async () => {
  await using server = await startRedis();
  await using journaled = await openJournaled(server.url);
  const { storage } = journaled;
  const { witness, errors } = await runThreads(storage, {
    ...RUNS,
    trouble: async () => server.process.kill('SIGSTOP'),
  });
  expect(errors).toEqual(new Map());
  expect(storage.health()?.unreplicated).toBeGreaterThan(0);
  server.process.kill('SIGCONT');
  await until(() => storage.health()?.state === 'closed');
  expect(storage.health()).toMatchObject({ conflicts: 0, unreplicated: 0 });
  await assertWhole(server.url, witness, RUNS);
});

test('runs go through a hang that ends while they are under way', async () => {
  await using server = await startRedis();
  await using journaled = await openJournaled(server.url);
  const { witness, errors } = await runThreads(journaled.storage, {
    threads: RUNS.threads,
    steps: 100,
    trouble: async () => {
      server.process.kill('SIGSTOP');
      await delay(900);
      server.process.kill('SIGCONT');
    },
  });
  expect(errors).toEqual(new Map());
  expect(journaled.told('storage-state-changed').length).toBeGreaterThan(0);
  await until(() => journaled.storage.health()?.state === 'closed');
  expect(journaled.storage.health()).toMatchObject({ conflicts: 0, unreplicated: 0 });
  await assertWhole(server.url, witness, { threads: RUNS.threads, steps: 100 });
});
