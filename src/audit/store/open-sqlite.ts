import { closeSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { Kysely, sql, SqliteDialect, type SqliteDatabase } from 'kysely';
import Libsql from 'libsql';

import { isPhasegateError, systemClock } from '../../kernel/index.ts';
import { AuditStoreError, AuditStoreLockedError } from '../errors.ts';
import type { AuditDatabase } from './database.ts';
import { migrate } from './migrations.ts';
import type { AuditTables } from './tables.ts';

const PATIENCE_MS = 10_000;
const LONGEST_PAUSE_MS = 20;
const MAX_PREPARED = 32;

/** What {@link openSqliteAudit} takes. */
export interface SqliteAuditOptions {
  /** The database file; created with mode 0600 where it is missing. Keep it apart from other data. */
  readonly path: string;
  /** How long a writer waits for another one. */
  readonly patienceMs?: number;
}

/**
 * Opens the audit trail in an SQLite file, in WAL mode with every commit flushed to the disk.
 *
 * @throws {@link AuditStoreError}, {@link AuditStoreLockedError}, {@link AuditStoreNewerError}.
 */
export async function openSqliteAudit({
  path,
  patienceMs = PATIENCE_MS,
}: SqliteAuditOptions): Promise<AuditDatabase> {
  let connection: Libsql.Database;
  try {
    closeSync(openSync(path, 'a', 0o600));
    // Waiting inside SQLite would stop this process, and with it the writer that is being waited for.
    connection = new Libsql(path, { timeout: 0 });
  } catch (error) {
    throw new AuditStoreError('open', error);
  }
  const reader = new Kysely<AuditTables>({
    dialect: new SqliteDialect({ database: preparingOnce(connection) }),
  });
  const exclusively: AuditDatabase['exclusively'] = async (work) =>
    reader.connection().execute(async (queries) => {
      await begin(connection, patienceMs);
      return inTransaction(connection, async () => work(queries));
    });
  const database: AuditDatabase = Object.freeze({
    reader,
    exclusively,
    // Deleted rows are overwritten in place; this takes them out of the log of writes.
    scrub: async () => {
      await sql`pragma wal_checkpoint(truncate)`.execute(reader);
    },
    close: async () => {
      await reader.destroy();
      connection.close();
    },
  });
  try {
    await patiently(patienceMs, async () => {
      await sql`pragma journal_mode = wal`.execute(reader);
    });
    await sql`pragma synchronous = full`.execute(reader);
    await sql`pragma secure_delete = on`.execute(reader);
    await sql`pragma wal_autocheckpoint = 4000`.execute(reader);
    await exclusively(async (queries) => migrate(queries, 'sqlite'));
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

// To prepare the statement that inserts a full batch takes longer than to run it.
function preparingOnce(connection: Libsql.Database): SqliteDatabase {
  const prepared = new Map<string, Libsql.Statement>();
  return {
    close: () => connection.close(),
    prepare: (text) => {
      const statement = prepared.get(text) ?? connection.prepare(text);
      prepared.delete(text);
      prepared.set(text, statement);
      const [oldest] = prepared.keys();
      if (prepared.size > MAX_PREPARED && oldest !== undefined) prepared.delete(oldest);
      return statement;
    },
  };
}

// Begun and ended past Kysely: a prepared BEGIN that found the database locked would stay in progress in this driver,
// and keep every later COMMIT from ending.
async function begin(connection: Libsql.Database, patienceMs: number): Promise<void> {
  await patiently(patienceMs, async () => {
    connection.exec('BEGIN IMMEDIATE');
  });
}

async function inTransaction<Value>(
  connection: Libsql.Database,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    const value = await work();
    connection.exec('COMMIT');
    return value;
  } catch (error) {
    // On a full disk SQLite has rolled back by itself; its complaint about a second time would hide the reason.
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw isPhasegateError(error) ? error : new AuditStoreError('write', error);
  }
}

async function patiently(patienceMs: number, work: () => Promise<void>): Promise<void> {
  const startedAtMs = systemClock.monotonicMs();
  for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isBusy(error)) throw new AuditStoreError('begin', error);
      const waitedMs = Math.round(systemClock.monotonicMs() - startedAtMs);
      if (waitedMs >= patienceMs) throw new AuditStoreLockedError(waitedMs, error);
    }
    await delay(pauseMs);
  }
}

function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED');
}
