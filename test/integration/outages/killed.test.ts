import { expect, test } from 'vitest';

import { startServer } from '../../../src/storage/backends/redis/fixtures/redis-server.ts';
import {
  assertWhole,
  openJournaled,
  PATIENT,
  readThread,
  runThreads,
  threadNames,
  until,
} from './runs.ts';

const RUNS = { threads: threadNames(6), steps: 20 };

test('runs end while the server is gone, and it has all of them when it comes back with its log', async () => {
  await using server = await startServer({ settings: ['--appendfsync', 'always'] });
  await using journaled = await openJournaled(server.url, PATIENT);
  const { storage } = journaled;
  const { witness, errors } = await runThreads(storage, {
    ...RUNS,
    trouble: async () => server.kill(),
  });
  expect(errors).toEqual(new Map());
  const { state, degradedSince, unreplicated } = storage.health() ?? {};
  expect(['open', 'half-open']).toContain(state);
  expect(degradedSince).toMatch(/^\d{4}-/);
  expect(unreplicated).toBeGreaterThan(0);
  for (const thread of RUNS.threads) expect(storage.degradedSince(thread)).toMatch(/^\d{4}-/);
  const settings = ['--appendfsync', 'always', '--dir', server.directory];
  await using back = await startServer({ port: server.port, settings });
  await until(() => storage.health()?.state === 'closed');
  expect(storage.health()).toMatchObject({ conflicts: 0, unreplicated: 0, degradedSince: '' });
  // What was on its way when the server was killed, one operation of a thread at most, may have arrived.
  const most = unreplicated ?? Number.NaN;
  const replayed = storage.health()?.replayed;
  expect(replayed).toBeLessThanOrEqual(most);
  expect(replayed).toBeGreaterThanOrEqual(most - RUNS.threads.length);
  await assertWhole(back.url, witness, RUNS);
  // What was written meanwhile says so, under the seal.
  const { tuples } = await readThread(back.url, 'run-0');
  const marks = tuples.map(({ metadata }) => Reflect.get(metadata ?? {}, 'degraded'));
  expect(marks[0]).toBe(true);
  expect(marks.at(-1)).toBeUndefined();
});
