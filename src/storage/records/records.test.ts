import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openSqliteRecords } from './open-sqlite-records.ts';
import type { RecordsSchema } from './records-database.ts';

interface Tables {
  readonly notes: { readonly id: string; readonly text: string };
}

const first: RecordsSchema = {
  name: 'notes',
  migrations: [
    async (db) => {
      await db.schema
        .createTable('notes')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .execute();
    },
  ],
};
const second: RecordsSchema = {
  ...first,
  migrations: [
    ...first.migrations,
    async (db) => {
      await db.schema
        .alterTable('notes')
        .addColumn('text', 'text', (column) => column.notNull().defaultTo(''))
        .execute();
    },
  ],
};
const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'records-')), 'records.db');

test('brings what an older version has written to the newest format, and refuses what a newer one has', async () => {
  const path = newPath();
  const old = await openSqliteRecords<{ notes: { id: string } }>({ path, schema: first });
  await old.exclusively(async (db) => await db.insertInto('notes').values({ id: 'a' }).execute());
  await old.close();
  const now = await openSqliteRecords<Tables>({ path, schema: second });
  expect(await now.reader.selectFrom('notes').selectAll().execute()).toEqual([
    { id: 'a', text: '' },
  ]);
  await now.close();
  await expect(openSqliteRecords({ path, schema: first })).rejects.toMatchObject({
    code: 'STORAGE_RECORDS_NEWER',
  });
});

test('undoes everything when the work throws, and lets writers take turns', async () => {
  const path = newPath();
  const one = await openSqliteRecords<Tables>({ path, schema: second });
  const other = await openSqliteRecords<Tables>({ path, schema: second });
  await expect(
    one.exclusively(async (db) => {
      await db.insertInto('notes').values({ id: 'lost', text: '' }).execute();
      throw new Error('no');
    }),
  ).rejects.toMatchObject({ code: 'STORAGE_RECORDS_FAILED' });
  const write = (id: string) => async (db: (typeof one)['reader']) =>
    await db.insertInto('notes').values({ id, text: '' }).execute();
  await Promise.all(
    ['a', 'b', 'c', 'd'].map((id, index) => (index % 2 === 0 ? one : other).exclusively(write(id))),
  );
  const rows = await other.reader.selectFrom('notes').select('id').orderBy('id').execute();
  expect(rows.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  await one.close();
  await other.close();
});

test('gives another revision after any process has written, and the same one until then', async () => {
  const path = newPath();
  const one = await openSqliteRecords<Tables>({ path, schema: second });
  const other = await openSqliteRecords<Tables>({ path, schema: second });
  const before = [await one.revision(), await other.revision()];
  expect([await one.revision(), await other.revision()]).toEqual(before);
  await one.exclusively(
    async (db) => await db.insertInto('notes').values({ id: 'a', text: '' }).execute(),
  );
  expect(await one.revision()).not.toBe(before[0]);
  expect(await other.revision()).not.toBe(before[1]);
  await one.close();
  await other.close();
});
