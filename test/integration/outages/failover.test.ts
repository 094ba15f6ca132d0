import { setTimeout as delay } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { startCluster } from '../../../src/storage/backends/redis/fixtures/cluster.ts';
import { startSentinelSet } from '../../../src/storage/backends/redis/fixtures/sentinel-set.ts';
import { assertWhole, openJournaled, runThreads, threadNames, until } from './runs.ts';

const RUNS = { threads: threadNames(6), steps: 40 };

test('steps that a failover lost are brought to the new master', { timeout: 240_000 }, async () => {
  await using set = await startSentinelSet(1);
  const { master } = set;
  const sentinels = set.sentinels.map(({ host, port }) => `redis://${host}:${port}`);
  const servers = { mode: 'sentinel', url: 'redis://main', sentinels } as const;
  await using journaled = await openJournaled(servers);
  const { storage } = journaled;
  const { witness, errors } = await runThreads(storage, {
    ...RUNS,
    trouble: async () => {
      // The replica hears nothing more, while the master goes on confirming what it alone has.
      await master.client.config('SET', 'requirepass', 'unknown to the replica');
      await master.client.call('CLIENT', 'KILL', 'TYPE', 'replica');
      await delay(200);
      await master.kill();
    },
  });
  expect(errors).toEqual(new Map());
  await set.failedOver();
  await until(() => storage.health()?.state === 'closed');
  expect(storage.health()).toMatchObject({ conflicts: 0, unreplicated: 0 });
  await assertWhole(servers, witness, RUNS);
});

test('runs end while a node of a cluster fails over', { timeout: 240_000 }, async () => {
  await using cluster = await startCluster(1, 1, 1);
  const servers = { mode: 'cluster', urls: cluster.urls } as const;
  await using journaled = await openJournaled(servers);
  const { storage } = journaled;
  const { witness, errors } = await runThreads(storage, {
    ...RUNS,
    trouble: async () => cluster.masters[0]?.kill(),
  });
  expect(errors).toEqual(new Map());
  await until(() => storage.health()?.state === 'closed');
  expect(storage.health()).toMatchObject({ conflicts: 0, unreplicated: 0 });
  await assertWhole(servers, witness, RUNS);
});
