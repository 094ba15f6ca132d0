import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';

import { isPhasegateError } from '../../kernel/index.ts';
import { AuditStoreError, AuditStoreLockedError } from '../errors.ts';
import type { AuditDatabase } from './database.ts';
import { migrate } from './migrations.ts';
import type { AuditTables } from './tables.ts';

/** The advisory lock of the audit trail's writers: "PHga" as a number. */
const LOCK = 0x50_48_67_61;
const PATIENCE_MS = 10_000;
const LOCK_NOT_AVAILABLE = '55P03';

/** What {@link openPostgresAudit} takes. */
export interface PostgresAuditOptions {
  /** A connection string such as `postgresql://user@host/database`. */
  readonly url: string;
  /** How long a writer waits for another one, and for a connection. */
  readonly patienceMs?: number;
  readonly maxConnections?: number;
  /** Told of connections that were lost while nobody used them; the next use connects again. */
  readonly onIdleError?: (error: Error) => void;
}

/**
 * Opens the audit trail in a PostgreSQL database (15 is what it is tested with). Writers take turns by an advisory lock
 * that ends with their transaction.
 *
 * @throws {@link AuditStoreError}, {@link AuditStoreLockedError}, {@link AuditStoreNewerError}.
 */
export async function openPostgresAudit(options: PostgresAuditOptions): Promise<AuditDatabase> {
  const { url, patienceMs = PATIENCE_MS, maxConnections = 4 } = options;
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: patienceMs,
    // A server that has stopped answering must not hold a gate for ever.
    query_timeout: patienceMs * 2,
  });
  pool.on('error', (error) => options.onIdleError?.(error));
  const reader = new Kysely<AuditTables>({ dialect: new PostgresDialect({ pool }) });
  const exclusively: AuditDatabase['exclusively'] = async (work) => {
    try {
      return await reader.transaction().execute(async (queries) => {
        await sql`select set_config('lock_timeout', ${`${patienceMs}ms`}, true)`.execute(queries);
        await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(queries);
        return work(queries);
      });
    } catch (error) {
      if (isPhasegateError(error)) throw error;
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === LOCK_NOT_AVAILABLE) throw new AuditStoreLockedError(patienceMs, error);
      throw new AuditStoreError('write', error);
    }
  };
  const database: AuditDatabase = Object.freeze({
    reader,
    exclusively,
    scrub: async () => {
      await sql`vacuum audit_subjects`.execute(reader);
    },
    close: async () => reader.destroy(),
  });
  try {
    await exclusively(async (queries) => migrate(queries, 'postgres'));
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
