import type { LaneFacts } from '../engine/index.ts';
import { ThreadLockLostError } from '../errors/index.ts';
import { inTime } from '../in-time.ts';
import type { KnownThread, KnownThreads } from './known-threads.ts';
import type { OutageBreaker } from './outage-breaker.ts';
import type { RemoteStore } from './remote.ts';

/** What deciding where an operation goes takes. */
export interface OperatingParts {
  readonly remote: RemoteStore;
  readonly threads: KnownThreads;
  readonly breaker: OutageBreaker;
  /** Each operation is answered within so many milliseconds. */
  readonly deadlineMs: number;
  /** Called for each operation that was refused because of an outage. */
  readonly rejected: () => void;
}

/** One operation, with the two ways in which it can be done. */
export interface Operation<Value> {
  readonly thread: string | undefined;
  readonly kind: 'read' | 'write';
  readonly remotely: () => Promise<Value>;
  /** `undefined` where the thread is not known well enough. */
  readonly locally: (known: KnownThread) => Value | undefined;
  /** What the server says of lanes; less than it said before makes it suspicious. */
  readonly factsOf?: (value: Value) => ReadonlyMap<string, LaneFacts>;
  /** Told what the server answered in time. */
  readonly answered?: (value: Value) => void;
  /** Told that the server did not do it, as far as is known. */
  readonly failed?: () => void;
}

/**
 * Does an operation at the server; from what is known here while the server is away.
 *
 * @throws STORAGE_UNAVAILABLE, or STORAGE_FULL and STORAGE_IO for a write, where it can be done nowhere; what the server's
 * store throws.
 */
export async function operate<Value>(
  parts: OperatingParts,
  operation: Operation<Value>,
): Promise<Value> {
  const endsAtMs = performance.now() + parts.deadlineMs;
  return attempt(parts, operation, { share: 1 / 2, isLast: false, endsAtMs });
}

interface Attempt {
  /** Which part of the deadline the server may take. */
  readonly share: number;
  readonly isLast: boolean;
  /** When the whole operation has to be answered, however many attempts there are. */
  readonly endsAtMs: number;
}

/** What a share of the deadline comes to, as far as it is left. */
function leftOf({ deadlineMs }: OperatingParts, share: number, endsAtMs: number): number {
  return Math.max(Math.min(deadlineMs * share, endsAtMs - performance.now()), 0);
}

async function attempt<Value>(
  parts: OperatingParts,
  operation: Operation<Value>,
  { share, isLast, endsAtMs }: Attempt,
): Promise<Value> {
  const { breaker, remote } = parts;
  await replayed(parts, operation.thread, endsAtMs);
  if (!isForServer(parts, operation)) return answerLocally(parts, operation);
  // Older than it should be, or a lease that cannot have been lost: the server may have lost more.
  const isWorthAnother = async (isSuspicious: boolean): Promise<boolean> =>
    isSuspicious && !isLast && (await looksChanged(parts, endsAtMs));
  const again = { share: 1 / 4, isLast: true, endsAtMs };
  let value: Value;
  try {
    const ms = leftOf(parts, share, endsAtMs);
    value = await inTime(operation.remotely(), { place: remote.place, ms });
  } catch (error) {
    operation.failed?.();
    const isSuspicious = isSurprising(parts, operation.thread, error);
    if (await isWorthAnother(isSuspicious)) return attempt(parts, operation, again);
    if (!breaker.notice(error)) throw error;
    return answerLocally(parts, operation);
  }
  if (await isWorthAnother(isOlder(parts, operation, value))) {
    operation.failed?.();
    return attempt(parts, operation, again);
  }
  operation.answered?.(value);
  return value;
}

/** Lets the replay of a thread's journal go first, for as long as the deadline allows. */
async function replayed(
  parts: OperatingParts,
  thread: string | undefined,
  endsAtMs: number,
): Promise<void> {
  const { threads, remote } = parts;
  const replaying = thread === undefined ? undefined : threads.get(thread)?.replaying;
  if (replaying === undefined) return;
  const ms = leftOf(parts, 1 / 4, endsAtMs);
  await inTime(replaying, { place: remote.place, ms }).catch(() => undefined);
}

function isForServer<Value>(
  { breaker, threads }: OperatingParts,
  { thread, kind }: Operation<Value>,
): boolean {
  if (breaker.state === 'fatal') throw breaker.refusal();
  if (breaker.state === 'closed') return true;
  // The server does not have the newest of such a thread.
  const isAhead = thread !== undefined && (threads.get(thread)?.kept ?? 0) > 0;
  if (breaker.state === 'reconcile') return !isAhead;
  return breaker.scope === 'writes' && kind === 'read' && !isAhead;
}

function answerLocally<Value>(parts: OperatingParts, { thread, locally }: Operation<Value>): Value {
  const known = thread === undefined ? undefined : parts.threads.eligible(thread);
  const value = known === undefined ? undefined : locally(known);
  if (value !== undefined) return value;
  parts.rejected();
  throw parts.breaker.refusal();
}

/** A lease cannot be lost that nobody else can have taken, unless the server forgot it. */
function isSurprising(
  { remote }: OperatingParts,
  thread: string | undefined,
  error: unknown,
): boolean {
  if (!(error instanceof ThreadLockLostError) || thread === undefined) return false;
  return remote.leaseOf(thread)?.isValid() ?? false;
}

function isOlder<Value>(
  { threads }: OperatingParts,
  { thread, factsOf }: Operation<Value>,
  value: Value,
): boolean {
  const heads = thread === undefined ? undefined : threads.get(thread)?.mirror.heads;
  if (heads === undefined || factsOf === undefined) return false;
  for (const [ns, { head }] of factsOf(value)) {
    if ((head?.revision ?? 0) < (heads.get(ns)?.revision ?? 0)) return true;
  }
  return false;
}

async function looksChanged(parts: OperatingParts, endsAtMs: number): Promise<boolean> {
  const { breaker, remote } = parts;
  try {
    return await inTime(breaker.check(), {
      place: remote.place,
      ms: leftOf(parts, 1 / 4, endsAtMs),
    });
  } catch (error) {
    return breaker.notice(error);
  }
}
