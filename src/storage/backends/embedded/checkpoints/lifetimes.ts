import { DELETION_MARK_MS, type Lifetime } from '../../../lifetime.ts';
import { clearThread, forgetMarkedWrites } from './put-rows.ts';
import { text, whole } from './sql-rows.ts';
import type { Statements } from './statements.ts';

const NOW_MS = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
/** A read moves the end of a thread only when it moves it by this share of the lifetime: a write costs more than a read. */
const NOTICEABLE = 100;
const EARLIER = 'min(expires_at_ms, excluded.expires_at_ms)';
const SWEPT_AT_ONCE = 50;

/** What a store does about the ends of its threads, each call inside a transaction that may write. */
export interface Lifetimes {
  /** Tells whether a thread's time is over, so that {@link expire} has to be called. */
  isOver(thread: string): boolean;
  /** Tells whether a read is to be followed by {@link touch}. */
  isToTouch(thread: string): boolean;
  /** Begins the time of a thread, or begins it again where it counts from the last use. */
  touch(thread: string): void;
  /** Keeps what is left of a thread that was deleted just now, longer than a thread is kept. */
  keepMark(thread: string): void;
  expire(thread: string): void;
  /** Threads whose time is over, some of them at once. */
  over(): readonly string[];
}

/** Gives the ends of threads as tables keep them, by the clock of the database. */
export function createLifetimes(statements: Statements, { ms, from }: Lifetime): Lifetimes {
  const endOf = (thread: string): number | undefined => {
    const sql = 'SELECT expires_at_ms FROM state_lifetimes WHERE thread_id = ?';
    const row = statements.one(sql, thread);
    return row === undefined ? undefined : whole(row[0]);
  };
  const nowMs = (): number => whole(statements.one(`SELECT ${NOW_MS}`)?.[0]);
  return {
    isOver: (thread) => (endOf(thread) ?? Number.POSITIVE_INFINITY) <= nowMs(),
    isToTouch: (thread) => {
      const end = from === 'sliding' ? endOf(thread) : undefined;
      return end !== undefined && nowMs() + ms - end > ms / NOTICEABLE;
    },
    touch: (thread) => {
      // A thread that begins again has no longer time than others, however long the mark of its deletion had.
      const end = from === 'sliding' ? 'excluded.expires_at_ms' : EARLIER;
      const sql = `INSERT INTO state_lifetimes VALUES (?, ${NOW_MS} + ?)
        ON CONFLICT (thread_id) DO UPDATE SET expires_at_ms = ${end}`;
      statements.run(sql, thread, Math.ceil(ms));
    },
    keepMark: (thread) => {
      const sql = `INSERT OR REPLACE INTO state_lifetimes VALUES (?, ${NOW_MS} + ?)`;
      statements.run(sql, thread, Math.max(Math.ceil(ms), DELETION_MARK_MS));
    },
    expire: (thread) => {
      clearThread(statements, thread);
      forgetMarkedWrites(statements, thread);
      for (const table of ['state_threads', 'state_lifetimes', 'run_marks']) {
        statements.run(`DELETE FROM ${table} WHERE thread_id = ?`, thread);
      }
      for (const table of ['threads', 'run_mark_seals', 'pending_rollbacks']) {
        statements.run(`DELETE FROM ${table} WHERE thread = ?`, thread);
      }
    },
    over: () =>
      statements
        .all(
          `SELECT thread_id FROM state_lifetimes WHERE expires_at_ms <= ${NOW_MS} LIMIT ${SWEPT_AT_ONCE}`,
        )
        .map(([thread]) => text(thread)),
  };
}
