import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Libsql from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { immediately, openDatabase } from './database.ts';

let directory: string;
let path: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-database-'));
  path = join(directory, 'state.db');
  writeFileSync(path, '');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('gives up after its patience when another program keeps the database for itself', async () => {
  const other = new Libsql(path);
  other.exec('BEGIN EXCLUSIVE');
  const begun = performance.now();
  await expect(openDatabase(path, 200)).rejects.toMatchObject({
    code: 'STORAGE_LOCKED',
    retryable: true,
  });
  expect(performance.now() - begun).toBeLessThan(20_000);
  other.exec('ROLLBACK');
  other.close();
  const connection = await openDatabase(path, 200);
  connection.close();
});

test('commits to the disk before it reports, and marks the file as ours', async () => {
  const connection = await openDatabase(path);
  const read = (pragma: string): unknown =>
    Reflect.get(Object(connection.prepare(`PRAGMA ${pragma}`).get()), pragma);
  expect(read('synchronous')).toBe(2);
  expect(read('journal_mode')).toBe('wal');
  expect(read('application_id')).toBe(0x50_48_67_74);
  connection.close();
});

test('undoes a transaction whose work throws, and throws the same', async () => {
  const connection = await openDatabase(path);
  const reason = new Error('no');
  const attempt = (): void =>
    immediately(connection, () => {
      connection.exec(`INSERT INTO storage_facts VALUES ('a', 'b')`);
      throw reason;
    });
  expect(attempt).toThrow(reason);
  expect(connection.prepare('SELECT * FROM storage_facts').all()).toEqual([]);
  expect(immediately(connection, () => 'works again')).toBe('works again');
  connection.close();
});
