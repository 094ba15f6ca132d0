import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { silentLogger, type Logger } from '../../../kernel/index.ts';
import {
  at,
  checkpointOf,
  METADATA,
  putValues,
  valuesOf,
} from '../../engine/fixtures/behaviours.ts';
import { findFetched } from './fixtures/programs.ts';
import { startRedis, type RedisServer } from './fixtures/redis-server.ts';
import {
  openRedisStorage,
  type RedisStorage,
  type RedisStorageSettings,
  type SingleServer,
} from './index.ts';

const FRONT_DOOR = new URL('./index.ts', import.meta.url).href;
const stateKeys = [new Uint8Array(32).fill(3)];
let server: RedisServer;

beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await server.client.flushall();
});

const open = async (
  options: Partial<RedisStorageSettings & SingleServer> = {},
): Promise<RedisStorage> =>
  openRedisStorage({ url: server.url, stateKeys, deadlineMs: 60_000, ...options });
const coded = (code: string): unknown => expect.objectContaining({ code });

/** How often each command was called since, without those inside scripts. */
async function callsOf(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const seen: Record<string, number> = {};
  const monitor = await server.client.monitor();
  monitor.on('monitor', (_time: string, [command = '']: string[], source: string) => {
    const name = command.toLowerCase();
    // What asks for a sign of life now and then belongs to no operation.
    if (source !== 'lua' && name !== 'ping') seen[name] = (seen[name] ?? 0) + 1;
  });
  await work();
  await delay(50);
  monitor.disconnect();
  return seen;
}

test('asks the server once for each operation', async () => {
  await using storage = await open();
  const saver = storage.checkpointer;
  const warm = async (id: string): Promise<void> => {
    await putValues(saver, { id, values: { a: ['x'.repeat(600)] } });
    await saver.putWrites(at(id), [['a', 1]], 'task');
    await saver.getTuple(at());
  };
  await warm('1');
  expect(await callsOf(async () => putValues(saver, { id: '2', values: { a: 1 } }))).toEqual({
    evalsha: 1,
  });
  expect(await callsOf(async () => saver.putWrites(at('2'), [['a', 1]], 'task'))).toEqual({
    evalsha: 1,
  });
  expect(await callsOf(async () => saver.getTuple(at()))).toEqual({ evalsha: 1 });
});

test('one holder writes a thread, the others are told who does', async () => {
  await using storage = await open();
  await using other = await open();
  await using lock = await storage.lockThread('t', { owner: 'holder' });
  await expect(other.lockThread('t')).rejects.toMatchObject({
    code: 'STORAGE_THREAD_BUSY',
    details: { thread: 't', owner: 'holder', pid: process.pid },
  });
  const put = putValues(other.checkpointer, { id: '1', values: {} });
  await expect(put).rejects.toEqual(coded('STORAGE_THREAD_BUSY'));
  const writes = other.checkpointer.putWrites(at('1'), [['a', 1]], 'task');
  await expect(writes).rejects.toEqual(coded('STORAGE_THREAD_BUSY'));
  await expect(other.checkpointer.deleteThread('t')).rejects.toEqual(coded('STORAGE_THREAD_BUSY'));
  await putValues(storage.checkpointer, { id: '1', values: { a: 'held' } });
  await lock.release();
  await using next = await other.lockThread('t');
  expect(next.epoch).toBe(2);
  expect(await valuesOf(other.checkpointer)).toEqual({ a: 'held' });
});

test('a lease is renewed for as long as its holder lives', async () => {
  await using storage = await open({ leaseMs: 4_000 });
  await using other = await open({ leaseMs: 4_000 });
  await using lock = await storage.lockThread('t');
  await delay(9_000);
  await expect(other.lockThread('t')).rejects.toEqual(coded('STORAGE_THREAD_BUSY'));
  expect(lock.signal.aborted).toBe(false);
});

