import { expect, test } from 'vitest';

import { Limits } from '../../contract/index.ts';
import { withoutHost } from '../without-host.ts';
import { conductCall } from './conduct-call.ts';
import type { WorkerAnswer } from './messages.ts';
import { createWorkerPool, PoolBusyError, type WorkerPool } from './worker-pool.ts';
import type { WorkerThread } from './worker-thread.ts';

const signal = new AbortController().signal;
const ANSWER: WorkerAnswer = { kind: 'done', json: '1', cpuMs: 0, memoryBytes: 0 };

test("counts none of a plugin's time while its call waits for a thread", async () => {
  const limits = Limits.parse({ wallMs: 20 });
  const key = 'a digest';
  // It answers at once, so that only the wait takes longer than the plugin may.
  const worker: WorkerThread = {
    ask: () => Promise.resolve(ANSWER),
    kill: () => Promise.resolve(),
    workedMs: () => 0,
    ended: false,
    loaded: new Map([[key, { initialized: true }]]),
  };
  const pool: WorkerPool = {
    borrow: async (_key, caller) => {
      await new Promise((resolve) => {
        setTimeout(resolve, 5 * limits.wallMs);
      });
      caller?.throwIfAborted();
      return worker;
    },
    giveBack: () => undefined,
    idleWith: () => [],
    close: () => Promise.resolve(),
  };
  const files = new Map<string, string>();
  const result = await conductCall({
    pool,
    source: { key, entry: 'index.js', files, limits, time: false, random: false },
    plugin: 'test.plugin',
    method: 'execute',
    operation: 'go',
    arguments: [],
    host: withoutHost('test.plugin'),
    signal,
    initialize: undefined,
  });
  expect(result.json).toBe('1');
});

test('gives a call up that has waited too long for a thread, and lends the thread to the next', async () => {
  const pool = createWorkerPool({ minWorkers: 1, maxWorkers: 1, maxWaiting: 10, maxWaitMs: 20 });
  const worker = await patiently(pool);
  await expect(pool.borrow('a', signal)).rejects.toThrow(
    new PoolBusyError('no thread was free for it within 20 ms'),
  );
  pool.giveBack(worker);
  expect(await pool.borrow('a', signal)).toBe(worker);
  await pool.close();
});

/** A thread takes longer to start than a call may wait here. */
async function patiently(pool: WorkerPool): Promise<WorkerThread> {
  for (;;) {
    try {
      // oxlint-disable-next-line no-await-in-loop
      return await pool.borrow('a', signal);
    } catch (error) {
      if (!(error instanceof PoolBusyError)) throw error;
    }
  }
}
