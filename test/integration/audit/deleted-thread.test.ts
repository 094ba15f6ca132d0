import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { emptyCheckpoint } from '@langchain/langgraph-checkpoint';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import {
  openEmbeddedAudit,
  readThread,
  recordDeletion,
  type AuditSink,
} from '../../../src/audit/index.ts';
import {
  startRedis,
  type RedisServer,
} from '../../../src/storage/backends/redis/fixtures/redis-server.ts';
import { openRedisStorage } from '../../../src/storage/backends/redis/index.ts';
import { openEmbeddedStorage, type EmbeddedStorage } from '../../../src/storage/index.ts';

const config = { configurable: { thread_id: 't', checkpoint_ns: '' } };
const actor = { id: 'kim', kind: 'person', authenticated: true } as const;

let server: RedisServer;
let directory: string;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => server[Symbol.asyncDispose]());
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-deleted-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

type Opened = Pick<EmbeddedStorage, 'checkpointer'> & AsyncDisposable;
type OnDelete = (thread: string) => Promise<void>;
const STORES: readonly (readonly [string, (onDelete: OnDelete) => Promise<Opened>])[] = [
  ['SQLite', async (onDelete) => openEmbeddedStorage({ directory, onDelete })],
  [
    'Redis',
    async (onDelete) => {
      const stateKeys = [new Uint8Array(32).fill(7)];
      const prefix = `${directory}:`;
      return openRedisStorage({
        url: server.url,
        stateKeys,
        prefix,
        deadlineMs: 60_000,
        onDelete,
      });
    },
  ],
];

async function put({ checkpointer }: Opened): Promise<void> {
  const metadata = { source: 'loop', step: 1, parents: {} } as const;
  await checkpointer.put(config, emptyCheckpoint(), metadata, {});
}

test.each(STORES)(
  '%s: who deletes a thread stands in the trail, each time',
  async (_name, open) => {
    await using audit = await openEmbeddedAudit({ directory });
    await using storage = await open(async (thread) =>
      recordDeletion(audit.log, { thread, actor }),
    );
    await put(storage);
    await storage.checkpointer.deleteThread('t');
    expect(await storage.checkpointer.getTuple(config)).toBeUndefined();
    await storage.checkpointer.deleteThread('t');
    const events: unknown[] = [];
    for await (const { body } of readThread({ database: audit.log.database, name: 'main' }, 't')) {
      events.push(JSON.parse(body).event);
    }
    const deletion = {
      kind: 'effect',
      outcome: 'pending',
      target: 'thread (delete)',
      thread: 't',
      actor,
    };
    expect(events).toEqual([expect.objectContaining(deletion), expect.objectContaining(deletion)]);
  },
);

test.each(STORES)('%s: a deletion that cannot be recorded is not done', async (_name, open) => {
  const full: AuditSink = {
    append: async () => {
      throw new Error('the disk is full');
    },
  };
  await using storage = await open(async (thread) => recordDeletion(full, { thread, actor }));
  await put(storage);
  await expect(storage.checkpointer.deleteThread('t')).rejects.toThrow('the disk is full');
  expect(await storage.checkpointer.getTuple(config)).toBeDefined();
});
