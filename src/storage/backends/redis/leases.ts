import { isPhasegateError, type Clock, type Ids, type Logger } from '../../../kernel/index.ts';
import { StorageClosedError, ThreadBusyError, ThreadLockLostError } from '../../errors/index.ts';
import { parseThreadId } from '../../thread-id.ts';
import type { LockOptions, ThreadLock } from '../../thread-lock.ts';
import type { Lifetime } from '../../lifetime.ts';
import { bufferOf, itemsOf, wholeOf } from './answers.ts';
import type { Client } from './client.ts';
import { readHolder, writeHolder } from './holder.ts';
import { keysOf } from './keys.ts';

/** What the leases are built from. */
export interface LeasesParts {
  readonly client: Client;
  readonly prefix: string;
  readonly lifetime: Lifetime | undefined;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** How long a lease outlives a holder that stopped renewing it. */
  readonly leaseMs: number;
}

/** The leases that one opened storage holds. */
export interface Leases {
  lock(thread: string, options?: LockOptions): Promise<ThreadLock>;
  of(thread: string): Held | undefined;
  close(): Promise<void>;
}

/** What proves a lease to the server. */
export interface Held {
  readonly token: string;
  readonly epoch: number;
}

interface Kept extends Held {
  readonly thread: string;
  stop(reason?: Error): Promise<void>;
}

/** Gives leases on threads that one process at a time can hold, by the clock of the server. */
export function createLeases(parts: LeasesParts): Leases {
  const held = new Map<string, Kept>();
  return {
    lock: async (name, options = {}) => {
      const thread = parseThreadId(name);
      const since = parts.clock.now();
      const token = parts.ids.next();
      const holder = { owner: options.owner ?? 'phasegate', pid: process.pid, since };
      const answer = await parts.client.run('lock', keysOf(parts.prefix, thread), [
        token,
        writeHolder(holder),
        parts.leaseMs,
        parts.lifetime?.ms ?? 0,
        parts.lifetime?.from ?? '',
      ]);
      const [kind, result] = itemsOf(answer);
      if (bufferOf(kind).toString() === 'busy') {
        throw new ThreadBusyError({ thread, ...readHolder(bufferOf(result)) });
      }
      const epoch = wholeOf(result);
      const controller = new AbortController();
      const kept = keep(parts, { thread, token, epoch }, controller);
      held.set(thread, kept);
      const release = async (): Promise<void> => {
        // A lease that was lost stays here, so that what is still written under it is refused and not let pass.
        if (!controller.signal.aborted && held.get(thread) === kept) held.delete(thread);
        await kept.stop();
      };
      const { signal } = controller;
      return Object.freeze({
        thread,
        epoch,
        since,
        signal,
        release,
        [Symbol.asyncDispose]: release,
      });
    },
    of: (thread) => held.get(thread),
    close: async () => {
      for (const kept of held.values()) await kept.stop(new StorageClosedError());
      held.clear();
    },
  };
}

/** Renews a lease until it is stopped or lost. */
function keep(
  parts: LeasesParts,
  lease: Held & { readonly thread: string },
  controller: AbortController,
): Kept {
  const { client, prefix, clock, logger, leaseMs } = parts;
  const { thread, token, epoch } = lease;
  const keys = keysOf(prefix, thread);
  let validUntilMs = clock.monotonicMs() + leaseMs;
  const lose = (cause?: unknown): void => {
    clearInterval(timer);
    logger.warn('thread-lock-lost', { thread, epoch });
    controller.abort(new ThreadLockLostError(thread, cause));
  };
  const renew = async (): Promise<void> => {
    const startedMs = clock.monotonicMs();
    try {
      const [kind] = itemsOf(await client.run('renew', keys, [token, epoch, leaseMs]));
      if (bufferOf(kind).toString() === 'lost') return lose();
      validUntilMs = startedMs + leaseMs;
    } catch (error) {
      const code = isPhasegateError(error) ? error.code : 'unknown';
      logger.warn('thread-lock-renewal-failed', { thread, code });
      // Until the lease has run out nobody else can have taken it, so another renewal may still save it.
      if (clock.monotonicMs() >= validUntilMs) lose(error);
    }
  };
  const timer = setInterval(() => void renew(), leaseMs / 3);
  timer.unref();
  let isStopped = false;
  return {
    ...lease,
    stop: async (reason) => {
      if (isStopped) return;
      isStopped = true;
      clearInterval(timer);
      if (reason !== undefined) controller.abort(reason);
      try {
        await client.run('unlock', keys, [token, epoch]);
      } catch (error) {
        // Nothing is lost by it: a lease that is not renewed ends by itself.
        const code = isPhasegateError(error) ? error.code : 'unknown';
        logger.warn('thread-lock-release-failed', { thread, code });
      }
    },
  };
}
