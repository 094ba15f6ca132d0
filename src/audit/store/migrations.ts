import { sql, type Kysely } from 'kysely';

import type { RecordsDialect, RecordsSchema } from '../../storage/index.ts';
import {
  AuditDamagedError,
  AuditStoreError,
  AuditStoreLockedError,
  AuditStoreNewerError,
} from '../errors.ts';
import type { AuditTables } from './tables.ts';

/**
 * The tables of the audit trail. One function a format, on SQLite and PostgreSQL alike; one that was released is never changed.
 */
export const AUDIT_SCHEMA: RecordsSchema = Object.freeze({
  name: 'audit',
  migrations: [createTables, createSubjects, dropHolds].map(
    (migrate) => async (db: Kysely<unknown>, dialect: RecordsDialect) => migrate(db, dialect),
  ),
  errors: {
    failed: (operation: string, cause: unknown) =>
      isDamage(cause)
        ? new AuditDamagedError(operation, cause)
        : new AuditStoreError(operation, cause),
    locked: (waitedMs: number, cause: unknown) => new AuditStoreLockedError(waitedMs, cause),
    newer: (versions: { readonly found: number; readonly known: number }) =>
      new AuditStoreNewerError(versions),
  },
});

async function createTables(db: Kysely<AuditTables>, dialect: RecordsDialect): Promise<void> {
  await db.schema
    .createTable('audit_chains')
    .addColumn('chain', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('cut_size', 'bigint', (column) => column.notNull())
    .addColumn('cut_head', 'text', (column) => column.notNull())
    .execute();
  await createEntries(db);
  await (dialect === 'sqlite' ? continueOnSqlite(db) : continueOnPostgres(db));
  await db.schema
    .createTable('audit_checkpoints')
    .addColumn('chain', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('head', 'text', (column) => column.notNull())
    .addColumn('signed_at', 'text', (column) => column.notNull())
    .addColumn('line', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('audit_checkpoints_key', ['chain', 'size', 'key_id'])
    .execute();
  await db.schema
    .createTable('audit_holds')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('chain', 'text', (column) => column.notNull())
    .addColumn('run', 'text', (column) => column.notNull())
    .addColumn('thread', 'text', (column) => column.notNull())
    .addColumn('placed_at', 'text', (column) => column.notNull())
    .addColumn('released_at', 'text')
    .execute();
}

async function createEntries(db: Kysely<AuditTables>): Promise<void> {
  await db.schema
    .createTable('audit_entries')
    .addColumn('chain', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('previous', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('event_key', 'text', (column) => column.notNull())
    .addColumn('event_digest', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('run', 'text')
    .addColumn('thread', 'text')
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('audit_entries_key', ['chain', 'seq'])
    .addUniqueConstraint('audit_entries_once', ['chain', 'event_key', 'event_digest'])
    .execute();
  await db.schema
    .createIndex('audit_entries_by_run')
    .on('audit_entries')
    .columns(['chain', 'run', 'seq'])
    .execute();
  await db.schema
    .createIndex('audit_entries_by_thread')
    .on('audit_entries')
    .columns(['chain', 'thread', 'seq'])
    .execute();
}

// An entry continues the one before it, or is not stored: no fork, and no gap. A unique index over the hashes would keep
// forks out too, but hashes have no order, so that every entry would rewrite a page of it somewhere else.

async function continueOnSqlite(db: Kysely<AuditTables>): Promise<void> {
  await sql`
    create trigger audit_entries_continue before insert on audit_entries
    when new.seq > 0 and not exists (
      select 1 from audit_entries where chain = new.chain and seq = new.seq - 1 and hash = new.previous)
    begin select raise(abort, 'an entry must continue the one before it'); end`.execute(db);
}

async function continueOnPostgres(db: Kysely<AuditTables>): Promise<void> {
  await sql`
    create function audit_entries_continue() returns trigger language plpgsql as $$ begin
      if new.seq > 0 and not exists (
        select 1 from audit_entries where chain = new.chain and seq = new.seq - 1 and hash = new.previous)
      then raise exception 'an entry must continue the one before it'; end if;
      return new; end $$`.execute(db);
  await sql`
    create trigger audit_entries_continue before insert on audit_entries
    for each row execute function audit_entries_continue()`.execute(db);
}

async function createSubjects(db: Kysely<AuditTables>): Promise<void> {
  await db.schema
    .createTable('audit_subjects')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('wrapped', 'text', (column) => column.notNull())
    .execute();
}

/** A hold is an entry of the chain: a row beside it could be deleted unnoticed. */
async function dropHolds(db: Kysely<AuditTables>): Promise<void> {
  await db.schema.dropTable('audit_holds').execute();
}

/** SQLite's words for a file that is none of its databases, or one that was cut or written over. */
function isDamage(cause: unknown): boolean {
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'string' && /^SQLITE_(NOTADB|CORRUPT)/.test(code);
}
