import type { Connection } from '../database.ts';
import type { Columns } from './sql-rows.ts';

/** Runs statements that were prepared once. */
export interface Statements {
  one(sql: string, ...values: readonly SqlValue[]): Columns | undefined;
  all(sql: string, ...values: readonly SqlValue[]): readonly Columns[];
  run(sql: string, ...values: readonly SqlValue[]): void;
}

/** What can stand in a column. */
export type SqlValue = string | number | null | Uint8Array;

interface Prepared {
  readonly reader: {
    get(...values: readonly SqlValue[]): unknown;
    all(...values: readonly SqlValue[]): unknown[];
  };
}

/** Keeps the statements of a connection prepared. */
export function createStatements(connection: Connection): Statements {
  const readers = new Map<string, Prepared['reader']>();
  const writers = new Map<string, ReturnType<Connection['prepare']>>();
  const reader = (sql: string): Prepared['reader'] => {
    const known = readers.get(sql) ?? connection.prepare(sql).raw(true);
    readers.set(sql, known);
    return known;
  };
  return {
    one: (sql, ...values) => {
      const row = reader(sql).get(...values);
      return Array.isArray(row) ? row : undefined;
    },
    all: (sql, ...values) =>
      reader(sql)
        .all(...values)
        .filter(Array.isArray),
    run: (sql, ...values) => {
      const writer = writers.get(sql) ?? connection.prepare(sql);
      writers.set(sql, writer);
      writer.run(...values);
    },
  };
}
