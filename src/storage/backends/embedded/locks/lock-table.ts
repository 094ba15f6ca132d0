import { z } from 'zod';

import {
  ThreadBusyError,
  ThreadLockLostError,
  UnreadableRowError,
  type ThreadInterruptedError,
} from '../../../errors/index.ts';
import type { Keyring } from '../../../engine/index.ts';
import type { BusyStrategy } from '../../../thread-lock.ts';
import { immediately, type Connection } from '../database.ts';
import { askRollback, forgetRun, isRollbackPending, markRun } from './run-marks.ts';
import { hasEnded, type ProcessIdentity } from './process-identity.ts';
import { brokenBy, firstInLine, keepPlace, leaveLine, markBroken } from './thread-line.ts';

/** The text by which the fence's refusal is told from other failures. */
const FENCE = 'phasegate: thread is fenced';

const LockRow = z.object({
  epoch: z.int(),
  held: z.union([z.literal(0), z.literal(1)]),
  host: z.string(),
  pid: z.int(),
  processStart: z.string(),
  owner: z.string(),
  since: z.string(),
  expiresAtMs: z.int(),
});
type LockRow = z.infer<typeof LockRow>;

/** Who takes a lock, and until when the lease runs at first. */
export interface Claim {
  readonly owner: string;
  readonly process: ProcessIdentity;
  /** ISO-8601 UTC. */
  readonly now: string;
  readonly leaseMs: number;
  readonly whenBusy: BusyStrategy;
  /** Tells those who wait apart. */
  readonly token: string;
  /** What is sealed is where the run begins, and that another one is to be taken back. */
  readonly keys: Keyring;
}

/** One holder's place in the line of holders of a thread. */
export interface Holding {
  readonly thread: string;
  readonly epoch: number;
}

/** A lock that was taken. */
export interface Taken extends Holding {
  /** Whether what a run before had stored is to be taken back. */
  readonly isRollingBack: boolean;
}

/** A thread whose lifetime is over goes whoever holds it, as it does on a server that expires it by itself. */
const UNLESS_OVER = `
      AND NOT EXISTS (
        SELECT 1 FROM main.state_lifetimes AS life
        WHERE life.thread_id = OLD.thread_id AND life.expires_at_ms <= unixepoch('subsec') * 1000)`;

const MANY: ReadonlySet<string> = new Set(['state_checkpoints', 'state_writes']);

/**
 * Makes SQLite itself refuse checkpoints of a thread whose lock this connection has lost, or which somebody else
 * holds: a process that slept through the end of its lease cannot write even before it notices. The tables of
 * checkpoints must exist. Temporary objects belong to this connection alone and vanish with it.
 */
export function installFence(connection: Connection): void {
  connection.exec('CREATE TEMP TABLE held_locks (thread TEXT PRIMARY KEY, epoch INTEGER NOT NULL)');
  for (const table of ['state_checkpoints', 'state_heads', 'state_writes', 'state_threads']) {
    for (const [event, row] of [
      ['INSERT', 'NEW'],
      ['UPDATE', 'NEW'],
      ['DELETE', 'OLD'],
    ] as const) {
      // What removes these changes the head or the row of the thread in the same transaction, and is stopped there; a
      // look at the lock for each of many rows would take longer than removing them.
      if (event === 'DELETE' && MANY.has(table)) continue;
      connection.exec(fenceSql({ table, event, row }));
    }
  }
}

function fenceSql(at: { table: string; event: string; row: string }): string {
  const { event } = at;
  return `CREATE TEMP TRIGGER fence_${at.table}_${at.event} BEFORE ${at.event} ON main.${at.table}
    WHEN EXISTS (
      SELECT 1 FROM main.thread_locks AS lock
        LEFT JOIN temp.held_locks AS mine ON mine.thread = lock.thread
      WHERE lock.thread = ${at.row}.thread_id
        AND CASE WHEN mine.epoch IS NULL
          THEN lock.held AND lock.expires_at_ms > unixepoch('subsec') * 1000
          ELSE mine.epoch <> lock.epoch OR NOT lock.held END)${event === 'DELETE' ? UNLESS_OVER : ''}
    BEGIN SELECT RAISE(ABORT, '${FENCE}'); END`;
}

/** Gives why the fence refused a write to `thread`, or `undefined` when `cause` is another failure. */
export function explainFence(
  connection: Connection,
  thread: string,
  cause: unknown,
): ThreadBusyError | ThreadLockLostError | ThreadInterruptedError | undefined {
  if (!(cause instanceof Error) || !cause.message.includes(FENCE)) return undefined;
  const mine: unknown = connection
    .prepare('SELECT epoch FROM temp.held_locks WHERE thread = ?')
    .get(thread);
  const epoch: unknown = Reflect.get(Object(mine), 'epoch');
  if (typeof epoch === 'number') {
    return brokenBy(connection, thread, epoch) ?? new ThreadLockLostError(thread, cause);
  }
  const row = readRow(connection, thread);
  return row === undefined ? new ThreadLockLostError(thread, cause) : busy(thread, row);
}

