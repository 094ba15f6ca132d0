import { expect, test } from 'vitest';

import { keySlot } from '../../../src/storage/backends/redis/connection/index.ts';
import {
  startCluster,
  type ClusterSet,
} from '../../../src/storage/backends/redis/fixtures/cluster.ts';
import {
  startFaultProxy,
  type FaultProxy,
} from '../../../src/storage/backends/redis/fixtures/fault-proxy.ts';
import { keysOf } from '../../../src/storage/backends/redis/keys.ts';
import { assertWhole, openJournaled, PATIENT, runThreads, threadNames, until } from './runs.ts';

const RUNS = { threads: threadNames(6), steps: 20 };

/** Moves the slot of a thread to another node. */
async function move(cluster: ClusterSet, thread: string): Promise<void> {
  const slot = keySlot(keysOf('phasegate:', thread)[0] ?? '');
  const from = cluster.masterOf(slot);
  const to = cluster.masters.find((master) => master !== from);
  if (to !== undefined) await cluster.moveSlots([slot], { from, to });
}

test(
  'runs that hold their threads go through slots that move under them, and no outage is told',
  { timeout: 240_000 },
  async () => {
    const runs = { ...RUNS, steps: 60 };
    await using cluster = await startCluster();
    const servers = { mode: 'cluster', urls: cluster.urls } as const;
    await using journaled = await openJournaled(servers, PATIENT);
    const { storage } = journaled;
    const { witness, errors } = await runThreads(storage, {
      ...runs,
      trouble: async () => {
        for (const thread of runs.threads) await move(cluster, thread);
      },
    });
    expect(errors).toEqual(new Map());
    expect(journaled.told('storage-state-changed')).toEqual([]);
    expect(storage.health()).toMatchObject({ conflicts: 0, unreplicated: 0, dropped: 0 });
    await assertWhole(servers, witness, runs);
  },
);

test(
  'what the journal holds is brought to where the slots went meanwhile, and go while it is brought',
  { timeout: 240_000 },
  async () => {
    await using cluster = await startCluster();
    const [one, two, three] = cluster.masters.map(({ port }) => port);
    await using before = await startFaultProxy(one ?? 0);
    await using beforeTwo = await startFaultProxy(two ?? 0);
    await using beforeThree = await startFaultProxy(three ?? 0);
    const all = [before, beforeTwo, beforeThree];
    const reachableAt = Object.fromEntries(
      cluster.masters.map(({ port }, at): [string, FaultProxy] => [
        `127.0.0.1:${port}`,
        all[at] ?? before,
      ]),
    );
    const direct = { mode: 'cluster', urls: cluster.urls } as const;
    await using journaled = await openJournaled({ ...direct, reachableAt });
    const { storage } = journaled;
    const { witness, errors } = await runThreads(storage, {
      ...RUNS,
      trouble: async () => {
        for (const proxy of all) {
          proxy.become({ kind: 'refused' });
          proxy.cut();
        }
      },
    });
    expect(errors).toEqual(new Map());
    const held = storage.health()?.unreplicated ?? 0;
    expect(held).toBeGreaterThan(0);
    const [first, second, ...rest] = RUNS.threads;
    for (const thread of [first, second]) if (thread !== undefined) await move(cluster, thread);
    expect(storage.health()?.unreplicated).toBe(held);
    for (const proxy of all) proxy.become({ kind: 'none' });
    for (const thread of rest) await move(cluster, thread);
    await until(() => storage.health()?.state === 'closed');
    expect(storage.health()).toMatchObject({ conflicts: 0, unreplicated: 0, dropped: 0 });
    expect(storage.health()?.replayed).toBeGreaterThan(0);
    await assertWhole(direct, witness, RUNS);
  },
);
