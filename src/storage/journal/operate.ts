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
  /** Whether the server says less than it had acknowledged, which makes it suspicious. */
  readonly isLess?: (value: Value) => boolean;
  /** Told what the server answered in time, and is believed. */
  readonly answered?: (value: Value) => void;
  /** Told that the server did not do it, as far as is known. */
  readonly failed?: () => void;
}

/** What became of an operation at the server. */
type Answered<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'error'; readonly error: unknown };

/**
 * Does an operation at the server; from what is known here while the server is away. A server that says less than it had
 * acknowledged is believed only once it was found to be the one that it was, and to have everything of the journal.
 *
 * @throws STORAGE_UNAVAILABLE, or STORAGE_FULL and STORAGE_IO for a write, where it can be done nowhere; what the server's
 * store throws.
 */
export async function operate<Value>(
  parts: OperatingParts,
  operation: Operation<Value>,
): Promise<Value> {
  const { breaker } = parts;
  const endsAtMs = performance.now() + parts.deadlineMs;
  for (let isFirst = true; ; isFirst = false) {
    await untilCompared(parts, operation.thread, { isFirst, endsAtMs });
    if (!isForServer(parts, operation)) return answerLocally(parts, operation);
    const { recoveries } = breaker;
    const answered = await ask(parts, operation, { share: isFirst ? 1 / 2 : 1 / 4, endsAtMs });
    const isWorthAnother =
      isSuspicious(parts, operation, answered) &&
      (await mayHaveChanged(parts, { recoveries, endsAtMs }));
    if (!isWorthAnother) return conclude(parts, operation, answered);
    operation.failed?.();
    const isLate = performance.now() >= endsAtMs && breaker.state === 'reconcile';
    if (isLate) return answerLocally(parts, operation);
  }
}

/** Ends an operation with an answer that is believed; with what is known here where it shows an outage. */
function conclude<Value>(
  parts: OperatingParts,
  operation: Operation<Value>,
  answered: Answered<Value>,
): Value {
  if (answered.kind === 'value') {
    operation.answered?.(answered.value);
    return answered.value;
  }
  operation.failed?.();
  if (!parts.breaker.notice(answered.error)) throw answered.error;
  return answerLocally(parts, operation);
}

/** Lets the comparison of a thread with its journal go first, for as long as the deadline allows. */
async function untilCompared(
  parts: OperatingParts,
  thread: string | undefined,
  { isFirst, endsAtMs }: { readonly isFirst: boolean; readonly endsAtMs: number },
): Promise<void> {
  const { breaker, threads } = parts;
  if (breaker.state !== 'reconcile') return;
  const behind = thread === undefined ? undefined : threads.behind(thread);
  // A thread of which the journal has nothing is clear once everything is.
  const over = behind ?? (isFirst ? undefined : breaker.recovered());
  if (over === undefined) return;
  await inShare(parts, over, { share: 1 / 4, endsAtMs }).catch(() => undefined);
}

/** How long something may take: a part of the deadline, as far as that is left. */
interface Within {
  readonly share: number;
  readonly endsAtMs: number;
}

async function inShare<Value>(
  { deadlineMs, remote }: OperatingParts,
  work: Promise<Value>,
  { share, endsAtMs }: Within,
): Promise<Value> {
  const ms = Math.max(Math.min(deadlineMs * share, endsAtMs - performance.now()), 0);
  return inTime(work, { place: remote.place, ms });
}

async function ask<Value>(
  parts: OperatingParts,
  { remotely }: Operation<Value>,
  within: Within,
): Promise<Answered<Value>> {
  try {
    return { kind: 'value', value: await inShare(parts, remotely(), within) };
  } catch (error) {
    return { kind: 'error', error };
  }
}

/** An answer that a server gives which has lost something, or from which somebody has taken something away. */
function isSuspicious<Value>(
  parts: OperatingParts,
  { thread, isLess }: Operation<Value>,
  answered: Answered<Value>,
): boolean {
  if (answered.kind === 'error') return isSurprising(parts, thread, answered.error);
  return isLess?.(answered.value) ?? false;
}

function isForServer<Value>(
  { breaker, threads }: OperatingParts,
  { thread, kind }: Operation<Value>,
): boolean {
  if (breaker.state === 'fatal') throw breaker.refusal();
  if (breaker.state === 'closed') return true;
  // The server does not have the newest of such a thread.
  const isAhead = thread !== undefined && (threads.get(thread)?.kept ?? 0) > 0;
  if (breaker.state === 'reconcile') {
    return !isAhead && (thread === undefined || threads.behind(thread) === undefined);
  }
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

/**
 * Whether the server may have lost something before it answered, so that it is worth asking again: it was brought up to
 * date meanwhile, is being so, or is not the one that it was.
 */
async function mayHaveChanged(
  parts: OperatingParts,
  { recoveries, endsAtMs }: { readonly recoveries: number; readonly endsAtMs: number },
): Promise<boolean> {
  const { breaker } = parts;
  if (breaker.recoveries !== recoveries) return true;
  try {
    return await inShare(parts, breaker.check(), { share: 1 / 4, endsAtMs });
  } catch (error) {
    return breaker.notice(error);
  }
}
