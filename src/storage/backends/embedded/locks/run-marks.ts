import {
  giveOrder,
  readOrder,
  sealMark,
  type HeadRow,
  type Keyring,
  type RollbackOrder,
} from '../../../engine/index.ts';
import { headRow, text, HEAD_COLUMNS } from '../checkpoints/index.ts';
import { immediately, type Connection } from '../database.ts';

/**
 * Says that what the run of `epoch` had stored is to be taken back, until {@link settle} has ended that.
 *
 * @returns Whether it is; not where the run has not been told yet that it may begin.
 */
export function askRollback(
  { connection, keys }: { readonly connection: Connection; readonly keys: Keyring },
  thread: string,
  by: { readonly epoch: number; readonly owner: string; readonly at: string },
): boolean {
  if (isRollbackPending(connection, thread)) return true;
  const stored = storedMark(connection, thread);
  if (stored.seal === '') return false;
  const heads = headsIn(connection, 'state_heads', thread);
  const order = giveOrder(keys, { ...stored, epoch: by.epoch }, { ...by, heads });
  connection.prepare('INSERT INTO pending_rollbacks VALUES (?, ?)').run(thread, order);
  return true;
}

/** Whether something is to be taken back, also where somebody began to and did not end. */
export function isRollbackPending(connection: Connection, thread: string): boolean {
  return orderOf(connection, thread) !== undefined;
}

/** An order to roll a thread back, with the heads that it leads to. */
export interface Pending {
  readonly order: RollbackOrder;
  readonly marks: ReadonlyMap<string, HeadRow>;
}

/** Reads what is to be taken back. @throws StateIntegrityError where nobody who has the key said so. */
export function readPending(connection: Connection, thread: string, keys: Keyring): Pending {
  const stored = storedMark(connection, thread);
  const order = readOrder(keys, orderOf(connection, thread) ?? '', stored);
  return { order, marks: stored.heads };
}

function orderOf(connection: Connection, thread: string): string | undefined {
  const row = connection
    .prepare('SELECT sealed_order FROM pending_rollbacks WHERE thread = ?')
    .raw(true)
    .all(thread)
    .find(Array.isArray);
  return row === undefined ? undefined : text(row[0]);
}

/** Forgets where a run began that has ended, unless it is still to be taken back. */
export function forgetRun(connection: Connection, thread: string): void {
  if (isRollbackPending(connection, thread)) return;
  for (const table of ['run_marks', 'run_mark_writes']) {
    connection.prepare(`DELETE FROM ${table} WHERE thread_id = ?`).run(thread);
  }
  connection.prepare('DELETE FROM run_mark_seals WHERE thread = ?').run(thread);
}

/** Remembers where the run of `epoch` begins: the heads of all lanes, sealed, and the writes that wait at them. */
export function markRun(
  { connection, keys }: { readonly connection: Connection; readonly keys: Keyring },
  { thread, epoch }: { readonly thread: string; readonly epoch: number },
): void {
  forgetRun(connection, thread);
  const heads = headsIn(connection, 'state_heads', thread);
  const seal = sealMark(keys, { thread, epoch, heads });
  connection.prepare('INSERT INTO run_mark_seals VALUES (?, ?)').run(thread, seal);
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

function storedMark(
  connection: Connection,
  thread: string,
): { readonly thread: string; readonly heads: Pending['marks']; readonly seal: string } {
  const row = connection
    .prepare('SELECT seal FROM run_mark_seals WHERE thread = ?')
    .raw(true)
    .all(thread)
    .find(Array.isArray);
  const heads = headsIn(connection, 'run_marks', thread);
  return { thread, heads, seal: row === undefined ? '' : text(row[0]) };
}

/** The heads of all lanes, by namespace: as they are, or as they were when the run began. */
function headsIn(
  connection: Connection,
  table: 'state_heads' | 'run_marks',
  thread: string,
): ReadonlyMap<string, HeadRow> {
  const rows: unknown[] = connection
    .prepare(`SELECT ns, ${HEAD_COLUMNS} FROM ${table} WHERE thread_id = ?`)
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
