/**
 * One script a format: the script at index n takes the database from format n to n + 1. A script that was released is
 * never changed. The checkpoint tables are not here: they belong to the checkpointer.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE threads (
    thread TEXT PRIMARY KEY,
    workflow TEXT NOT NULL,
    status TEXT NOT NULL,
    phase TEXT,
    input_digest TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX threads_by_update ON threads (updated_at DESC, thread);

  CREATE TABLE thread_locks (
    thread TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,
    held INTEGER NOT NULL,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    process_start TEXT NOT NULL,
    owner TEXT NOT NULL,
    since TEXT NOT NULL,
    expires_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE storage_facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];
