import { isPhasegateError, type Clock, type Ids, type Logger } from '../../../kernel/index.ts';
import {
  StateContentionError,
  StorageClosedError,
  StorageUnavailableError,
  ThreadBusyError,
  ThreadInterruptedError,
  ThreadLockLostError,
  UnreadableRowError,
} from '../../errors/index.ts';
import {
  giveOrder,
  readOrder,
  sealMark,
  type HeadRow,
  type Keyring,
  type RollbackOrder,
} from '../../engine/index.ts';
import { parseThreadId } from '../../thread-id.ts';
import type { BusyStrategy, LockOptions, ThreadLock } from '../../thread-lock.ts';
import { PLACE_MS, waitInLine } from '../../wait-in-line.ts';
import type { Lifetime } from '../../lifetime.ts';
import { bufferOf, itemsOf, wholeOf } from './answers.ts';
import { unpackHead } from './checkpoints/index.ts';
import type { Answer, Client } from './client.ts';
import { interruptedBy, readHolder, writeHolder } from './holder.ts';
import { keysOf } from './keys.ts';

/** What the leases are built from. */
export interface LeasesParts {
  readonly client: Client;
  readonly prefix: string;
  readonly lifetime: Lifetime | undefined;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** Takes back what was put into a thread since it had these heads, by namespace. */
  readonly rollBack: (
    order: RollbackOrder,
    marks: ReadonlyMap<string, HeadRow>,
  ) => Promise<unknown>;
  /** Seals where runs begin, and that they are to be taken back. */
  readonly keyring: Keyring;
  /** How long a lease outlives a holder that stopped renewing it. */
  readonly leaseMs: number;
  /** Whether a new thread may be begun while the server is away, since what is written of it is kept elsewhere. */
  readonly mayBeginAway?: boolean;
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
  /** Whether nobody else can have taken it yet, as far as this process can tell without the server. */
  isValid(): boolean;
}

/** A lease as it is named to the server. */
export interface Named {
  readonly thread: string;
  readonly token: string;
  readonly epoch: number;
  readonly holder: string;
}

interface Kept extends Held, Named {
  /** Asks for more time, which shows whether it was lost. */
  renew(): Promise<void>;
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
      const holder = writeHolder({ owner: options.owner ?? 'phasegate', pid: process.pid, since });
      const { epoch, isRollingBack } = await take(parts, { thread, token, holder }, options);
      // The server tells processes apart; within this one the former holder has to be told.
      void held.get(thread)?.renew();
      const controller = new AbortController();
      const kept = keep(parts, { thread, token, epoch, holder }, controller);
      held.set(thread, kept);
      if (isRollingBack) {
        const { onRollback } = options;
        await settleOrStop(parts, kept, { forget: () => held.delete(thread), onRollback });
      }
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

interface Taken {
  readonly epoch: number;
  /** Whether what a run before this one had stored is to be taken back; also where somebody began to and did not end. */
  readonly isRollingBack: boolean;
}

/** Takes a lease, and gives its epoch. A new thread gets its first one also while the server is away. */
async function take(
  parts: LeasesParts,
  named: Omit<Named, 'epoch'>,
  options: LockOptions,
): Promise<Taken> {
  const { client, prefix } = parts;
  const { whenBusy = 'reject' } = options;
  const { thread, token } = named;
  try {
    const attempt = async (): Promise<Taken> => ask(parts, named, whenBusy);
    if (whenBusy !== 'enqueue') return await attempt();
    const leave = async (): Promise<void> => {
      // Nothing is lost by a failure: who stopped asking loses the place soon.
      await client.run('leave', keysOf(prefix, thread), [token]).catch(() => undefined);
    };
    return await waitInLine({ attempt, leave }, options);
  } catch (error) {
    const mayBegin = (options.isNew ?? false) && (parts.mayBeginAway ?? false);
    if (!mayBegin || !(error instanceof StorageUnavailableError)) throw error;
    // Its first renewal takes it at the server, unless the thread is not new after all.
    return { epoch: 1, isRollingBack: false };
  }
}

/** How often another run may change the thread between two questions. */
const ATTEMPTS = 30;

async function ask(
  parts: LeasesParts,
  { thread, token, holder }: Omit<Named, 'epoch'>,
  whenBusy: BusyStrategy,
): Promise<Taken> {
  const { client, prefix, leaseMs, lifetime } = parts;
  const living = [lifetime?.ms ?? 0, lifetime?.from ?? ''];
  const values = [token, holder, leaseMs, ...living, whenBusy, PLACE_MS];
  // What is sealed depends on what the thread holds at that moment; the server says so, and takes the seal if it still does.
  let seals: readonly string[] = ['', '', ''];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const answer = await client.run('lock', keysOf(prefix, thread), [...values, ...seals]);
    const [kind, ...rest] = itemsOf(answer);
    const name = bufferOf(kind).toString();
    if (name === 'busy') throw new ThreadBusyError({ thread, ...readHolder(bufferOf(rest[0])) });
    if (name === 'done') return { epoch: wholeOf(rest[0]), isRollingBack: wholeOf(rest[1]) === 1 };
    seals = sealsOf(parts, rest, { thread, holder });
  }
  throw new StateContentionError(thread, ATTEMPTS);
}

