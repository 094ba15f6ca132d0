import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { emptyCheckpoint, type CheckpointMetadata } from '@langchain/langgraph-checkpoint';
import Libsql from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { openEmbeddedStorage, type EmbeddedStorage } from '../../index.ts';
import { MIGRATIONS } from './migrations.ts';

const METADATA: CheckpointMetadata = { source: 'loop', step: 1, parents: {} };
let root: string;
let directory: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'phasegate-storage-'));
  directory = join(root, 'data');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const coded = (code: string): unknown => expect.objectContaining({ code });
const configOf = (thread: string) => ({ configurable: { thread_id: thread, checkpoint_ns: '' } });

async function putValue(storage: EmbeddedStorage, thread: string, value: unknown): Promise<void> {
  const checkpoint = { ...emptyCheckpoint(), channel_values: { value } };
  await storage.checkpointer.put(configOf(thread), checkpoint, METADATA, {});
}

async function valueOf(storage: EmbeddedStorage, thread: string): Promise<unknown> {
  const tuple = await storage.checkpointer.getTuple(configOf(thread));
  return tuple?.checkpoint.channel_values['value'];
}

function withDatabase(work: (database: Libsql.Database) => void): void {
  const database = new Libsql(join(directory, 'state.db'));
  try {
    work(database);
  } finally {
    database.close();
  }
}

test('keeps checkpoints between two openings', async () => {
  {
    await using storage = await openEmbeddedStorage({ directory });
    await putValue(storage, 't', 'kept');
  }
  await using again = await openEmbeddedStorage({ directory });
  expect(await valueOf(again, 't')).toBe('kept');
  await expect(again.verify()).resolves.toBeUndefined();
});

test('keeps its directory and files from other users, also in a directory that others may read', async () => {
  mkdirSync(directory, { mode: 0o755 });
  await using storage = await openEmbeddedStorage({ directory: join(directory, 'inner') });
  await using open = await openEmbeddedStorage({ directory });
  await putValue(open, 't', 1);
  expect(statSync(storage.directory).mode & 0o777).toBe(0o700);
  for (const file of ['state.db', 'state.db-wal', 'state.db-shm']) {
    expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
  }
});

test('leaves a whole database in state.db alone when it is closed', async () => {
  const storage = await openEmbeddedStorage({ directory });
  await putValue(storage, 't', 'whole');
  await storage.close();
  const copy = join(root, 'copy');
  mkdirSync(copy);
  for (const file of ['state.db', 'seal.key']) {
    writeFileSync(join(copy, file), readFileSync(join(directory, file)), { mode: 0o600 });
  }
  await using restored = await openEmbeddedStorage({ directory: copy });
  expect(await valueOf(restored, 't')).toBe('whole');
});

test('refuses a path that is a file, and one that leads through a file', async () => {
  writeFileSync(directory, 'a file');
  await expect(openEmbeddedStorage({ directory })).rejects.toEqual(
    coded('STORAGE_NOT_A_DIRECTORY'),
  );
  await expect(openEmbeddedStorage({ directory: join(directory, 'x') })).rejects.toEqual(
    coded('STORAGE_NOT_A_DIRECTORY'),
  );
  expect(readFileSync(directory, 'utf8')).toBe('a file');
});

test('refuses a directory that it cannot write', async () => {
  // The administrator may write everywhere but in the kernel's own tree.
  const isAdministrator = process.getuid?.() === 0;
  const closed = isAdministrator ? '/sys/phasegate' : join(root, 'closed', 'data');
  if (!isAdministrator) mkdirSync(join(root, 'closed'), { mode: 0o500 });
  await expect(openEmbeddedStorage({ directory: closed })).rejects.toEqual(
    coded('STORAGE_DIRECTORY_NOT_WRITABLE'),
  );
});

test('refuses a place where nothing can be made, at once, and says how to read one', async () => {
  await expect(openEmbeddedStorage({ directory: '/proc/phasegate/state' })).rejects.toMatchObject({
    code: 'STORAGE_DIRECTORY_NOT_WRITABLE',
    hint: expect.stringContaining('copy it and name the copy'),
  });
});

test('refuses a file that is no database, and leaves it as it was', async () => {
  mkdirSync(directory);
  const text = 'this is not a database\n'.repeat(400);
  writeFileSync(join(directory, 'state.db'), text);
  await expect(openEmbeddedStorage({ directory })).rejects.toEqual(coded('STORAGE_CORRUPT'));
  expect(readFileSync(join(directory, 'state.db'), 'utf8')).toBe(text);
});

test('refuses a database whose end is missing', async () => {
  const storage = await openEmbeddedStorage({ directory });
  for (let index = 0; index < 50; index += 1)
    await putValue(storage, `t${index}`, 'x'.repeat(2000));
  await storage.close();
  truncateSync(join(directory, 'state.db'), 10_000);
  await expect(openEmbeddedStorage({ directory })).rejects.toEqual(coded('STORAGE_CORRUPT'));
});

