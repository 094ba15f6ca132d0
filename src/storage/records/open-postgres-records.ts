import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';

import { isPhasegateError } from '../../kernel/index.ts';
import { migrateRecords } from './migrate-records.ts';
import { errorsOf, type RecordsDatabase, type RecordsSchema } from './records-database.ts';

const PATIENCE_MS = 10_000;
const LOCK_NOT_AVAILABLE = '55P03';

/** What {@link openPostgresRecords} takes. */
export interface PostgresRecordsOptions {
  /** A connection string such as `postgresql://user@host/database`. */
  readonly url: string;
  readonly schema: RecordsSchema;
  /** How long a writer waits for another one, and for a connection. */
  readonly patienceMs?: number;
  readonly maxConnections?: number;
  /** Whether `revision` is asked for, and writes are therefore counted; they are, unless told. */
  readonly countsWrites?: boolean;
  /** Told of connections that were lost while nobody used them; the next use connects again. */
  readonly onIdleError?: (error: Error) => void;
}

/**
 * Opens records in a PostgreSQL database (15 is what it is tested with), in the newest format. Writers of one owner take turns
 * by an advisory lock that ends with their transaction.
 *
 * @throws STORAGE_RECORDS_FAILED, STORAGE_RECORDS_LOCKED, STORAGE_RECORDS_NEWER, or the owner's own errors.
 */
export async function openPostgresRecords<Tables>(
  options: PostgresRecordsOptions,
): Promise<RecordsDatabase<Tables>> {
  const { schema, patienceMs = PATIENCE_MS, countsWrites = true } = options;
  const errors = errorsOf(schema);
  const pool = poolFor(options, patienceMs);
  const format = sql.table(`${schema.name}_format`);
  const reader = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const exclusively: RecordsDatabase<Tables>['exclusively'] = async (work) => {
    try {
      return await reader.transaction().execute(async (queries) => {
        await sql`select set_config('lock_timeout', ${`${patienceMs}ms`}, true)`.execute(queries);
        await sql`select pg_advisory_xact_lock(hashtext(${`phasegate:${schema.name}`}))`.execute(
          queries,
        );
        const value = await work(queries);
        if (countsWrites) await sql`update ${format} set revision = revision + 1`.execute(queries);
        return value;
      });
    } catch (error) {
      if (isPhasegateError(error)) throw error;
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === LOCK_NOT_AVAILABLE) throw errors.locked(patienceMs, error);
      throw errors.failed('write', error);
    }
  };
  const revision = async (): Promise<number> => {
    const { rows } = await sql<{ revision: string }>`select revision from ${format}`.execute(
      reader,
    );
    return Number(rows[0]?.revision ?? 0);
  };
  const rewrite = async (table: string): Promise<void> => {
    try {
      await sql`vacuum full ${sql.table(table)}`.execute(reader);
    } catch (error) {
      throw errors.failed('rewrite', error);
    }
  };
  const close = async (): Promise<void> => {
    await reader.destroy();
  };
  try {
    await exclusively(
      async (queries) => await migrateRecords(queries as Kysely<unknown>, schema, 'postgres'),
    );
    return Object.freeze({ reader, exclusively, revision, rewrite, close });
  } catch (error) {
    await close();
    throw error;
  }
}

function poolFor(
  { url, maxConnections = 4, onIdleError }: PostgresRecordsOptions,
  patienceMs: number,
): Pool {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: patienceMs,
    // A server that has stopped answering must not hold a caller for ever.
    query_timeout: patienceMs * 2,
  });
  pool.on('error', (error) => onIdleError?.(error));
  // One that is lost while it is in use is told to whoever waits for its answer; without a listener it would end the process too.
  pool.on('connect', (client) => {
    client.on('error', (error) => onIdleError?.(error));
  });
  return pool;
}
