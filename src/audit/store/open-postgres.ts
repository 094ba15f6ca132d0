import { sql } from 'kysely';

import { openPostgresRecords, type PostgresRecordsOptions } from '../../storage/index.ts';
import type { AuditDatabase } from './database.ts';
import { AUDIT_SCHEMA } from './migrations.ts';
import type { AuditTables } from './tables.ts';

/** What {@link openPostgresAudit} takes. */
export type PostgresAuditOptions = Omit<PostgresRecordsOptions, 'schema' | 'countsWrites'>;

/**
 * Opens the audit trail in a PostgreSQL database (15 is what it is tested with). Writers take turns by an advisory lock
 * that ends with their transaction.
 *
 * @throws AUDIT_STORE_FAILED, AUDIT_STORE_LOCKED, AUDIT_STORE_NEWER.
 */
export async function openPostgresAudit(options: PostgresAuditOptions): Promise<AuditDatabase> {
  const { reader, exclusively, close } = await openPostgresRecords<AuditTables>({
    ...options,
    schema: AUDIT_SCHEMA,
    countsWrites: false,
  });
  return Object.freeze({
    reader,
    exclusively,
    scrub: async () => {
      await sql`vacuum audit_subjects`.execute(reader);
    },
    close,
  });
}
