import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { openEmbeddedStorage, type EmbeddedStorage } from '../../../src/storage/index.ts';
import { openRedisStorage } from '../../../src/storage/backends/redis/index.ts';
import {
  startRedis,
  type RedisServer,
} from '../../../src/storage/backends/redis/fixtures/redis-server.ts';
import { everythingOf, plantTree, textOf } from '../../../src/storage/engine/fixtures/moving.ts';

let server: RedisServer;
let directory: string;

beforeAll(async () => {
  server = await startRedis('--appendonly', 'no');
  directory = mkdtempSync(join(tmpdir(), 'phasegate-migrate-'));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true, force: true });
});

const [old, young] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const embedded = async (...stateKeys: Uint8Array[]): Promise<EmbeddedStorage> =>
  openEmbeddedStorage({ directory, stateKeys });

test('a thread moves from SQLite to Redis and back, under another key each way', async () => {
  await using sqlite = await embedded(old);
  await using redis = await openRedisStorage({
    url: server.url,
    deadlineMs: 60_000,
    stateKeys: [young, old],
  });
  await plantTree(sqlite.checkpointer, 'one');
  const before = await everythingOf(sqlite.checkpointer, 'one');
  const there = await redis.importThread(sqlite.exportThread('one', { from: 'SQLite' }));
  expect(there).toMatchObject({ thread: 'one', checkpoints: 48, about: { from: 'SQLite' } });
  expect(await everythingOf(redis.checkpointer, 'one')).toEqual(before);

  await sqlite.checkpointer.deleteThread('one');
  const file = await textOf(redis.exportThread('one'));
  const back = async (): Promise<unknown> => sqlite.importThread(redis.exportThread('one'));
  await expect(back()).rejects.toMatchObject({ code: 'STORAGE_THREAD_FILE', details: { line: 1 } });
  await using knowing = await embedded(old, young);
  const home = await knowing.importThread(
    (async function* () {
      yield file;
    })(),
  );
  expect(home).toMatchObject({ from: 'one', checkpoints: 48 });
  expect(await everythingOf(knowing.checkpointer, 'one')).toEqual(before);
});

test('a thread that somebody else holds is not replaced', async () => {
  await using sqlite = await embedded(old);
  await plantTree(sqlite.checkpointer, 'two');
  await using redis = await openRedisStorage({
    url: server.url,
    deadlineMs: 60_000,
    stateKeys: [old],
  });
  await using other = await openRedisStorage({
    url: server.url,
    deadlineMs: 60_000,
    stateKeys: [old],
  });
  await redis.importThread(sqlite.exportThread('two'));
  await using _held = await other.lockThread('two');
  const again = redis.importThread(sqlite.exportThread('two'), { replace: true });
  await expect(again).rejects.toMatchObject({ code: 'STORAGE_THREAD_BUSY' });

  await using neighbour = await embedded(old);
  await using _lock = await neighbour.lockThread('two');
  const back = sqlite.importThread(redis.exportThread('two'), { thread: 'two', replace: true });
  await expect(back).rejects.toMatchObject({ code: 'STORAGE_THREAD_BUSY' });
});
