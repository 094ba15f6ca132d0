import type { Kysely } from 'kysely';

import type { PhasegateError } from '../../kernel/index.ts';
import { RecordsFailedError, RecordsLockedError, RecordsNewerError } from '../errors/index.ts';

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
  /**
   * Writes a table anew and empties the journal, so that of what the table held before nothing is left in the database's own files
   * (PostgreSQL: in the table's; its write-ahead log goes with the next checkpoints, and archives of it stay). Nobody can write
   * meanwhile.
   *
   * @throws STORAGE_RECORDS_LOCKED; STORAGE_RECORDS_FAILED.
   */
  rewrite(table: keyof Tables & string): Promise<void>;
  close(): Promise<void>;
}

/**
 * The tables of one owner and how they came about: the function at index n takes them from format n to n + 1, on SQLite and
 * PostgreSQL alike. One that was released is never changed.
 */
export interface RecordsSchema {
  /** Names the owner, and the table that holds its format: `NAME_format`. Lower-case letters. */
  readonly name: string;
  readonly migrations: readonly ((db: Kysely<unknown>, dialect: RecordsDialect) => Promise<void>)[];
  /** The owner's own errors; those of records unless given. */
  readonly errors?: RecordsErrors;
}

/** The two speak the same of tables, and differ in how a trigger is written. */
export type RecordsDialect = 'sqlite' | 'postgres';

/** What is thrown when a database of records fails. */
export interface RecordsErrors {
  failed(operation: string, cause: unknown): PhasegateError;
  locked(waitedMs: number, cause: unknown): PhasegateError;
  newer(versions: { readonly found: number; readonly known: number }): PhasegateError;
}

/** Gives the errors of an owner. */
export function errorsOf({ name, errors }: RecordsSchema): RecordsErrors {
  return (
    errors ?? {
      failed: (operation, cause) => new RecordsFailedError(operation, cause),
      locked: (waitedMs, cause) => new RecordsLockedError(waitedMs, cause),
      newer: (versions) => new RecordsNewerError(name, versions),
    }
  );
}
