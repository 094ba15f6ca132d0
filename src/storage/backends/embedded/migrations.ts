// Columns that rows have wherever they stand: in a thread, on their way into one, or beside it for a rollback.

const CHECKPOINT = `ns TEXT NOT NULL,
    id TEXT NOT NULL,
    parent TEXT,
    seq INTEGER NOT NULL,
    segments TEXT NOT NULL,
    header BLOB NOT NULL,
    key_id TEXT NOT NULL,
    mac BLOB NOT NULL`;
const HEAD = `ns TEXT NOT NULL,
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    count INTEGER NOT NULL,
    key_id TEXT NOT NULL,
    mac BLOB NOT NULL`;
const WRITE = `ns TEXT NOT NULL,
    id TEXT NOT NULL,
    task TEXT NOT NULL,
    idx INTEGER NOT NULL,
    channel TEXT NOT NULL,
    path TEXT NOT NULL,
    value BLOB NOT NULL,
    key_id TEXT NOT NULL,
    mac BLOB NOT NULL`;
const SEGMENT = `digest TEXT NOT NULL,
    bytes BLOB NOT NULL`;

/**
 * One script a format: the script at index n takes the database from format n to n + 1. A script that was released is
 * never changed.
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
  `
  CREATE TABLE state_checkpoints (
    thread_id TEXT NOT NULL,
    ${CHECKPOINT},
    PRIMARY KEY (thread_id, ns, id)
  ) STRICT;
  CREATE UNIQUE INDEX state_checkpoints_by_seq ON state_checkpoints (thread_id, ns, seq);
  CREATE INDEX state_checkpoints_by_id ON state_checkpoints (id DESC, thread_id DESC, ns DESC);

  CREATE TABLE state_heads (
    thread_id TEXT NOT NULL,
    ${HEAD},
    PRIMARY KEY (thread_id, ns)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE state_segments (
    thread_id TEXT NOT NULL,
    ${SEGMENT},
    PRIMARY KEY (thread_id, digest)
  ) STRICT;

  CREATE TABLE state_writes (
    thread_id TEXT NOT NULL,
    ${WRITE},
    PRIMARY KEY (thread_id, ns, id, task, idx)
  ) STRICT;

  CREATE TABLE state_threads (
    thread_id TEXT PRIMARY KEY,
    is_deleted INTEGER NOT NULL,
    last_id TEXT NOT NULL,
    floor INTEGER NOT NULL,
    key_id TEXT NOT NULL,
    mac BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE staged_threads (
    stage TEXT PRIMARY KEY,
    touched_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE staged_checkpoints (
    stage TEXT NOT NULL,
    ${CHECKPOINT},
    PRIMARY KEY (stage, ns, id)
  ) STRICT;

  CREATE TABLE staged_segments (
    stage TEXT NOT NULL,
    ${SEGMENT},
    PRIMARY KEY (stage, digest)
  ) STRICT;

  CREATE TABLE staged_writes (
    stage TEXT NOT NULL,
    ${WRITE},
    PRIMARY KEY (stage, ns, id, task, idx)
  ) STRICT;

  CREATE TABLE state_lifetimes (
    thread_id TEXT PRIMARY KEY,
    expires_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX state_lifetimes_by_end ON state_lifetimes (expires_at_ms);
  `,
  `
  CREATE TABLE thread_line (
    thread TEXT NOT NULL,
    place INTEGER NOT NULL,
    token TEXT NOT NULL,
    pid INTEGER NOT NULL,
    owner TEXT NOT NULL,
    since TEXT NOT NULL,
    till_ms INTEGER NOT NULL,
    PRIMARY KEY (thread, place)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE broken_locks (
    thread TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,
    how TEXT NOT NULL,
    owner TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE run_marks (
    thread_id TEXT NOT NULL,
    ${HEAD},
    PRIMARY KEY (thread_id, ns)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE run_mark_writes (
    thread_id TEXT NOT NULL,
    ${WRITE},
    PRIMARY KEY (thread_id, ns, id, task, idx)
  ) STRICT;

  CREATE TABLE pending_rollbacks (
    thread TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID;
  `,
  // Orders of before are sealed by nobody, and refused.
  `
  ALTER TABLE pending_rollbacks ADD COLUMN sealed_order TEXT NOT NULL DEFAULT '';

  CREATE TABLE run_mark_seals (
    thread TEXT PRIMARY KEY,
    seal TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];
