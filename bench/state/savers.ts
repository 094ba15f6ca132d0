import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MemorySaver, type BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite';
import { openEmbeddedStorage, type ThreadMoves } from 'phasegate/storage';
import { openRedisStorage } from 'phasegate/storage/redis';
import pg from 'pg';

import { startPostgres } from '../../src/audit/fixtures/postgres-server.ts';
import {
  startRedis,
  type RedisServer,
} from '../../src/storage/backends/redis/fixtures/redis-server.ts';

/** A saver to measure. */
export interface Contender {
  readonly name: string;
  readonly isOurs: boolean;
  readonly saver: BaseCheckpointSaver;
  /** Prunes where the saver can. */
  readonly prune: ThreadMoves['pruneThread'] | undefined;
  /** What everything that was stored takes, in bytes. */
  readonly bytes: () => Promise<number>;
}

/** All savers, each on a store of its own, and the Redis server for the floor. */
export interface Contenders extends AsyncDisposable {
  readonly all: readonly Contender[];
  readonly redis: RedisServer;
}

const KEY = new Uint8Array(32).fill(7);
/** A measurement waits for a disk that others use. */
const DEADLINE_MS = 30_000;

/** Where the stores keep their files. */
export interface Ground {
  /** A folder for the files of SQLite. */
  readonly root: string;
  /** Whether Postgres may answer before a write is on the disk. */
  readonly isRelaxed: boolean;
}

/** The disk, and what each store does by itself for its writes to be there. */
export const DISK: Ground = { root: tmpdir(), isRelaxed: false };

/** Memory, for what would take hours of waiting for the disk before it is measured. */
export const MEMORY: Ground = {
  root: existsSync('/dev/shm') ? '/dev/shm' : tmpdir(),
  isRelaxed: true,
};

/** Starts the servers and opens every saver with the settings that it comes with. */
export async function openContenders(ground: Ground): Promise<Contenders> {
  const directory = mkdtempSync(join(ground.root, 'phasegate-bench-state-'));
  const postgres = await startPostgres();
  const redis = await startRedis();
  const official = SqliteSaver.fromConnString(join(directory, 'official.db'));
  const elephant = PostgresSaver.fromConnString(postgres.url);
  await elephant.setup();
  const pool = new pg.Pool({ connectionString: postgres.url, max: 1 });
  if (ground.isRelaxed) {
    await pool.query('ALTER SYSTEM SET synchronous_commit = off');
    await pool.query('SELECT pg_reload_conf()');
  }
  const embedded = await openEmbeddedStorage({ directory: join(directory, 'ours') });
  const settings = { url: redis.url, stateKeys: [KEY], deadlineMs: DEADLINE_MS };
  const served = await openRedisStorage(settings);
  const memory = new MemorySaver();
  const all: readonly Contender[] = [
    peer('MemorySaver', memory, async () => bytesOf(memory.storage) + bytesOf(memory.writes)),
    peer('official SQLite', official, async () => sizeOf(directory, 'official.db')),
    peer('official Postgres', elephant, async () => tableBytes(pool)),
    ours('ours on SQLite', embedded, async () => sizeOf(join(directory, 'ours'), 'state.db')),
    ours('ours on Redis', served, async () => usedMemory(redis)),
  ];
  return {
    all,
    redis,
    [Symbol.asyncDispose]: async () => {
      await pool.end();
      await elephant.end();
      await embedded.close();
      await served.close();
      official.db.close();
      await redis[Symbol.asyncDispose]();
      await postgres[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function peer(name: string, saver: BaseCheckpointSaver, bytes: Contender['bytes']): Contender {
  return { name, isOurs: false, saver, prune: undefined, bytes };
}

function ours(
  name: string,
  storage: Pick<ThreadMoves, 'pruneThread'> & { readonly checkpointer: BaseCheckpointSaver },
  bytes: Contender['bytes'],
): Contender {
  return { name, isOurs: true, saver: storage.checkpointer, prune: storage.pruneThread, bytes };
}

async function tableBytes(pool: pg.Pool): Promise<number> {
  const sql = `SELECT sum(pg_total_relation_size(c.oid)) AS bytes FROM pg_class c
    WHERE c.relname IN ('checkpoints', 'checkpoint_blobs', 'checkpoint_writes')`;
  const { rows } = await pool.query<{ bytes: string }>(sql);
  return Number(rows[0]?.bytes);
}

async function usedMemory(redis: RedisServer): Promise<number> {
  const info = await redis.client.info('memory');
  return Number(/used_memory_dataset:(\d+)/.exec(info)?.[1]);
}

/** The database and its log. */
function sizeOf(directory: string, name: string): number {
  const files = readdirSync(directory).filter((file) => file.startsWith(name));
  return files.reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
}

function bytesOf(value: unknown): number {
  if (value instanceof Uint8Array) return value.length;
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, member) => sum + bytesOf(member), 0);
}
