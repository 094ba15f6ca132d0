import { z } from 'zod';

import { ThreadInterruptedError, UnreadableRowError } from '../../../errors/index.ts';
import type { BusyStrategy } from '../../../thread-lock.ts';
import { PLACE_MS } from '../../../wait-in-line.ts';
import type { Connection } from '../database.ts';

const Waiting = z.object({ token: z.string(), pid: z.int(), owner: z.string(), since: z.string() });

/** One who waits for a thread. */
export type Waiting = Readonly<z.infer<typeof Waiting>>;

const Broken = z.object({ how: z.enum(['interrupt', 'rollback']), owner: z.string() });

/** Puts somebody into the line of a thread, or keeps the place there. One that stopped asking loses it. */
export function keepPlace(
  connection: Connection,
  thread: string,
  { waiting, nowMs }: { readonly waiting: Waiting; readonly nowMs: number },
): void {
  const kept = connection
    .prepare('UPDATE thread_line SET till_ms = ? WHERE thread = ? AND token = ?')
    .run(nowMs + PLACE_MS, thread, waiting.token);
  if (kept.changes > 0) return;
  connection
    .prepare(
      `INSERT INTO thread_line (thread, place, token, pid, owner, since, till_ms)
       SELECT ?, coalesce(max(place), 0) + 1, ?, ?, ?, ?, ? FROM thread_line WHERE thread = ?`,
    )
    .run(
      thread,
      waiting.token,
      waiting.pid,
      waiting.owner,
      waiting.since,
      nowMs + PLACE_MS,
      thread,
    );
}

/** Gives who is first in the line of a thread. */
export function firstInLine(
  connection: Connection,
  thread: string,
  nowMs: number,
): Waiting | undefined {
  connection
    .prepare('DELETE FROM thread_line WHERE thread = ? AND till_ms <= ?')
    .run(thread, nowMs);
  const row: unknown = connection
    .prepare(
      'SELECT token, pid, owner, since FROM thread_line WHERE thread = ? ORDER BY place LIMIT 1',
    )
    .get(thread);
  if (row === undefined) return undefined;
  const parsed = Waiting.safeParse(row);
  if (!parsed.success) throw new UnreadableRowError('place in line', parsed.error);
  return parsed.data;
}

/** Gives a place up, or away to its turn. */
export function leaveLine(connection: Connection, thread: string, token: string): void {
  connection.prepare('DELETE FROM thread_line WHERE thread = ? AND token = ?').run(thread, token);
}

/** Remembers that a lock was broken on purpose, for its former holder. */
export function markBroken(
  connection: Connection,
  thread: string,
  by: { readonly epoch: number; readonly how: BusyStrategy; readonly owner: string },
): void {
  connection
    .prepare('INSERT OR REPLACE INTO broken_locks (thread, epoch, how, owner) VALUES (?, ?, ?, ?)')
    .run(thread, by.epoch, by.how, by.owner);
}

/** Gives who broke the lock of this epoch, if somebody did it on purpose. */
export function brokenBy(
  connection: Connection,
  thread: string,
  epoch: number,
): ThreadInterruptedError | undefined {
  const row: unknown = connection
    .prepare('SELECT how, owner FROM broken_locks WHERE thread = ? AND epoch = ?')
    .get(thread, epoch);
  if (row === undefined) return undefined;
  const parsed = Broken.safeParse(row);
  if (!parsed.success) throw new UnreadableRowError('broken lock', parsed.error);
  return new ThreadInterruptedError(thread, parsed.data);
}
