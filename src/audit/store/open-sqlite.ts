import { sql } from 'kysely';

import { openSqliteRecords } from '../../storage/index.ts';
import type { AuditDatabase } from './database.ts';
import { AUDIT_SCHEMA } from './migrations.ts';
import type { AuditTables } from './tables.ts';

const KEPT_STATEMENTS = 32;

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
 * @throws AUDIT_STORE_FAILED, AUDIT_STORE_LOCKED, AUDIT_STORE_NEWER.
 */
export async function openSqliteAudit(options: SqliteAuditOptions): Promise<AuditDatabase> {
  const { reader, exclusively, close } = await openSqliteRecords<AuditTables>({
    ...options,
    schema: AUDIT_SCHEMA,
    // Keys of data subjects are overwritten in place when they are deleted.
    pragmas: ['secure_delete = on', 'wal_autocheckpoint = 4000'],
    keptStatements: KEPT_STATEMENTS,
  });
  return Object.freeze({
    reader,
    exclusively,
    // Takes what was overwritten out of the log of writes.
    scrub: async () => {
      await sql`pragma wal_checkpoint(truncate)`.execute(reader);
    },
    close,
  });
}
