import { closeSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { Kysely, sql, SqliteDialect } from 'kysely';
import Libsql from 'libsql';

import { isPhasegateError, systemClock } from '../../kernel/index.ts';
import { RecordsFailedError, RecordsLockedError } from '../errors/index.ts';
import { migrateRecords } from './migrate-records.ts';
import type { RecordsDatabase, RecordsSchema } from './records-database.ts';

const PATIENCE_MS = 10_000;
const LONGEST_PAUSE_MS = 20;

/** What {@link openSqliteRecords} takes. */
export interface SqliteRecordsOptions {
  /** The database file; created with mode 0600 where it is missing. */
  readonly path: string;
  readonly schema: RecordsSchema;
  /** How long a writer waits for another one. */
  readonly patienceMs?: number;
}

/**
 * Opens records in an SQLite file, in WAL mode with every commit flushed to the disk, in the newest format.
 *
 * @throws STORAGE_RECORDS_FAILED, STORAGE_RECORDS_LOCKED, STORAGE_RECORDS_NEWER.
 */
export async function openSqliteRecords<Tables>({
  path,
  schema,
  patienceMs = PATIENCE_MS,
}: SqliteRecordsOptions): Promise<RecordsDatabase<Tables>> {
  let connection: Libsql.Database;
  try {
    closeSync(openSync(path, 'a', 0o600));
    // Waiting inside SQLite would stop this process, and with it the writer that is being waited for.
    connection = new Libsql(path, { timeout: 0 });
  } catch (error) {
    throw new RecordsFailedError('open', error);
  }
  const reader = new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) });
  let own = 0;
  let version: Libsql.Statement | undefined;
  /** SQLite counts what other connections have written; this one's own writes are counted here. */
  const revision = (): number => {
    version ??= connection.prepare('pragma data_version').raw();
    const [written] = version.get() as readonly number[];
    return Number(written) * 1e6 + own;
  };
  const exclusively: RecordsDatabase<Tables>['exclusively'] = async (work) =>
    await reader.connection().execute(async (queries) => {
      // Begun and ended past Kysely: a prepared BEGIN that found the database locked would stay in progress in this
      // driver, and keep every later COMMIT from ending.
      await patiently(patienceMs, async () => {
        connection.exec('BEGIN IMMEDIATE');
      });
      const value = await inTransaction(connection, async () => await work(queries));
      own++;
      return value;
    });
  const close = async (): Promise<void> => {
    await reader.destroy();
    connection.close();
  };
  try {
    await patiently(patienceMs, async () => {
      await sql`pragma journal_mode = wal`.execute(reader);
    });
    await sql`pragma synchronous = full`.execute(reader);
    await exclusively(async (queries) => await migrateRecords(queries as Kysely<unknown>, schema));
    return Object.freeze({ reader, exclusively, revision, close });
  } catch (error) {
    await close();
    throw error;
  }
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
    throw isPhasegateError(error) ? error : new RecordsFailedError('write', error);
  }
}

async function patiently(patienceMs: number, work: () => Promise<void>): Promise<void> {
  const startedAtMs = systemClock.monotonicMs();
  for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      // One try after the other.
      // oxlint-disable-next-line no-await-in-loop
      await work();
      return;
    } catch (error) {
      if (!isBusy(error)) throw new RecordsFailedError('begin', error);
      const waitedMs = Math.round(systemClock.monotonicMs() - startedAtMs);
      if (waitedMs >= patienceMs) throw new RecordsLockedError(waitedMs, error);
    }
    // oxlint-disable-next-line no-await-in-loop
    await delay(pauseMs);
  }
}

function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED');
}
