import { setTimeout as delay } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { putValues, valuesOf } from '../../engine/fixtures/behaviours.ts';
import {
  assertSound,
  runThrough,
  STATE_KEY,
  threadNames,
  type Runs,
} from './fixtures/concurrent-runs.ts';
import { startFaultProxy, type FaultProxy } from './fixtures/fault-proxy.ts';
import { startRedis, startServer, type RedisServer } from './fixtures/redis-server.ts';
import { openRedisStorage, type RedisStorage } from './index.ts';

const DEADLINE_MS = 800;
const EIGHT = { threads: threadNames(8), steps: 30, deadlineMs: DEADLINE_MS };
const coded = (code: string): unknown => expect.objectContaining({ code });

async function open({ host, port }: { host: string; port: number }): Promise<RedisStorage> {
  const url = `redis://${host}:${port}`;
  return openRedisStorage({ url, stateKeys: [STATE_KEY], deadlineMs: DEADLINE_MS });
}

/** Runs through a trouble, and asserts that all steps were answered as done in the end and are there, once each. */
async function survives(
  server: RedisServer,
  way: { readonly host: string; readonly port: number },
  trouble: Runs['trouble'],
): Promise<readonly string[]> {
  await using storage = await open(way);
  const report = await runThrough(storage.checkpointer, { ...EIGHT, trouble });
  expect([...report.acknowledged.values()]).toEqual(EIGHT.threads.map(() => 30));
  await assertSound({ url: server.url }, report);
  return [...report.failures.keys()];
}

const NETWORKS: readonly {
  readonly name: string;
  readonly trouble: (proxy: FaultProxy) => Promise<void>;
}[] = [
  {
    name: 'a slow network delays answers and nothing else',
    trouble: async (proxy) => {
      proxy.become({ kind: 'slow', delayMs: 100 });
      await delay(600);
      proxy.become({ kind: 'none' });
    },
  },
  {
    name: 'a network that delivers late what nobody waits for any more',
    trouble: async (proxy) => {
      proxy.become({ kind: 'stalled' });
      await delay(2 * DEADLINE_MS);
      proxy.become({ kind: 'none' });
    },
  },
  {
    name: 'connections whose other end is gone without a word are replaced',
    trouble: async (proxy) => {
      proxy.become({ kind: 'half-open' });
      await delay(300);
      proxy.become({ kind: 'none' });
    },
  },
  {
    name: 'an answer that is lost is no second step',
    trouble: async (proxy) => {
      proxy.become({ kind: 'lost-replies' });
      await delay(300);
      proxy.become({ kind: 'none' });
    },
  },
  {
    name: 'connections that are cut, and refused for a while',
    trouble: async (proxy) => {
      proxy.become({ kind: 'refused' });
      proxy.cut();
      await delay(500);
      proxy.become({ kind: 'none' });
    },
  },
];

test.each(NETWORKS)('in the middle of runs: $name', async ({ trouble }) => {
  await using server = await startRedis();
  await using proxy = await startFaultProxy(server.port);
  const codes = await survives(server, proxy, async () => trouble(proxy));
  expect(['STORAGE_UNAVAILABLE']).toEqual(expect.arrayContaining([...codes]));
});

test('in the middle of runs: a server that hangs, and goes on', async () => {
  await using server = await startRedis();
  const codes = await survives(server, server, async () => {
    server.process.kill('SIGSTOP');
    await delay(2 * DEADLINE_MS);
    server.process.kill('SIGCONT');
  });
  expect(codes).toEqual(['STORAGE_UNAVAILABLE']);
});

test('in the middle of runs: a server that is killed, and started again with its log', async () => {
  await using server = await startRedis('--appendfsync', 'always');
  let again: RedisServer | undefined;
  const codes = await survives(server, server, async () => {
    await server.kill();
    await delay(300);
    again = await startServer({ port: server.port, settings: ['--dir', server.directory] });
  });
  await again?.[Symbol.asyncDispose]();
  expect(codes).toEqual(['STORAGE_UNAVAILABLE']);
});

test('in the middle of runs: a master that is a replica for a while takes nothing', async () => {
  await using server = await startRedis();
  await using other = await startRedis();
  const codes = await survives(server, server, async () => {
    // One that cannot be reached, so that it keeps what it has.
    await server.client.replicaof('127.0.0.1', '1');
    await delay(300);
    await server.client.replicaof('NO', 'ONE');
  });
  expect(codes).toEqual(['STORAGE_UNAVAILABLE']);
  await other.client.replicaof(server.host, server.port);
  await expect(open(other)).rejects.toMatchObject({ code: 'STORAGE_UNSUITABLE_SERVER' });
});

test('in the middle of runs: memory that is full refuses steps, and keeps those that were done', async () => {
  await using server = await startRedis();
  await using storage = await open(server);
  const report = await runThrough(storage.checkpointer, {
    ...EIGHT,
    trouble: async () => server.client.config('SET', 'maxmemory', '1mb'),
  });
  expect([...report.failures.keys()]).toEqual(['STORAGE_FULL']);
  expect(Math.min(...report.acknowledged.values())).toBeGreaterThan(5);
  await server.client.config('SET', 'maxmemory', '0');
  await assertSound({ url: server.url }, report);
});

test.each([
  ['is emptied', async (server: RedisServer) => server.client.flushall()],
  [
    'comes back empty',
    async (server: RedisServer) => {
      await server.kill();
      return startServer({ port: server.port });
    },
  ],
])('in the middle of runs: a server that %s is noticed by every run', async (_, trouble) => {
  await using server = await startRedis();
  await using storage = await open(server);
  let again: unknown;
  const report = await runThrough(storage.checkpointer, {
    ...EIGHT,
    trouble: async () => {
      again = await trouble(server);
    },
  });
  // No run goes on as if nothing had been there.
  expect(report.failures.get('STORAGE_INTEGRITY')).toBe(EIGHT.threads.length);
  expect(Math.max(...report.acknowledged.values())).toBeLessThan(30);
  if (typeof again === 'object') await (again as RedisServer)[Symbol.asyncDispose]();
});

test('a password that is changed ends all at once, and is not tried again', async () => {
  await using server = await startRedis();
  await using storage = await open(server);
  const report = await runThrough(storage.checkpointer, {
    ...EIGHT,
    trouble: async () => {
      await server.client.config('SET', 'requirepass', 'another');
      await server.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    },
  });
  expect(report.failures.get('STORAGE_AUTHENTICATION')).toBe(EIGHT.threads.length);
  await expect(valuesOf(storage.checkpointer)).rejects.toEqual(coded('STORAGE_AUTHENTICATION'));
  const before = await connectionsOf(server);
  await delay(1_200);
  expect(await connectionsOf(server)).toBe(before);
});

test('a connection that nobody uses is replaced when its other end is gone', async () => {
  await using server = await startRedis();
  await using proxy = await startFaultProxy(server.port);
  await using storage = await open(proxy);
  await putValues(storage.checkpointer, { id: '1', values: { a: 1 } });
  proxy.become({ kind: 'half-open' });
  await delay(2.2 * DEADLINE_MS);
  proxy.become({ kind: 'none' });
  await expect
    .poll(async () => valuesOf(storage.checkpointer).catch(() => undefined))
    .toEqual({
      a: 1,
    });
});

async function connectionsOf(server: RedisServer): Promise<string | undefined> {
  const info = await server.client.info('stats');
  return /total_connections_received:(\d+)/.exec(info)?.[1];
}
