import type { Clock, Ids, Logger } from '../../../../kernel/index.ts';
import { StorageClosedError, ThreadLockLostError } from '../../../errors/index.ts';
import type { HeadRow, Keyring, RollbackOrder } from '../../../engine/index.ts';
import { parseThreadId } from '../../../thread-id.ts';
import type { LockOptions, ThreadLock } from '../../../thread-lock.ts';
import { waitInLine } from '../../../wait-in-line.ts';
import type { Connection } from '../database.ts';
import { explained, explainError } from '../explain-error.ts';
import { freeLock, renewLock, takeLock, type Holding, type Taken } from './lock-table.ts';
import { currentProcess } from './process-identity.ts';
import { readPending, settle } from './run-marks.ts';
import { brokenBy, leaveLine } from './thread-line.ts';

/** What the locks are built from. */
export interface ThreadLocksParts {
  readonly connection: Connection;
  readonly path: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** Takes back what was put into a thread since it had these heads, by namespace. */
  readonly rollBack: (
    order: RollbackOrder,
    marks: ReadonlyMap<string, HeadRow>,
  ) => Promise<unknown>;
  /** Asked outside of transactions: a key may have to be made. */
  readonly keys: () => Keyring;
  /** How long a lock outlives a holder that stopped renewing it. */
  readonly leaseMs: number;
}

/** The locks that one opened storage holds. */
export interface ThreadLocks {
  lock(thread: string, options?: LockOptions): Promise<ThreadLock>;
  /** Gives all locks free that are still held. */
  close(): void;
}

/** Gives locks on threads that one process at a time can hold. */
export function createThreadLocks(parts: ThreadLocksParts): ThreadLocks {
  const held = new Map<string, Lease>();
  return {
    lock: async (name, options = {}) => {
      const { isRollingBack, since, ...holding } = await take(parts, parseThreadId(name), options);
      const { thread } = holding;
      // Fences tell processes apart; within this one the former holder has to be told.
      held.get(thread)?.lose();
      const lease = keepLease(parts, holding, () => {
        if (held.get(thread) === lease) held.delete(thread);
      });
      held.set(thread, lease);
      if (isRollingBack) await rollBack(parts, { thread, lease }, options);
      const release = async (): Promise<void> => lease.stop();
      return Object.freeze({
        ...holding,
        since,
        signal: lease.signal,
        release,
        [Symbol.asyncDispose]: release,
      });
    },
    close: () => {
      for (const lease of held.values()) lease.stop(new StorageClosedError());
    },
  };
}

/** A lock as it was taken, and when: the same instant that others read in the database. */
type TakenAt = Taken & { readonly since: string };

async function take(
  parts: ThreadLocksParts,
  thread: string,
  options: LockOptions,
): Promise<TakenAt> {
  const { connection, path, clock, ids, leaseMs } = parts;
  const { owner = 'phasegate', whenBusy = 'reject' } = options;
  const keys = parts.keys();
  const who = { owner, process: currentProcess(), leaseMs, whenBusy, token: ids.next(), keys };
  const attempt = async (): Promise<TakenAt> => {
    const since = clock.now();
    return {
      ...explained(path, () => takeLock(connection, thread, { ...who, now: since })),
      since,
    };
  };
  if (whenBusy !== 'enqueue') return attempt();
  const leave = async (): Promise<void> => {
    if (connection.open) explained(path, () => leaveLine(connection, thread, who.token));
  };
  return waitInLine({ attempt, leave }, options);
}

/** Takes back what an interrupted run had stored. The thread is free again if that fails; the next holder does it then. */
async function rollBack(
  parts: ThreadLocksParts,
  { thread, lease }: { readonly thread: string; readonly lease: Lease },
  { onRollback }: LockOptions,
): Promise<void> {
  const { connection, path, keys } = parts;
  try {
    const { order, marks } = explained(path, () => readPending(connection, thread, keys()));
    const { heads: _heads, ...told } = order;
    await onRollback?.(told);
    await parts.rollBack(order, marks);
    explained(path, () => settle(connection, thread));
  } catch (error) {
    lease.stop();
    throw error;
  }
}

interface Lease {
  readonly signal: AbortSignal;
  /** Ends the lease, which somebody else in this process has now. */
  lose(): void;
  /** Ends the lease; with a reason, its holder is told that it is over. */
  stop(reason?: Error): void;
}

/** Renews a lease until it is stopped or lost. */
function keepLease(parts: ThreadLocksParts, holding: Holding, onEnd: () => void): Lease {
  const { connection, path, clock, logger, leaseMs } = parts;
  const controller = new AbortController();
  const nowMs = (): number => Date.parse(clock.now());
  let expiresAtMs = nowMs() + leaseMs;

  const end = (reason: Error | undefined): void => {
    clearInterval(timer);
    onEnd();
    if (reason !== undefined) controller.abort(reason);
  };
  const lose = (cause?: unknown): void => {
    const { thread, epoch } = holding;
    logger.warn('thread-lock-lost', { thread, epoch });
    // A database that fails tells nothing more.
    const by =
      cause === undefined ? explained(path, () => brokenBy(connection, thread, epoch)) : undefined;
    end(by ?? new ThreadLockLostError(thread, cause));
  };
  const renew = (): void => {
    try {
      const next = nowMs() + leaseMs;
      if (!renewLock(connection, holding, next)) return lose();
      expiresAtMs = next;
    } catch (error) {
      const explanation = explainError(error, path);
      const facts = { thread: holding.thread, code: explanation?.code ?? 'unknown' };
      logger.warn('thread-lock-renewal-failed', facts);
      // Until the lease has run out nobody else can have taken it, so another renewal may still save it.
      if (nowMs() >= expiresAtMs) lose(explanation ?? error);
    }
  };
  const timer = setInterval(renew, leaseMs / 3);
  timer.unref();

  let stopped = false;
  return {
    signal: controller.signal,
    lose,
    stop: (reason) => {
      if (stopped) return;
      stopped = true;
      end(reason);
      try {
        freeLock(connection, holding);
      } catch (error) {
        // Nothing is lost by it: an unrenewed lease ends by itself, and at once with the process.
        const code = explainError(error, path)?.code ?? 'unknown';
        logger.warn('thread-lock-release-failed', { thread: holding.thread, code });
      }
    },
  };
}
