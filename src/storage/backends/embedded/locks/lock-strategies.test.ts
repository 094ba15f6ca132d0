import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Libsql from 'libsql';

import type { OrderVandal } from '../../../fixtures/locking-storages.ts';
import { runLockStrategies } from '../../../fixtures/run-lock-strategies.ts';
import { openEmbeddedStorage } from '../../../index.ts';

runLockStrategies('SQLite', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-strategies-'));
  const open = async (key: number) =>
    openEmbeddedStorage({ directory, stateKeys: [new Uint8Array(32).fill(key)], leaseMs: 600 });
  const [one, other, stranger] = [await open(1), await open(1), await open(2)];
  const close = async (): Promise<void> => {
    await Promise.all([one.close(), other.close(), stranger.close()]);
    rmSync(directory, { recursive: true, force: true });
  };
  const vandal = vandalOf(join(directory, 'state.db'));
  return { one, other, stranger, vandal, [Symbol.asyncDispose]: close };
});

const TABLES = { marks: 'run_marks', seal: 'run_mark_seals', order: 'pending_rollbacks' } as const;
type Rows = Readonly<Record<keyof typeof TABLES, unknown[][]>>;

function vandalOf(path: string): OrderVandal {
  const work = <Value>(edit: (database: Libsql.Database) => Value): Value => {
    const database = new Libsql(path);
    try {
      return edit(database);
    } finally {
      database.close();
    }
  };
  const keyOf = (name: string): string => (name === 'marks' ? 'thread_id' : 'thread');
  return {
    copy: async (thread) =>
      work((database) =>
        Object.fromEntries(
          Object.entries(TABLES).map(([name, table]) => {
            const sql = `SELECT * FROM ${table} WHERE ${keyOf(name)} = ?`;
            return [name, database.prepare(sql).raw(true).all(thread)];
          }),
        ),
      ),
    paste: async (thread, copied) =>
      work((database) => {
        for (const [name, table] of Object.entries(TABLES)) {
          database.prepare(`DELETE FROM ${table} WHERE ${keyOf(name)} = ?`).run(thread);
          for (const [, ...row] of (copied as Rows)[name as keyof Rows]) {
            const places = row.map(() => '?').join(', ');
            database.prepare(`INSERT INTO ${table} VALUES (?, ${places})`).run(thread, ...row);
          }
        }
      }),
    order: async (thread, text) =>
      work((database) => {
        database
          .prepare('INSERT OR REPLACE INTO pending_rollbacks VALUES (?, ?)')
          .run(thread, text);
      }),
  };
}
