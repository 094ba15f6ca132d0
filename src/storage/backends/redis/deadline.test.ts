import { setTimeout as delay } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { at, putValues, valuesOf } from '../../engine/fixtures/behaviours.ts';
import { STATE_KEY } from './fixtures/concurrent-runs.ts';
import { startFaultProxy } from './fixtures/fault-proxy.ts';
import { startRedis } from './fixtures/redis-server.ts';
import { openRedisStorage, type RedisStorage } from './index.ts';

const SLOW = { timeout: 180_000 };
/** Far from each other, so that a busy machine does not take one for the other. */
const [DEADLINE_MS, ONE_WAY_MS] = [12_000, 2_500];
const unavailable: unknown = expect.objectContaining({ code: 'STORAGE_UNAVAILABLE' });

const open = async (port: number): Promise<RedisStorage> =>
  openRedisStorage({
    url: `redis://127.0.0.1:${port}`,
    stateKeys: [STATE_KEY],
    deadlineMs: DEADLINE_MS,
  });

const entry = {
  thread: 't',
  workflow: 'letters',
  status: 'running',
  phase: null,
  inputDigest: 'a'.repeat(64),
} as const;

test(
  'an operation of several commands is answered within one deadline, not within one for each',
  SLOW,
  async () => {
    await using server = await startRedis('--appendonly', 'no');
    await using proxy = await startFaultProxy(server.port);
    await using storage = await open(proxy.port);
    proxy.become({ kind: 'slow', delayMs: ONE_WAY_MS });
    // Four commands of five seconds each, all of which the server answers.
    await expect(storage.threads.upsert(entry)).rejects.toEqual(unavailable);
    proxy.become({ kind: 'none' });
    expect(await storage.threads.upsert(entry)).toMatchObject({ thread: 't' });
  },
);

test(
  'what was stored is told, also when there is no time left to enter its thread in the list',
  SLOW,
  async () => {
    await using server = await startRedis('--appendonly', 'no');
    await using proxy = await startFaultProxy(server.port);
    await using storage = await open(proxy.port);
    proxy.become({ kind: 'slow', delayMs: ONE_WAY_MS });
    await putValues(storage.checkpointer, { id: '1', values: { a: 1 } });
    proxy.become({ kind: 'none' });
    expect(await valuesOf(storage.checkpointer, '1')).toEqual({ a: 1 });
    await putValues(storage.checkpointer, { id: '2', parent: '1', values: { a: 2 } });
    expect(await storage.storedThreads()).toEqual(['t']);
  },
);

test(
  'every caller is answered while the server hangs, and what was asked counts once when it wakes up',
  SLOW,
  async () => {
    await using server = await startRedis('--appendonly', 'no');
    await using storage = await openRedisStorage({
      url: server.url,
      stateKeys: [STATE_KEY],
      deadlineMs: 1_000,
    });
    await putValues(storage.checkpointer, { id: '1', values: { a: 1 } });
    server.process.kill('SIGSTOP');
    const { checkpointer, threads } = storage;
    const listed = async (): Promise<void> => {
      for await (const _ of checkpointer.list(at())) break;
    };
    const asked = [
      checkpointer.getTuple(at('1')),
      putValues(checkpointer, { id: '2', parent: '1', values: { a: 2 } }),
      checkpointer.putWrites(at('1'), [['a', 3]], 'task'),
      checkpointer.deleteThread('other'),
      listed(),
      threads.upsert(entry),
      threads.get('t'),
      storage.lockThread('another'),
    ];
    const late = async (): Promise<'late'> => delay(60_000, 'late' as const, { ref: false });
    // Each is listened to from the beginning: they fail in any order.
    const answers = asked.map((one) =>
      Promise.race([
        one.then(
          () => 'done',
          (error: unknown) => error,
        ),
        late(),
      ]),
    );
    expect(await Promise.all(answers)).toEqual(asked.map(() => unavailable));
    server.process.kill('SIGCONT');
    await expect
      .poll(
        async () =>
          putValues(checkpointer, { id: '2', parent: '1', values: { a: 2 } }).then(
            () => 'put',
            () => 'away',
          ),
        { timeout: 60_000 },
      )
      .toBe('put');
    expect(await valuesOf(checkpointer, '2')).toEqual({ a: 2 });
  },
);
