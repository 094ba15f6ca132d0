import type {
  HeadRow,
  Lane,
  LaneFacts,
  Page,
  Reading,
  StoredCheckpoint,
  ThreadRow,
  WriteRow,
} from '../../../engine/index.ts';
import {
  bytes,
  CHECKPOINT_COLUMNS,
  checkpointRow,
  HEAD_COLUMNS,
  headRow,
  text,
  THREAD_COLUMNS,
  threadRow,
  whole,
  WRITE_COLUMNS,
  writeRow,
} from './sql-rows.ts';
import type { SqlValue, Statements } from './statements.ts';

/** Reads a checkpoint with everything that belongs to it. */
export function readOne(statements: Statements, lane: Lane, id: string | undefined): Reading {
  const facts = factsOf(statements, lane);
  const wanted = id ?? facts.head?.id;
  const columns =
    wanted === undefined
      ? undefined
      : statements.one(
          `SELECT ${CHECKPOINT_COLUMNS} FROM state_checkpoints WHERE thread_id = ? AND ns = ? AND id = ?`,
          lane.thread,
          lane.ns,
          wanted,
        );
  if (columns === undefined) return { facts, found: undefined, segments: new Map() };
  const row = checkpointRow(columns);
  const found = { lane, row, writes: writesOf(statements, lane, row.id) };
  return { facts, found, segments: segmentsOf(statements, lane.thread, row.segments) };
}

/** Counts a lane, and reads what is said of it. */
export function factsOf(statements: Statements, { thread, ns }: Lane): LaneFacts {
  const counted = statements.one(
    'SELECT count(*), max(seq) FROM state_checkpoints WHERE thread_id = ? AND ns = ?',
    thread,
    ns,
  );
  return {
    head: headOf(statements, { thread, ns }),
    thread: threadRowOf(statements, thread),
    count: whole(counted?.[0] ?? 0),
    lastSeq: whole(counted?.[1] ?? 0),
  };
}

/** Reads what is said of a lane. */
export function headOf(statements: Statements, { thread, ns }: Lane): HeadRow | undefined {
  const sql = `SELECT ${HEAD_COLUMNS} FROM state_heads WHERE thread_id = ? AND ns = ?`;
  const head = statements.one(sql, thread, ns);
  return head === undefined ? undefined : headRow(head);
}

/** Reads what outlives the deletion of a thread. */
export function threadRowOf(statements: Statements, thread: string): ThreadRow | undefined {
  const sql = `SELECT ${THREAD_COLUMNS} FROM state_threads WHERE thread_id = ?`;
  const row = statements.one(sql, thread);
  return row === undefined ? undefined : threadRow(row);
}

function writesOf(statements: Statements, { thread, ns }: Lane, id: string): readonly WriteRow[] {
  return statements
    .all(
      `SELECT ${WRITE_COLUMNS} FROM state_writes WHERE thread_id = ? AND ns = ? AND id = ?`,
      thread,
      ns,
      id,
    )
    .map(writeRow);
}

/** Reads segments; one that is missing is left out. */
export function segmentsOf(
  statements: Statements,
  thread: string,
  digests: readonly string[],
): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const digest of digests) {
    const row = statements.one(
      'SELECT bytes FROM state_segments WHERE thread_id = ? AND digest = ?',
      thread,
      digest,
    );
    if (row !== undefined) found.set(digest, bytes(row[0]));
  }
  return found;
}

/** Reads checkpoints with their writes, newest id first. */
export function readPage(statements: Statements, page: Page): readonly StoredCheckpoint[] {
  const { after } = page;
  const conditions: (readonly [string, readonly SqlValue[]])[] = [];
  if (page.thread !== undefined) conditions.push(['thread_id = ?', [page.thread]]);
  if (page.ns !== undefined) conditions.push(['ns = ?', [page.ns]]);
  if (page.id !== undefined) conditions.push(['id = ?', [page.id]]);
  if (page.before !== undefined) conditions.push(['id < ?', [page.before]]);
  if (after !== undefined) {
    // Ids of different lanes may be equal: the lane decides then.
    const { thread, ns } = after.lane;
    conditions.push(['(id, thread_id, ns) < (?, ?, ?)', [after.row.id, thread, ns]]);
  }
  const where = ['1', ...conditions.map(([sql]) => sql)].join(' AND ');
  const rows = statements.all(
    `SELECT ${CHECKPOINT_COLUMNS}, thread_id, ns FROM state_checkpoints WHERE ${where}
     ORDER BY id DESC, thread_id DESC, ns DESC LIMIT ?`,
    ...conditions.flatMap(([, values]) => values),
    page.limit,
  );
  return rows.map((columns) => {
    const row = checkpointRow(columns);
    const lane = { thread: text(columns[7]), ns: text(columns[8]) };
    return { lane, row, writes: writesOf(statements, lane, row.id) };
  });
}

/** Gives the facts of every lane of a thread. */
export function lanesOf(statements: Statements, thread: string): ReadonlyMap<string, LaneFacts> {
  const rows = statements.all(
    `SELECT ns FROM state_heads WHERE thread_id = ?1
     UNION SELECT ns FROM state_checkpoints WHERE thread_id = ?1`,
    thread,
  );
  return new Map(
    rows.map(([name]) => {
      const ns = text(name);
      return [ns, factsOf(statements, { thread, ns })];
    }),
  );
}
