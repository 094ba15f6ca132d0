import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { emptyCheckpoint } from '@langchain/langgraph-checkpoint';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { CheckpointEngine, createKeyring } from '../../engine/index.ts';
import { createSqliteStore } from './checkpoints/index.ts';
import { openDatabase, immediately, type Connection } from './database.ts';
import { explained, explainError } from './explain-error.ts';

let directory: string;
let path: string;
let connection: Connection;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-full-'));
  path = join(directory, 'state.db');
  writeFileSync(path, '');
  connection = await openDatabase(path);
});
afterEach(() => {
  connection.close();
  rmSync(directory, { recursive: true, force: true });
});

const FULL = expect.objectContaining({ code: 'STORAGE_FULL' });

function fillUp(): void {
  connection.exec('CREATE TABLE IF NOT EXISTS ballast (bytes BLOB)');
  const pages: unknown = connection.prepare('PRAGMA page_count').get();
  const count = Number(Reflect.get(Object(pages), 'page_count'));
  connection.exec(`PRAGMA max_page_count = ${count}`);
}

test('a transaction that finds the disk full is undone whole, and keeps its reason', () => {
  connection.exec(`INSERT INTO storage_facts VALUES ('kept', 'yes')`);
  fillUp();
  const attempt = (): void =>
    explained(path, () =>
      immediately(connection, () => {
        connection.exec(`INSERT INTO storage_facts VALUES ('half', 'done')`);
        connection.prepare('INSERT INTO ballast VALUES (zeroblob(100000))').run();
      }),
    );
  expect(attempt).toThrow(FULL);
  expect(connection.inTransaction).toBe(false);
  const rows: unknown[] = connection.prepare('SELECT name FROM storage_facts').all();
  expect(rows).toEqual([expect.objectContaining({ name: 'kept' })]);
});

test('pending writes that find the disk full say so, and earlier checkpoints stay readable', async () => {
  const keys = createKeyring([new Uint8Array(32)]);
  const saver = new CheckpointEngine({ store: createSqliteStore(connection), keys: () => keys });
  const config = { configurable: { thread_id: 't', checkpoint_ns: '' } };
  const metadata = { source: 'input', step: 0, parents: {} } as const;
  const kept = await saver.put(
    config,
    { ...emptyCheckpoint(), channel_values: { a: 1 } },
    metadata,
    {},
  );
  fillUp();
  const failure: unknown = await saver
    .putWrites(kept, [['a', 'x'.repeat(100_000)]], 'task')
    .catch((error: unknown) => error);
  expect(explainError(failure, path)).toEqual(FULL);
  expect((await saver.getTuple(config))?.checkpoint.channel_values).toEqual({ a: 1 });
  connection.exec('PRAGMA max_page_count = 100000');
  await saver.putWrites(kept, [['a', 'x'.repeat(100_000)]], 'task');
  expect((await saver.getTuple(config))?.pendingWrites).toHaveLength(1);
});

test.each([
  ['SQLITE_NOTADB', 'STORAGE_CORRUPT'],
  ['SQLITE_CORRUPT_VTAB', 'STORAGE_CORRUPT'],
  ['SQLITE_IOERR_WRITE', 'STORAGE_IO'],
  ['SQLITE_BUSY_SNAPSHOT', 'STORAGE_LOCKED'],
  ['SQLITE_READONLY', 'STORAGE_DIRECTORY_NOT_WRITABLE'],
  ['ENOSPC', 'STORAGE_FULL'],
  ['EROFS', 'STORAGE_DIRECTORY_NOT_WRITABLE'],
  ['SQLITE_MISMATCH', 'STORAGE_FAILED'],
])('explains %s as %s', (code, expected) => {
  const cause = Object.assign(new Error('from below'), { code });
  expect(explainError(cause, path)).toMatchObject({ code: expected, cause });
});

test('does not explain what came neither from SQLite nor from the file system', () => {
  expect(explainError(new TypeError('x is not a function'), path)).toBeUndefined();
  expect(explainError('text', path)).toBeUndefined();
});
