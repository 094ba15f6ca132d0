import { setTimeout as delay } from 'node:timers/promises';

import { expect, test } from 'vitest';

import {
  startFaultProxy,
  type Fault,
  type FaultProxy,
} from '../../../src/storage/backends/redis/fixtures/fault-proxy.ts';
import { startRedis } from '../../../src/storage/backends/redis/fixtures/redis-server.ts';
import {
  assertWhole,
  openJournaled,
  PATIENT,
  runThreads,
  threadNames,
  until,
  type Runs,
} from './runs.ts';

const RUNS = { threads: threadNames(6), steps: 20 };

/** Runs through a fault that lasts until the runs have ended, and looks at what the server has afterwards. */
async function runThrough(
  runs: Pick<Runs, 'threads' | 'steps'>,
  trouble: (proxy: FaultProxy) => Promise<unknown>,
  options: Parameters<typeof openJournaled>[1] = {},
): Promise<Awaited<ReturnType<typeof openJournaled>>['events']> {
  await using server = await startRedis();
  await using proxy = await startFaultProxy(server.port);
  await using journaled = await openJournaled(`redis://127.0.0.1:${proxy.port}`, options);
  const { storage } = journaled;
  const { witness, errors } = await runThreads(storage, {
    ...runs,
    trouble: async () => trouble(proxy),
  });
  expect(errors).toEqual(new Map());
  proxy.become({ kind: 'none' });
  await until(() => storage.health()?.state === 'closed');
  expect(storage.health()).toMatchObject({ conflicts: 0, unreplicated: 0 });
  await assertWhole(server.url, witness, runs);
  return journaled.events;
}

const FAULTS: readonly Fault[] = [
  { kind: 'stalled' },
  { kind: 'half-open' },
  { kind: 'lost-replies' },
];

test.each(FAULTS)('runs end on a network that is $kind', async (fault) => {
  const events = await runThrough(RUNS, async (proxy) => proxy.become(fault));
  expect(events.map(({ event }) => event)).toContain('thread-replayed');
});

test('runs end when connections are reset and no new ones come about', async () => {
  const events = await runThrough(RUNS, async (proxy) => {
    proxy.become({ kind: 'refused' });
    proxy.cut();
  });
  expect(events.map(({ event }) => event)).toContain('thread-replayed');
});

test('runs go through connections that are reset again and again', async () => {
  const events = await runThrough({ ...RUNS, steps: 60 }, async (proxy) => {
    for (let times = 0; times < 8; times += 1) {
      proxy.cut();
      await delay(150);
    }
  });
  expect(events.map(({ event }) => event)).toContain('storage-state-changed');
});

test('a slow network is no outage', async () => {
  const slow = async (proxy: FaultProxy): Promise<void> =>
    proxy.become({ kind: 'slow', delayMs: 20 });
  const events = await runThrough(RUNS, slow, PATIENT);
  expect(events).toEqual([]);
});
