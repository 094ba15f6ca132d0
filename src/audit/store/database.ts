import type { Kysely } from 'kysely';

import type { AuditTables } from './tables.ts';

/** Queries on the tables of the audit trail: the database itself, or a transaction on it. */
export type Queries = Kysely<AuditTables>;

/** The database that holds the audit trail. Close it when done. */
export interface AuditDatabase {
  readonly reader: Queries;
  /**
   * Runs `work` in a transaction that nobody else can write beside, in this process or another.
   *
   * @throws what `work` throws, after everything was undone; {@link AuditStoreLockedError}; {@link AuditStoreError}.
   */
  exclusively<Value>(work: (queries: Queries) => Promise<Value>): Promise<Value>;
  /** Takes what was deleted out of the database's files too, as far as the database can. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}
