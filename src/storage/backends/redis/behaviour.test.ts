import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';
import { afterAll, beforeAll } from 'vitest';

import { runConformance } from '../../engine/fixtures/conformance.ts';
import { runBehaviours, type OpenedStore } from '../../engine/fixtures/run-behaviours.ts';
import { CheckpointEngine, createKeyring, type EngineOptions } from '../../engine/index.ts';
import { connect, type Client } from './client.ts';
import { redisVandal } from './fixtures/redis-vandal.ts';
import { startRedis, type RedisServer } from './fixtures/redis-server.ts';
import { createRedisStore } from './redis-store.ts';

let server: RedisServer;
let client: Client;
let count = 0;

beforeAll(async () => {
  server = await startRedis('--appendonly', 'no');
  client = await connect({ url: server.url, deadlineMs: 10_000 });
});
afterAll(async () => {
  await client.close();
  await server[Symbol.asyncDispose]();
});

const KEYS = createKeyring([new Uint8Array(32).fill(1)]);

function open(): OpenedStore {
  count += 1;
  const prefix = `test${count}:`;
  const store = createRedisStore({ client, prefix, lifetime: undefined, leaseOf: () => undefined });
  const saver = (options: Partial<EngineOptions> = {}): BaseCheckpointSaver =>
    new CheckpointEngine({ store, keys: () => KEYS, ...options });
  return { saver, store, vandal: redisVandal(server.client, prefix), close: async () => undefined };
}

runBehaviours('Redis', async () => open());

runConformance({
  checkpointerName: 'phasegate/storage/redis',
  createCheckpointer: () => open().saver(),
});
