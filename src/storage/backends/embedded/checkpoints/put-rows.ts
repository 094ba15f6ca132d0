import type { HeadRow, Lane, ThreadRow } from '../../../engine/index.ts';
import { bytes, text } from './sql-rows.ts';
import type { Statements } from './statements.ts';

const TABLES = ['state_checkpoints', 'state_heads', 'state_segments', 'state_writes'];

/** Writes the head of a lane in the place of the one before. */
export function putHead(statements: Statements, { thread, ns }: Lane, head: HeadRow): void {
  statements.run(
    'INSERT OR REPLACE INTO state_heads VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    thread,
    ns,
    head.id,
    head.revision,
    head.lastSeq,
    head.count,
    head.keyId,
    head.mac,
  );
}

/** Writes what outlives a thread. */
export function putThread(statements: Statements, thread: string, row: ThreadRow): void {
  statements.run(
    'INSERT OR REPLACE INTO state_threads VALUES (?, ?, ?, ?, ?, ?)',
    thread,
    row.isDeleted ? 1 : 0,
    row.lastId,
    row.floor,
    row.keyId,
    row.mac,
  );
}

/** Tells whether a row has the mac that was expected, or is as absent as expected. */
export function isSame(found: Uint8Array | undefined, expected: Uint8Array | undefined): boolean {
  if (found === undefined || expected === undefined) return found === expected;
  return Buffer.compare(found, expected) === 0;
}

/** Tells whether a thread has exactly the heads that were expected, by namespace. */
export function areHeads(
  statements: Statements,
  thread: string,
  expected: ReadonlyMap<string, Uint8Array>,
): boolean {
  const heads = statements.all('SELECT ns, mac FROM state_heads WHERE thread_id = ?', thread);
  if (heads.length !== expected.size) return false;
  return heads.every(([ns, mac]) => isSame(bytes(mac), expected.get(text(ns))));
}

/** Removes everything of a thread but what outlives it. */
export function clearThread(statements: Statements, thread: string): void {
  for (const table of TABLES) statements.run(`DELETE FROM ${table} WHERE thread_id = ?`, thread);
}

/** Removes the copies of what waited where a run on a thread began. Its heads stay: they hold no values. */
export function forgetMarkedWrites(statements: Statements, thread: string): void {
  statements.run('DELETE FROM run_mark_writes WHERE thread_id = ?', thread);
}
