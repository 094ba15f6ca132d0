import type { OwnerRevocation } from '../../storage/index.ts';
import { TooManyRevocationsError } from '../errors.ts';

/** One session that is revoked. */
export interface IdRevocation {
  readonly id: string;
  /** When it may be forgotten: its session has ended by then, whatever happened to it. */
  readonly untilMs: number;
}

/** What was revoked: one session, or all of an owner up to an instant. */
export type Revocation = IdRevocation | OwnerRevocation;

/**
 * What this process revoked. It is remembered until the sessions would have ended: a store that comes back without its
 * last moments is told again.
 */
export interface Revocations {
  /** @throws {@link TooManyRevocationsError} if it waits for the store, and too many do. */
  add(revocation: Revocation, isPending: boolean): void;
  /** Whether this process knows it as revoked. */
  covers(session: {
    readonly id: string;
    readonly owner: string;
    readonly createdAtMs: number;
  }): boolean;
  /** Everything that is remembered counts as not known to the store any more. */
  doubt(): void;
  pending(): readonly Revocation[];
  done(revocations: readonly Revocation[]): void;
  readonly pendingCount: number;
  sweep(nowMs: number): void;
}

/** @param limits - How many may wait for the store, and how many that it knows are remembered. */
export function createRevocations(limits: {
  readonly pending: number;
  readonly done: number;
}): Revocations {
  const pending = new Map<string, Revocation>();
  const done = new Map<string, Revocation>();
  const finish = (revocation: Revocation): void => {
    const key = keyOf(revocation);
    pending.delete(key);
    done.set(key, widest(done.get(key), revocation));
    const [oldest] = done.keys();
    if (done.size > limits.done && oldest !== undefined) done.delete(oldest);
  };
  return {
    add: (revocation, isPending) => {
      const key = keyOf(revocation);
      if (!isPending) {
        finish(revocation);
        return;
      }
      if (!pending.has(key) && pending.size >= limits.pending) {
        throw new TooManyRevocationsError(limits.pending);
      }
      pending.set(key, widest(pending.get(key), revocation));
    },
    covers: ({ id, owner, createdAtMs }) =>
      [pending, done].some((known) => {
        const mark = known.get(ownerKey(owner));
        const isOwners = mark !== undefined && 'owner' in mark && createdAtMs <= mark.beforeMs;
        return known.has(idKey(id)) || isOwners;
      }),
    doubt: () => {
      for (const [key, revocation] of done) pending.set(key, widest(pending.get(key), revocation));
      done.clear();
    },
    pending: () => [...pending.values()],
    done: (revocations) => {
      for (const revocation of revocations) {
        // What was widened while it was being told is told again.
        if (pending.get(keyOf(revocation)) === revocation) finish(revocation);
      }
    },
    get pendingCount() {
      return pending.size;
    },
    sweep: (nowMs) => {
      for (const known of [pending, done]) {
        for (const [key, { untilMs }] of known) if (untilMs <= nowMs) known.delete(key);
      }
    },
  };
}

function widest(known: Revocation | undefined, given: Revocation): Revocation {
  if (known === undefined) return given;
  const untilMs = Math.max(known.untilMs, given.untilMs);
  if (!('owner' in known) || !('owner' in given)) return { ...given, untilMs };
  return { ...given, untilMs, beforeMs: Math.max(known.beforeMs, given.beforeMs) };
}

function keyOf(revocation: Revocation): string {
  return 'owner' in revocation ? ownerKey(revocation.owner) : idKey(revocation.id);
}

function idKey(id: string): string {
  return `id ${id}`;
}

function ownerKey(owner: string): string {
  return `owner ${owner}`;
}
