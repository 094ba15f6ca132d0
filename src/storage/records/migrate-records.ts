import { sql, type Kysely } from 'kysely';

import { errorsOf, type RecordsDialect, type RecordsSchema } from './records-database.ts';

interface FormatRow {
  readonly version: number;
}

/**
 * Brings an owner's tables to the newest format. Call it while holding the write lock.
 *
 * @throws STORAGE_RECORDS_NEWER, or the owner's own error, for tables that a newer version has written.
 */
export async function migrateRecords(
  db: Kysely<unknown>,
  schema: RecordsSchema,
  dialect: RecordsDialect,
): Promise<void> {
  const { name, migrations } = schema;
  const table = sql.table(`${name}_format`);
  await sql`create table if not exists ${table} (version integer not null, revision bigint not null default 0)`.execute(
    db,
  );
  const { rows } = await sql<FormatRow>`select version from ${table}`.execute(db);
  const found = rows[0]?.version ?? 0;
  const known = migrations.length;
  if (found > known) throw errorsOf(schema).newer({ found, known });
  if (found === known) return;
  // Each format builds on the one before.
  // oxlint-disable-next-line no-await-in-loop
  for (const migration of migrations.slice(found)) await migration(db, dialect);
  await (rows.length === 0
    ? sql`insert into ${table} (version) values (${known})`.execute(db)
    : sql`update ${table} set version = ${known}`.execute(db));
}