test('names damage that is met only when a later checkpoint is read', async () => {
  const storage = await openEmbeddedStorage({ directory });
  for (let index = 0; index < 50; index += 1)
    await putValue(storage, `t${index}`, 'x'.repeat(2000));
  await storage.close();
  const path = join(directory, 'state.db');
  const bytes = readFileSync(path);
  // The first pages hold the schema; everything behind them is overwritten.
  bytes.fill(0xa5, 4096 * 44);
  writeFileSync(path, bytes);
  await using damaged = await openEmbeddedStorage({ directory });
  const readAll = async (): Promise<void> => {
    for (let index = 0; index < 50; index += 1) await valueOf(damaged, `t${index}`);
  };
  await expect(readAll()).rejects.toEqual(coded('STORAGE_CORRUPT'));
  await expect(damaged.verify()).rejects.toEqual(coded('STORAGE_CORRUPT'));
});

test('names a checkpoint whose bytes are not what was written', async () => {
  await using storage = await openEmbeddedStorage({ directory });
  await putValue(storage, 't', 1);
  withDatabase((database) => database.exec(`UPDATE state_checkpoints SET header = x'00'`));
  await expect(valueOf(storage, 't')).rejects.toEqual(coded('STORAGE_INTEGRITY'));
});

test('refuses a database of another program, and leaves it as it was', async () => {
  mkdirSync(directory);
  withDatabase((database) => database.exec('CREATE TABLE songs (title TEXT)'));
  const before = readFileSync(join(directory, 'state.db'));
  await expect(openEmbeddedStorage({ directory })).rejects.toEqual(
    coded('STORAGE_FOREIGN_DATABASE'),
  );
  expect(readFileSync(join(directory, 'state.db')).equals(before)).toBe(true);
});

test('refuses a database that a newer version wrote', async () => {
  await (await openEmbeddedStorage({ directory })).close();
  const newer = MIGRATIONS.length + 1;
  withDatabase((database) => database.exec(`PRAGMA user_version = ${newer}`));
  await expect(openEmbeddedStorage({ directory })).rejects.toMatchObject({
    code: 'STORAGE_NEWER_VERSION',
    details: { found: newer, known: MIGRATIONS.length },
  });
});

test('says that the database is locked when another program does not let go of it', async () => {
  // Longer than the waits: a lease that is renewed meanwhile would wait as well.
  await using storage = await openEmbeddedStorage({ directory, leaseMs: 120_000 });
  await putValue(storage, 't', 'before');
  await using lock = await storage.lockThread('summer', { owner: 'command-line on build-7' });
  const other = new Libsql(join(directory, 'state.db'));
  other.exec('BEGIN IMMEDIATE');
  await expect(putValue(storage, 't', 'after')).rejects.toMatchObject({
    code: 'STORAGE_LOCKED',
    retryable: true,
    message: expect.stringContaining(
      `thread "summer" by command-line on build-7 (process ${process.pid}) since ${lock.since}`,
    ),
  });
  other.exec('ROLLBACK');
  other.close();
  expect(await valueOf(storage, 't')).toBe('before');
}, 60_000);

test('says that it was closed when it is used afterwards', async () => {
  const storage = await openEmbeddedStorage({ directory });
  await storage.close();
  await storage.close();
  await expect(storage.threads.list()).rejects.toEqual(coded('STORAGE_CLOSED'));
  await expect(valueOf(storage, 't')).rejects.toEqual(coded('STORAGE_CLOSED'));
  await expect(storage.lockThread('t')).rejects.toEqual(coded('STORAGE_CLOSED'));
});

test('says that a value cannot be stored, and stores nothing of it', async () => {
  await using storage = await openEmbeddedStorage({ directory });
  await putValue(storage, 't', 'before');
  const unwilling = {
    get text(): string {
      throw new TypeError('no text for this');
    },
  };
  await expect(putValue(storage, 't', unwilling)).rejects.toEqual(
    coded('STORAGE_UNSTORABLE_VALUE'),
  );
  expect(await valueOf(storage, 't')).toBe('before');
});

test.each([2 ** 31, -1, Number.NaN])(
  'refuses a lease of %d ms, which no timer waits for',
  async (leaseMs) => {
    const refused = openEmbeddedStorage({ directory, leaseMs });
    await expect(refused).rejects.toEqual(coded('STORAGE_INVALID_DURATION'));
  },
);

test('refuses to make files where a directory stands in the place of the database', async () => {
  mkdirSync(join(directory, 'state.db'), { recursive: true });
  chmodSync(directory, 0o700);
  await expect(openEmbeddedStorage({ directory })).rejects.toEqual(
    coded('STORAGE_FOREIGN_DATABASE'),
  );
  expect(existsSync(join(directory, 'seal.key'))).toBe(false);
});
