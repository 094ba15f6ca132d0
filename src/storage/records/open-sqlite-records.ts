import { closeSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { Kysely, sql, SqliteDialect, type SqliteDatabase } from 'kysely';
import Libsql from 'libsql';

import { isPhasegateError, systemClock } from '../../kernel/index.ts';
import { migrateRecords } from './migrate-records.ts';
import {
  errorsOf,
  type RecordsDatabase,
  type RecordsErrors,
  type RecordsSchema,
} from './records-database.ts';

const PATIENCE_MS = 10_000;
const LONGEST_PAUSE_MS = 20;

/** What {@link openSqliteRecords} takes. */
export interface SqliteRecordsOptions {
  /** The database file; created with mode 0600 where it is missing. */
  readonly path: string;
  readonly schema: RecordsSchema;
  /** How long a writer waits for another one. */
  readonly patienceMs?: number;
  /** Settings of the connection besides WAL and a flush at each commit, such as `secure_delete = on`. */
  readonly pragmas?: readonly string[];
  /** How many statements are kept prepared; none, unless told. */
  readonly keptStatements?: number;
}

/**
 * Opens records in an SQLite file, in WAL mode with every commit flushed to the disk, in the newest format.
 *
 * @throws STORAGE_RECORDS_FAILED, STORAGE_RECORDS_LOCKED, STORAGE_RECORDS_NEWER, or the owner's own errors.
 */
export async function openSqliteRecords<Tables>(
  options: SqliteRecordsOptions,
): Promise<RecordsDatabase<Tables>> {
  const { path, schema, patienceMs = PATIENCE_MS, pragmas = [], keptStatements = 0 } = options;
  const errors = errorsOf(schema);
  const connection = connect(path, errors);
  const database = keptStatements > 0 ? preparingOnce(connection, keptStatements) : connection;
  const reader = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
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
      await patiently({ patienceMs, errors }, async () => {
        connection.exec('BEGIN IMMEDIATE');
      });
      const value = await inTransaction({ connection, errors }, async () => await work(queries));
      own++;
      return value;
    });
  /** All tables are in one file: it is written anew as a whole. */
  const rewrite = async (): Promise<void> =>
    await reader.connection().execute(async () => {
      for (const statement of ['vacuum', 'pragma wal_checkpoint(truncate)'])
        // oxlint-disable-next-line no-await-in-loop
        await patiently({ patienceMs, errors }, async () => {
          connection.exec(statement);
        });
    });
  const close = async (): Promise<void> => {
    await reader.destroy();
    connection.close();
  };
  try {
    await patiently({ patienceMs, errors }, async () => {
      await sql`pragma journal_mode = wal`.execute(reader);
    });
    for (const pragma of ['synchronous = full', ...pragmas]) connection.exec(`pragma ${pragma}`);
    await exclusively(
      async (queries) => await migrateRecords(queries as Kysely<unknown>, schema, 'sqlite'),
    );
    return Object.freeze({ reader, exclusively, revision, rewrite, close });
  } catch (error) {
    await close();
    throw error;
  }
}

function connect(path: string, errors: RecordsErrors): Libsql.Database {
  try {
    closeSync(openSync(path, 'a', 0o600));
    // Waiting inside SQLite would stop this process, and with it the writer that is being waited for.
    return new Libsql(path, { timeout: 0 });
  } catch (error) {
    throw errors.failed('open', error);
  }
}

// To prepare the statement that inserts a full batch takes longer than to run it.
function preparingOnce(connection: Libsql.Database, most: number): SqliteDatabase {
  const prepared = new Map<string, Libsql.Statement>();
  return {
    close: () => connection.close(),
    prepare: (text) => {
      const statement = prepared.get(text) ?? connection.prepare(text);
      prepared.delete(text);
      prepared.set(text, statement);
      const [oldest] = prepared.keys();
      if (prepared.size > most && oldest !== undefined) prepared.delete(oldest);
      return statement;
    },
  };
}

async function inTransaction<Value>(
  { connection, errors }: { readonly connection: Libsql.Database; readonly errors: RecordsErrors },
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    const value = await work();
    connection.exec('COMMIT');
    return value;
  } catch (error) {
    // On a full disk SQLite has rolled back by itself; its complaint about a second time would hide the reason.
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw isPhasegateError(error) ? error : errors.failed('write', error);
  }
}

async function patiently(
  { patienceMs, errors }: { readonly patienceMs: number; readonly errors: RecordsErrors },
  work: () => Promise<void>,
): Promise<void> {
  const startedAtMs = systemClock.monotonicMs();
  for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      // One try after the other.
      // oxlint-disable-next-line no-await-in-loop
      await work();
      return;
    } catch (error) {
      if (!isBusy(error)) throw errors.failed('begin', error);
      const waitedMs = Math.round(systemClock.monotonicMs() - startedAtMs);
      if (waitedMs >= patienceMs) throw errors.locked(waitedMs, error);
    }
    // oxlint-disable-next-line no-await-in-loop
    await delay(pauseMs);
  }
}

function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED');
}