test('a process that slept through its lease cannot write, and is told', async () => {
  const program = `
    import { openRedisStorage } from ${JSON.stringify(FRONT_DOOR)};
    const say = (line) => process.stdout.write(line + '\\n');
    const storage = await openRedisStorage({ url: ${JSON.stringify(server.url)},
      stateKeys: [new Uint8Array(32).fill(3)], leaseMs: 6_000, deadlineMs: 60_000 });
    const lock = await storage.lockThread('t');
    lock.signal.addEventListener('abort', () => say('told ' + lock.signal.reason.code));
    const put = (id) => storage.checkpointer.put({ configurable: { thread_id: 't', checkpoint_ns: '' } },
      { v: 4, id, ts: '', channel_values: {}, channel_versions: {}, versions_seen: {} },
      { source: 'loop', step: 1, parents: {} }, {});
    await put('1');
    say('asleep');
    process.kill(process.pid, 'SIGSTOP');
    await put('3').catch((error) => say('refused ' + error.code));
    setInterval(() => undefined, 1000);`;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const heard = async (): Promise<unknown> => (await lines.next()).value;
    await using storage = await open();
    expect(await heard()).toBe('asleep');
    await expect(storage.lockThread('t')).rejects.toEqual(coded('STORAGE_THREAD_BUSY'));
    const lock = await storage.lockThread('t', { whenBusy: 'enqueue', waitMs: 120_000 });
    await putValues(storage.checkpointer, { id: '2', parent: '1', values: { a: 'mine' } });
    // Also after the new holder has finished, the sleeper is out of date.
    await lock.release();
    child.kill('SIGCONT');
    const said = [await heard(), await heard()].map(String).toSorted();
    expect(said).toEqual([
      expect.stringMatching(/^refused STORAGE_(THREAD_LOCK_LOST|UNAVAILABLE)$/),
      'told STORAGE_THREAD_LOCK_LOST',
    ]);
    expect(await valuesOf(storage.checkpointer)).toEqual({ a: 'mine' });
  } finally {
    child.kill('SIGKILL');
  }
});

test('a thread expires as a whole: from its last use, or from its beginning', async () => {
  const lifetimes = [
    { ms: 600_000, from: 'sliding' },
    { ms: 600_000, from: 'fixed' },
  ] as const;
  for (const lifetime of lifetimes) {
    await server.client.flushall();
    await using storage = await open({ lifetime });
    const write = async (id: string): Promise<void> => {
      await putValues(storage.checkpointer, { id, values: { a: 'x'.repeat(600) } });
      await storage.checkpointer.putWrites(at(id), [['a', 1]], 'task');
    };
    const left = async (): Promise<number[]> => {
      const keys = (await server.client.keys('*')).filter((key) => key.includes('{'));
      return Promise.all(keys.map(async (key) => server.client.pttl(key)));
    };
    await write('1');
    await delay(3_000);
    await write('2');
    const remaining = await left();
    expect(remaining).toHaveLength(7);
    expect(Math.max(...remaining) - Math.min(...remaining)).toBeLessThan(2_000);
    expect(Math.max(...remaining) > 597_000).toBe(lifetime.from === 'sliding');
  }
});

test('a thread that has expired is gone, and may begin again', async () => {
  await using storage = await open({ lifetime: { ms: 4_000, from: 'sliding' } });
  await putValues(storage.checkpointer, { id: '1', values: { a: 1 } });
  await delay(4_200);
  expect(await storage.checkpointer.getTuple(at())).toBeUndefined();
  await putValues(storage.checkpointer, { id: '2', values: { a: 2 } });
  expect(await valuesOf(storage.checkpointer)).toEqual({ a: 2 });
});

test('lists the checkpoints of all threads', async () => {
  await using storage = await open();
  for (const thread of ['a', 'b']) {
    const config = { configurable: { thread_id: thread, checkpoint_ns: '' } };
    await storage.checkpointer.put(config, checkpointOf('1', {}), METADATA, {});
  }
  const threads: unknown[] = [];
  for await (const tuple of storage.checkpointer.list({})) {
    threads.push(tuple.config.configurable?.['thread_id']);
  }
  expect(threads).toEqual(['b', 'a']);
});

test('refuses a server that would remove keys, and warns of one that writes no log', async () => {
  await using evicting = await startRedis('--maxmemory-policy', 'allkeys-lru');
  await expect(open({ url: evicting.url })).rejects.toMatchObject({
    code: 'STORAGE_UNSUITABLE_SERVER',
    hint: expect.stringContaining('noeviction'),
  });
  await using forgetful = await startRedis('--appendonly', 'no');
  const warned: string[] = [];
  const logger: Logger = { ...silentLogger, warn: (event) => warned.push(event) };
  await using storage = await open({ url: forgetful.url, logger });
  expect(storage.server.isPersistent).toBe(false);
  expect(warned).toEqual(['storage-server-without-append-only-file']);
});

test('says that the password is wrong, without telling it', async () => {
  await using guarded = await startRedis('--requirepass', 'right').catch(() => {
    throw new Error('the guarded server did not start');
  });
  const url = guarded.url.replace('//', '//:secret-guess@');
  const failure: unknown = await open({ url }).catch((error: unknown) => error);
  expect(failure).toEqual(coded('STORAGE_AUTHENTICATION'));
  expect(String(failure)).not.toContain('secret-guess');
});