/** Seals where the run begins, and the order to take back the one that holds the thread, if that is asked for. */
function sealsOf(
  { keyring, clock }: LeasesParts,
  [basis, epoch, current, isOrder, begun, seal]: readonly Answer[],
  { thread, holder }: Pick<Named, 'thread' | 'holder'>,
): readonly string[] {
  const heads = headsOf(current);
  const mark = sealMark(keyring, { thread, epoch: wholeOf(epoch) + 1, heads });
  const seals = [bufferOf(basis).toString(), mark];
  if (wholeOf(isOrder) === 0) return [...seals, ''];
  const { owner } = readHolder(Buffer.from(holder));
  const left = { thread, epoch: wholeOf(epoch), heads: headsOf(begun), seal: textOf(seal) };
  return [...seals, giveOrder(keyring, left, { owner, at: clock.now(), heads })];
}

/** Takes back what an interrupted run had stored. The thread is free again if that fails; the next holder does it then. */
async function settleOrStop(
  { client, prefix, rollBack, keyring }: LeasesParts,
  { thread, token, epoch, stop }: Kept,
  { forget, onRollback }: Pick<LockOptions, 'onRollback'> & { readonly forget: () => void },
): Promise<void> {
  const keys = keysOf(prefix, thread);
  try {
    const [begun, seal, text] = itemsOf(await client.run('marks', keys, []));
    const heads = headsOf(begun);
    const order = readOrder(keyring, textOf(text), { thread, heads, seal: textOf(seal) });
    const { heads: _heads, ...told } = order;
    await onRollback?.(told);
    await rollBack(order, heads);
    await client.run('settle', keys, [token, epoch]);
  } catch (error) {
    forget();
    await stop();
    throw error;
  }
}

function headsOf(answer: Answer | undefined): ReadonlyMap<string, HeadRow> {
  return new Map(itemsOf(answer).map(headOf));
}

function headOf(entry: Answer): readonly [string, HeadRow] {
  const [ns, bytes] = itemsOf(entry);
  const head = unpackHead(bufferOf(bytes));
  if (head === undefined) throw new UnreadableRowError('head', new TypeError('expected a row'));
  return [bufferOf(ns).toString(), head];
}

function textOf(answer: Answer | undefined): string {
  return bufferOf(answer).toString();
}

/**
 * Prolongs a lease; `false` where somebody else has had the thread since.
 *
 * @throws ThreadInterruptedError where somebody took it on purpose.
 */
export async function renewLease(
  {
    client,
    prefix,
    leaseMs,
    lifetime,
  }: Pick<LeasesParts, 'client' | 'prefix' | 'leaseMs' | 'lifetime'>,
  { thread, token, epoch, holder }: Named,
): Promise<boolean> {
  const values = [token, epoch, leaseMs, holder, lifetime?.ms ?? 0];
  const [kind, ...rest] = itemsOf(await client.run('renew', keysOf(prefix, thread), values));
  const name = bufferOf(kind).toString();
  if (name === 'interrupted') throw interruptedBy(thread, rest);
  return name !== 'lost';
}

/** Renews a lease until it is stopped or lost. */
function keep(parts: LeasesParts, lease: Named, controller: AbortController): Kept {
  const { client, prefix, clock, logger, leaseMs } = parts;
  const { thread, token, epoch } = lease;
  const keys = keysOf(prefix, thread);
  let validUntilMs = clock.monotonicMs() + leaseMs;
  const lose = (cause?: unknown): void => {
    clearInterval(timer);
    logger.warn('thread-lock-lost', { thread, epoch });
    const isInterrupted = cause instanceof ThreadInterruptedError;
    controller.abort(isInterrupted ? cause : new ThreadLockLostError(thread, cause));
  };
  const renew = async (): Promise<void> => {
    const startedMs = clock.monotonicMs();
    try {
      if (!(await renewLease(parts, lease))) return lose();
      validUntilMs = startedMs + leaseMs;
    } catch (error) {
      if (error instanceof ThreadInterruptedError) return lose(error);
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
    renew,
    isValid: () => !controller.signal.aborted && clock.monotonicMs() < validUntilMs,
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
