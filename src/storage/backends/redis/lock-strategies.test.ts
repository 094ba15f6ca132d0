import { afterAll, beforeAll } from 'vitest';

import { runLockStrategies } from '../../fixtures/run-lock-strategies.ts';
import { startRedis, type RedisServer } from './fixtures/redis-server.ts';
import { openRedisStorage } from './index.ts';

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
  return { one, other, stranger, [Symbol.asyncDispose]: close };
});