test('answers within its deadline when the server hangs, is gone, or was never there', async () => {
  await using own = await startRedis();
  await using storage = await open({ url: own.url, deadlineMs: 500 });
  await putValues(storage.checkpointer, { id: '1', values: {} });
  const timed = async (): Promise<number> => {
    const startedAt = performance.now();
    await expect(storage.checkpointer.getTuple(at())).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      retryable: true,
    });
    return performance.now() - startedAt;
  };
  own.process.kill('SIGSTOP');
  expect(await timed()).toBeLessThan(20_000);
  own.process.kill('SIGCONT');
  await delay(100);
  own.process.kill('SIGKILL');
  await delay(100);
  expect(await timed()).toBeLessThan(20_000);
  await expect(open({ url: 'redis://127.0.0.1:1', deadlineMs: 500 })).rejects.toEqual(
    coded('STORAGE_UNAVAILABLE'),
  );
});

test('out of memory, it says so, and what was stored can still be read', async () => {
  await using small = await startRedis('--maxmemory', '3mb');
  await using storage = await open({ url: small.url });
  await putValues(storage.checkpointer, { id: '1', values: { a: 'kept' } });
  const fill = async (): Promise<void> => {
    for (let step = 2; step < 50; step += 1) {
      await putValues(storage.checkpointer, {
        id: String(step),
        values: { a: `${step}`.repeat(100_000) },
      });
    }
  };
  await expect(fill()).rejects.toMatchObject({
    code: 'STORAGE_FULL',
    message: expect.stringContaining('memory'),
    hint: expect.stringContaining('maxmemory'),
  });
  expect(await valuesOf(storage.checkpointer, '1')).toEqual({ a: 'kept' });
});

test('runs on the server that is fetched without being root', () => {
  // On a machine that has one on its path the others use that; this one is what they fall back to.
  expect(findFetched('redis').program).toMatch(/usr\/bin\/redis-server$/);
});

test.each(['/banana', '/-1', '/1.5', '/1/2', '/0?db=3'])(
  'refuses a URL that ends in %s, and does not take database 0 in its place',
  async (end) => {
    const refused = open({ url: `${server.url}${end}` });
    await expect(refused).rejects.toMatchObject({ code: 'STORAGE_SERVER_URL' });
  },
);

test.each([
  { deadlineMs: 2 ** 31 },
  { leaseMs: 2 ** 31 },
  { journal: { directory: '/tmp', watchMs: 2 ** 31 } },
])('refuses %j, which no timer waits for', async (durations) => {
  await expect(open(durations)).rejects.toMatchObject({ code: 'STORAGE_INVALID_DURATION' });
});

test('refuses a database that the server does not have', async () => {
  const refused = open({ url: `${server.url}/99` });
  await expect(refused).rejects.toMatchObject({ code: 'STORAGE_UNSUITABLE_SERVER' });
  await using storage = await open({ url: `${server.url}/3` });
  await putValues(storage.checkpointer, { id: '1', values: { a: 1 } });
  expect(await server.client.dbsize()).toBe(0);
});

test('a deleted thread leaves none of its values behind, also while a run holds it', async () => {
  await using storage = await open();
  await putValues(storage.checkpointer, { id: '1', values: { a: 'of someone' } });
  await storage.checkpointer.putWrites(at('1'), [['a', 'of someone']], 'task');
  await using _lock = await storage.lockThread('t');
  await storage.checkpointer.deleteThread('t');
  for (const key of await server.client.keys('*{t}*')) {
    const fields = await server.client.hgetallBuffer(key);
    expect(Object.keys(fields).filter((field) => field.startsWith('p:'))).toEqual([]);
    expect(Object.values(fields).some((value) => value.includes('someone'))).toBe(false);
  }
});

test.each(['sliding', 'fixed'] as const)(
  'what is sent late to a deleted thread is refused also when its lifetime (%s) is over',
  async (from) => {
    await using storage = await open({ lifetime: { ms: 4_000, from } });
    const saver = storage.checkpointer;
    await putValues(saver, { id: '1', values: { a: 1 } });
    await saver.deleteThread('t');
    await using late = await open({ lifetime: { ms: 4_000, from } });
    await delay(100);
    await (await late.lockThread('t')).release();
    await delay(4_200);
    for (const writer of [saver, late.checkpointer]) {
      const put = putValues(writer, { id: '2', parent: '1', values: { a: 2 } });
      await expect(put).rejects.toMatchObject({ code: 'STORAGE_THREAD_DELETED' });
      const write = writer.putWrites(at('2'), [['a', 1]], 'task');
      await expect(write).rejects.toMatchObject({ code: 'STORAGE_THREAD_DELETED' });
    }
    await putValues(saver, { id: '3', values: { a: 3 } });
    await delay(4_200);
    expect(await saver.getTuple(at())).toBeUndefined();
    expect(await server.client.keys('*{t}*')).toEqual([]);
  },
);
