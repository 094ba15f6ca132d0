import type { Kysely } from 'kysely';

/** A database of records: an SQLite file when embedded, PostgreSQL in production. Close it when done. */
export interface RecordsDatabase<Tables> {
  readonly reader: Kysely<Tables>;
  /**
   * Runs `work` in a transaction that nobody else can write beside, in this process or another.
   *
   * @throws what `work` throws, after everything was undone; STORAGE_RECORDS_LOCKED; STORAGE_RECORDS_FAILED.
   */
  exclusively<Value>(work: (queries: Kysely<Tables>) => Promise<Value>): Promise<Value>;
  /**
   * A number that is another one after any process has written: what was read before may be kept as long as it stays. Cheap
   * on SQLite (no query runs), one small query on PostgreSQL.
   */
  revision(): number | Promise<number>;
  close(): Promise<void>;
}

/**
 * The tables of one owner and how they came about: the function at index n takes them from format n to n + 1, on SQLite and
 * PostgreSQL alike. One that was released is never changed.
 */
export interface RecordsSchema {
  /** Names the owner, and the table that holds its format: `NAME_format`. Lower-case letters. */
  readonly name: string;
  readonly migrations: readonly ((db: Kysely<unknown>) => Promise<void>)[];
}
