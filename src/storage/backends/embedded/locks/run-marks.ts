import type { HeadRow } from '../../../engine/index.ts';
import { headRow, text, HEAD_COLUMNS } from '../checkpoints/index.ts';
import { immediately, type Connection } from '../database.ts';

/** Says that what the run before had stored is to be taken back, until {@link settle} has ended that. */
export function askRollback(connection: Connection, thread: string): void {
  connection.prepare('INSERT OR IGNORE INTO pending_rollbacks VALUES (?)').run(thread);
}

/** Whether something is to be taken back, also where somebody began to and did not end. */
export function isRollbackPending(connection: Connection, thread: string): boolean {
  const row: unknown = connection
    .prepare('SELECT 1 FROM pending_rollbacks WHERE thread = ?')
    .get(thread);
  return row !== undefined;
}

/** Forgets where a run began that has ended, unless it is still to be taken back. */
export function forgetRun(connection: Connection, thread: string): void {
  if (isRollbackPending(connection, thread)) return;
  for (const table of ['run_marks', 'run_mark_writes']) {
    connection.prepare(`DELETE FROM ${table} WHERE thread_id = ?`).run(thread);
  }
}

/** Remembers where a run begins: the heads of all lanes, and the writes that wait at them. */
export function markRun(connection: Connection, thread: string): void {
  forgetRun(connection, thread);
  connection
    .prepare('INSERT INTO run_marks SELECT * FROM state_heads WHERE thread_id = ?')
    .run(thread);
  connection
    .prepare(
      `INSERT INTO run_mark_writes SELECT waiting.* FROM state_writes AS waiting
         JOIN state_heads AS head USING (thread_id, ns, id) WHERE thread_id = ?`,
    )
    .run(thread);
}

/** Gives the heads that the lanes of a thread had when its run began, by namespace. */
export function readMarks(connection: Connection, thread: string): ReadonlyMap<string, HeadRow> {
  const rows: unknown[] = connection
    .prepare(`SELECT ns, ${HEAD_COLUMNS} FROM run_marks WHERE thread_id = ?`)
    .raw(true)
    .all(thread);
  return new Map(
    rows.filter(Array.isArray).map(([ns, ...columns]: unknown[]) => [text(ns), headRow(columns)]),
  );
}

/** After the checkpoints were taken back: the writes that wait at the heads are those of the beginning. */
export function settle(connection: Connection, thread: string): void {
  immediately(connection, () => {
    connection
      .prepare(
        `DELETE FROM state_writes WHERE thread_id = ?1 AND EXISTS (
           SELECT 1 FROM run_marks AS mark WHERE mark.thread_id = ?1
             AND mark.ns = state_writes.ns AND mark.id = state_writes.id)`,
      )
      .run(thread);
    connection
      .prepare(
        `INSERT INTO state_writes SELECT waiting.* FROM run_mark_writes AS waiting
           JOIN state_checkpoints AS kept USING (thread_id, ns, id) WHERE thread_id = ?`,
      )
      .run(thread);
    connection.prepare('DELETE FROM pending_rollbacks WHERE thread = ?').run(thread);
  });
}
