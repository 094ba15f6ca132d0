import { systemClock } from '../../../../kernel/index.ts';
import type {
  CheckpointStore,
  Commit,
  CommitOutcome,
  Removal,
  ThreadRow,
  WriteCommit,
  WriteOutcome,
} from '../../../engine/index.ts';
import type { Lifetime } from '../../../lifetime.ts';
import { immediately, type Connection } from '../database.ts';
import { expiringStore } from './expiring-store.ts';
import { createLifetimes } from './lifetimes.ts';
import {
  areHeads,
  clearThread,
  forgetMarkedWrites,
  isSame,
  putHead,
  putThread,
} from './put-rows.ts';
import { CHECKPOINT_COLUMNS, checkpointRow, text } from './sql-rows.ts';
import {
  factsOf,
  headOf,
  lanesOf,
  readOne,
  readPage,
  segmentsOf,
  threadRowOf,
} from './sqlite-reads.ts';
import { openStage } from './sqlite-stage.ts';
import { createStatements, type Statements } from './statements.ts';

/** Gives the store that keeps checkpoints in the tables of an opened database; for ever, unless told. */
export function createSqliteStore(connection: Connection, lifetime?: Lifetime): CheckpointStore {
  const statements = createStatements(connection);
  // A deferred transaction: it waits for nobody, and all that it reads is of one moment.
  const read = <Value>(work: () => Value): Value => {
    if (connection.inTransaction) return work();
    connection.exec('BEGIN');
    try {
      return work();
    } finally {
      connection.exec('ROLLBACK');
    }
  };
  const write = <Value>(work: () => Value): Value => immediately(connection, work);
  const lifetimes = lifetime === undefined ? undefined : createLifetimes(statements, lifetime);
  const change = <Value>(thread: string, work: () => Value): Value =>
    write(() => {
      const value = work();
      lifetimes?.touch(thread);
      return value;
    });
  const store: CheckpointStore = {
    read: async (lane, id) => read(() => readOne(statements, lane, id)),
    page: async (page) => read(() => readPage(statements, page)),
    segments: async (thread, digests) => read(() => segmentsOf(statements, thread, digests)),
    lanes: async (thread) => read(() => lanesOf(statements, thread)),
    threads: async () =>
      statements
        .all('SELECT DISTINCT thread_id FROM state_checkpoints')
        .map(([thread]) => text(thread)),
    threadRow: async (thread) => threadRowOf(statements, thread),
    commit: async (commit) => change(commit.lane.thread, () => put(statements, commit)),
    commitWrites: async (commit) =>
      write(() => {
        const outcome = putWrites(statements, commit);
        if (outcome.kind === 'done') lifetimes?.touch(commit.lane.thread);
        return outcome;
      }),
    erase: async (thread, row, expected) =>
      write(() => {
        const isDone = erase(statements, thread, { row, expected });
        if (isDone) lifetimes?.keepMark(thread);
        return isDone;
      }),
    remove: async (removal) => write(() => remove(statements, removal)),
    segmentDigests: async (thread) =>
      statements
        .all('SELECT digest FROM state_segments WHERE thread_id = ?', thread)
        .map(([digest]) => text(digest)),
    stage: async (thread) => openStage({ statements, write, change }, thread),
  };
  if (lifetimes === undefined) return store;
  return expiringStore(store, { lifetimes, write, monotonicMs: systemClock.monotonicMs });
}

function put(statements: Statements, commit: Commit): CommitOutcome {
  const { lane, row, head, expected } = commit;
  const existing = statements.one(
    `SELECT ${CHECKPOINT_COLUMNS} FROM state_checkpoints WHERE thread_id = ? AND ns = ? AND id = ?`,
    lane.thread,
    lane.ns,
    row.id,
  );
  const isExpected =
    isSame(headOf(statements, lane)?.mac, expected.head) &&
    isSame(threadRowOf(statements, lane.thread)?.mac, expected.thread) &&
    (existing !== undefined) === expected.exists;
  if (!isExpected) {
    const known = existing === undefined ? undefined : checkpointRow(existing);
    // Counting takes time in proportion to the lane, and is done for those alone who did not know its head.
    return { kind: 'conflict', facts: factsOf(statements, lane), existing: known };
  }
  const missing = row.segments.filter(
    (digest) => !commit.segments.has(digest) && !hasSegment(statements, lane.thread, digest),
  );
  if (missing.length > 0) return { kind: 'missing-segments', digests: missing };
  for (const [digest, content] of commit.segments) {
    statements.run(
      'INSERT OR IGNORE INTO state_segments VALUES (?, ?, ?)',
      lane.thread,
      digest,
      content,
    );
  }
  if (existing !== undefined) {
    const sql = 'DELETE FROM state_checkpoints WHERE thread_id = ? AND ns = ? AND id = ?';
    statements.run(sql, lane.thread, lane.ns, row.id);
  }
  statements.run(
    'INSERT INTO state_checkpoints VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    lane.thread,
    lane.ns,
    row.id,
    row.parent,
    row.seq,
    row.segments.join(','),
    row.header,
    row.keyId,
    row.mac,
  );
  putHead(statements, lane, head);
  if (commit.thread !== undefined) putThread(statements, lane.thread, commit.thread);
  return { kind: 'done' };
}

function hasSegment(statements: Statements, thread: string, digest: string): boolean {
  const sql = 'SELECT 1 FROM state_segments WHERE thread_id = ? AND digest = ?';
  return statements.one(sql, thread, digest) !== undefined;
}

function putWrites(statements: Statements, commit: WriteCommit): WriteOutcome {
  const { lane, id } = commit;
  const thread = threadRowOf(statements, lane.thread);
  if (!isSame(thread?.mac, commit.expectedThread)) return { kind: 'conflict', thread };
  for (const row of commit.rows) {
    statements.run(
      `INSERT OR ${row.idx < 0 ? 'REPLACE' : 'IGNORE'} INTO state_writes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      lane.thread,
      lane.ns,
      id,
      row.task,
      row.idx,
      row.channel,
      row.path,
      row.value,
      row.keyId,
      row.mac,
    );
  }
  return { kind: 'done' };
}

function erase(
  statements: Statements,
  thread: string,
  {
    row,
    expected,
  }: {
    readonly row: ThreadRow | undefined;
    readonly expected: ReadonlyMap<string, Uint8Array>;
  },
): boolean {
  if (!areHeads(statements, thread, expected)) return false;
  clearThread(statements, thread);
  forgetMarkedWrites(statements, thread);
  if (row !== undefined) putThread(statements, thread, row);
  return true;
}

function remove(statements: Statements, removal: Removal): boolean {
  const { thread } = removal;
  // A lane that came meanwhile may refer to parts that nothing else does.
  if (lanesOf(statements, thread).size !== removal.lanes.length) return false;
  for (const { ns, expectedHead } of removal.lanes) {
    if (!isSame(factsOf(statements, { thread, ns }).head?.mac, expectedHead)) return false;
  }
  for (const { ns, ids, head } of removal.lanes) {
    for (const id of ids) {
      for (const table of ['state_checkpoints', 'state_writes']) {
        const sql = `DELETE FROM ${table} WHERE thread_id = ? AND ns = ? AND id = ?`;
        statements.run(sql, thread, ns, id);
      }
    }
    putHead(statements, { thread, ns }, head);
  }
  for (const digest of removal.segments) {
    statements.run('DELETE FROM state_segments WHERE thread_id = ? AND digest = ?', thread, digest);
  }
  return true;
}
