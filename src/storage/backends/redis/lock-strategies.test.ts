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
  const stateKeys = [new Uint8Array(32).fill(1)];
  const open = async () => openRedisStorage({ url: server.url, stateKeys, leaseMs: 600 });
  const [one, other] = [await open(), await open()];
  const close = async (): Promise<void> => {
    await Promise.all([one.close(), other.close()]);
  };
  return { one, other, [Symbol.asyncDispose]: close };
});
