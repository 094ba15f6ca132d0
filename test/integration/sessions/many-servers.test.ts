import { expect, test } from 'vitest';

import { openSessions, type NewSession } from '../../../src/sessions/index.ts';
import { startCluster } from '../../../src/storage/backends/redis/fixtures/cluster.ts';
import {
  startSentinelSet,
  until,
} from '../../../src/storage/backends/redis/fixtures/sentinel-set.ts';
import {
  openRedisSessions,
  type RedisSessionsOptions,
} from '../../../src/storage/backends/redis/index.ts';

const ANNA: NewSession = { principal: { id: 'anna', kind: 'person', roles: ['author'] } };
const open = async (options: RedisSessionsOptions) =>
  openSessions({ store: openRedisSessions(options), retryMs: 50, freshMs: 0, sweepEveryMs: 0 });

test('sessions live on a Cluster', async () => {
  await using cluster = await startCluster();
  await using one = await open({ mode: 'cluster', urls: cluster.urls });
  await using other = await open({ mode: 'cluster', urls: cluster.urls.slice(0, 1) });
  const { token } = await one.create(ANNA);
  await one.create(ANNA);
  expect(await other.validate(token)).toMatchObject({ outcome: 'valid', isDegraded: false });
  const rotated = await other.rotate(token, { roles: ['approver'] });
  expect(await one.validate(token)).toEqual({ outcome: 'refused' });
  expect(await one.list({ principal: 'anna' })).toHaveLength(2);
  expect(await one.revoke({ principal: 'anna' })).toEqual({ outcome: 'revoked', sessions: 2 });
  expect(await other.validate(rotated?.token ?? '')).toEqual({ outcome: 'refused' });
});

test('a revocation outlives the failover of a set under Sentinel', async () => {
  await using set = await startSentinelSet(1);
  await using sessions = await open({
    mode: 'sentinel',
    url: 'redis://main',
    sentinels: set.sentinels.map(({ url }) => url),
    deadlineMs: 500,
  });
  const kept = await sessions.create(ANNA);
  const revoked = await sessions.create(ANNA);
  await until(
    async () => (await set.replicas[0]?.client.dbsize()) === (await set.master.client.dbsize()),
  );
  await set.master.kill();
  expect((await sessions.revoke({ token: revoked.token })).outcome).toBe('pending');
  await set.failedOver();
  await until(async () => (await sessions.validate(kept.token)).outcome === 'valid');
  expect(await sessions.validate(revoked.token)).toEqual({ outcome: 'refused' });
});