/**
 * Takes the lock of `thread`; under `enqueue` it keeps a place in the line otherwise.
 *
 * @throws {@link ThreadBusyError} while a living holder has an unexpired lease, or somebody else is first in line;
 * StateIntegrityError where a run is to be taken back whose beginning was edited.
 */
export function takeLock(connection: Connection, thread: string, claim: Claim): Taken {
  const taken = immediately(connection, () => {
    const row = readRow(connection, thread);
    const held = row !== undefined && isHeld(row, claim) ? row : undefined;
    const isWaiting = claim.whenBusy === 'reject' || claim.whenBusy === 'enqueue';
    if (isWaiting) {
      const { holder, isTurn } = placeOf(connection, thread, { claim, held });
      // What was written of the line stays; the error is thrown outside the transaction.
      if (!isTurn) return busy(thread, holder);
    } else if (held !== undefined) {
      const by = { epoch: held.epoch, how: claim.whenBusy, owner: claim.owner, at: claim.now };
      if (by.how === 'rollback' && !askRollback({ connection, ...claim }, thread, by)) {
        return busy(thread, held);
      }
      markBroken(connection, thread, by);
    }
    leaveLine(connection, thread, claim.token);
    const isRollingBack = isRollbackPending(connection, thread);
    const epoch = (row?.epoch ?? 0) + 1;
    if (!isRollingBack) markRun({ connection, ...claim }, { thread, epoch });
    return { ...writeLock(connection, { thread, epoch }, claim), isRollingBack };
  });
  if (taken instanceof ThreadBusyError) throw taken;
  return taken;
}

function placeOf(
  connection: Connection,
  thread: string,
  { claim, held }: { readonly claim: Claim; readonly held: LockRow | undefined },
): { readonly isTurn: boolean; readonly holder: Pick<LockRow, 'pid' | 'owner' | 'since'> } {
  const nowMs = Date.parse(claim.now);
  const waiting = {
    token: claim.token,
    pid: claim.process.pid,
    owner: claim.owner,
    since: claim.now,
  };
  if (claim.whenBusy === 'enqueue') keepPlace(connection, thread, { waiting, nowMs });
  const first = firstInLine(connection, thread, nowMs) ?? waiting;
  return { isTurn: held === undefined && first.token === claim.token, holder: held ?? first };
}

function writeLock(connection: Connection, holding: Holding, claim: Claim): Holding {
  const { thread, epoch } = holding;
  connection
    .prepare(
      `INSERT OR REPLACE INTO thread_locks
         (thread, epoch, held, host, pid, process_start, owner, since, expires_at_ms)
       VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      thread,
      epoch,
      claim.process.host,
      claim.process.pid,
      claim.process.start,
      claim.owner,
      claim.now,
      Date.parse(claim.now) + claim.leaseMs,
    );
  connection.prepare('INSERT OR REPLACE INTO temp.held_locks VALUES (?, ?)').run(thread, epoch);
  return holding;
}

/** Moves the end of the lease; `false` when the lock is no longer the holder's. */
export function renewLock(connection: Connection, holding: Holding, expiresAtMs: number): boolean {
  const result = connection
    .prepare(
      'UPDATE thread_locks SET expires_at_ms = ? WHERE thread = ? AND epoch = ? AND held = 1',
    )
    .run(expiresAtMs, holding.thread, holding.epoch);
  return result.changes === 1;
}

/** Gives the lock free, unless somebody else has it by now. */
export function freeLock(connection: Connection, holding: Holding): void {
  const key = [holding.thread, holding.epoch];
  connection.prepare('DELETE FROM temp.held_locks WHERE thread = ? AND epoch = ?').run(...key);
  const freed = connection
    .prepare('UPDATE thread_locks SET held = 0 WHERE thread = ? AND epoch = ?')
    .run(...key);
  if (freed.changes > 0) forgetRun(connection, holding.thread);
}

function readRow(connection: Connection, thread: string): LockRow | undefined {
  const row: unknown = connection
    .prepare(
      `SELECT epoch, held, host, pid, process_start AS processStart, owner, since,
         expires_at_ms AS expiresAtMs
       FROM thread_locks WHERE thread = ?`,
    )
    .get(thread);
  if (row === undefined) return undefined;
  const parsed = LockRow.safeParse(row);
  if (!parsed.success) throw new UnreadableRowError('thread lock', parsed.error);
  return parsed.data;
}

function isHeld(row: LockRow, claim: Claim): boolean {
  if (row.held === 0 || row.expiresAtMs <= Date.parse(claim.now)) return false;
  return !hasEnded({ host: row.host, pid: row.pid, start: row.processStart }, claim.process);
}

function busy(thread: string, row: Pick<LockRow, 'pid' | 'owner' | 'since'>): ThreadBusyError {
  return new ThreadBusyError({ thread, pid: row.pid, owner: row.owner, since: row.since });
}
