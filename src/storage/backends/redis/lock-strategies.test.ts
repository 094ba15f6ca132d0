import { afterAll, beforeAll } from 'vitest';

import { runLockStrategies } from '../../fixtures/run-lock-strategies.ts';
import { startRedis, type RedisServer } from './fixtures/redis-server.ts';
import { openRedisStorage } from './index.ts';
import type { OrderVandal } from '../../fixtures/locking-storages.ts';
import { keysOf } from './keys.ts';

let server: RedisServer;

beforeAll(async () => {
  server = await startRedis('--appendonly', 'no');
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

runLockStrategies('Redis', async () => {
  await server.client.flushall();
  const open = async (key: number) =>
    openRedisStorage({
      url: server.url,
      stateKeys: [new Uint8Array(32).fill(key)],
      leaseMs: 9_000,
      deadlineMs: 60_000,
    });
  const [one, other, stranger] = [await open(1), await open(1), await open(2)];
  const close = async (): Promise<void> => {
    await Promise.all([one.close(), other.close(), stranger.close()]);
  };
  return { one, other, stranger, vandal, [Symbol.asyncDispose]: close };
});

const ofThread = (thread: string): string => keysOf('phasegate:', thread)[0] ?? '';
const isOrder = (field: string): boolean => /^(k:|mark$|rollback$)/.test(field);

const vandal: OrderVandal = {
  copy: async (thread) => {
    const fields = Object.entries(await server.client.hgetallBuffer(ofThread(thread)));
    const marks = fields.filter(([name]) => isOrder(name) && name !== 'rollback');
    return { marks, order: fields.filter(([name]) => name === 'rollback') };
  },
  paste: async (thread, copied) => {
    const { marks, order } = copied as Record<'marks' | 'order', [string, Buffer][]>;
    const fields = await server.client.hkeys(ofThread(thread));
    await server.client.hdel(ofThread(thread), '-', ...fields.filter(isOrder));
    await server.client.hset(ofThread(thread), ...[...marks, ...order].flat());
  },
  order: async (thread, text) => {
    await server.client.hset(ofThread(thread), 'rollback', text);
  },
};
