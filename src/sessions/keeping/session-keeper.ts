import type { Clock, Logger } from '../../kernel/index.ts';
import type { SessionRow, SessionStore } from '../../storage/index.ts';
import { createKnownSessions, type KnownSessions } from './known-sessions.ts';
import { isLive, type FoundRow } from './memory-store.ts';
import type { RevocationJournal } from './revocation-journal.ts';
import { createRevocations, type Revocation, type Revocations } from './revocations.ts';
import { createStoreLink, type Asked, type StoreLink } from './store-link.ts';

const MOST_KNOWN = 10_000;
const MOST_PENDING = 100_000;
const MOST_AT_ONCE = 500;

/** What a keeper is made from. */
export interface KeeperParts {
  readonly store: SessionStore;
  readonly journal: RevocationJournal | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly retryMs: number;
  /** For how long memory stands in for the store; 0 for not at all. */
  readonly freshMs: number;
  /** Called for every operation that memory did in place of the store. */
  fellBack(): void;
}

/** What was found, and whether memory had to stand in for the store. */
export type Kept<Value> =
  | { readonly kind: 'done'; readonly value: Value; readonly isDegraded: boolean }
  | Extract<Asked<never>, { kind: 'away' }>;

/** Sessions in a store, and in memory while the store is away. What was revoked here stays so. */
export interface SessionKeeper {
  put(row: SessionRow): Promise<Kept<'stored' | 'revoked'>>;
  use(id: string, nowMs: number): Promise<Kept<FoundRow>>;
  replace(old: SessionRow, next: SessionRow, nowMs: number): Promise<Kept<boolean>>;
  amend(row: SessionRow, body: string): Promise<Kept<boolean>>;
  /** @returns How many sessions the store had; memory cannot tell. */
  revoke(revocation: Revocation): Promise<Kept<number>>;
  ask<Value>(work: (store: SessionStore) => Promise<Value>): Promise<Asked<Value>>;
  liveInMemory(nowMs: number): number;
  sweepMemory(nowMs: number): void;
  readonly pendingRevocations: number;
  readonly isDegraded: boolean;
}

/** Makes a keeper; what the journal holds is told to the store before anything is asked of it. */
export async function createKeeper(parts: KeeperParts): Promise<SessionKeeper> {
  const known = createKnownSessions(MOST_KNOWN);
  const revocations = createRevocations({ pending: MOST_PENDING, done: MOST_KNOWN });
  for (const revocation of (await parts.journal?.read()) ?? []) revocations.add(revocation, true);
  // Takes away half a line that a dying process may have left.
  await parts.journal?.rewrite(revocations.pending());
  const link = createStoreLink({
    ...parts,
    hasWork: () => revocations.pendingCount > 0 || known.unsyncedCount > 0,
    reconcile: async () => reconcile(parts, known, revocations),
    lost: () => revocations.doubt(),
  });
  const inner = { ...parts, known, revocations, link, revisions: { last: 0 } };
  return {
    put: async (row) => put(inner, row),
    use: async (id, nowMs) => use(inner, id, nowMs),
    replace: async (old, next, nowMs) => replace(inner, [old, next], nowMs),
    amend: async (row, body) => amend(inner, row, body),
    revoke: async (revocation) => revoke(inner, revocation),
    ask: async (work) => link.ask(async () => work(parts.store)),
    liveInMemory: (nowMs) => known.all().filter((row) => isLive(row, nowMs)).length,
    sweepMemory: (nowMs) => {
      revocations.sweep(nowMs);
      for (const row of known.all()) if (!isLive(row, nowMs)) known.delete(row.id);
    },
    get pendingRevocations() {
      return revocations.pendingCount;
    },
    get isDegraded() {
      return link.isAway;
    },
  };
}

interface Inner extends KeeperParts {
  readonly known: KnownSessions;
  readonly revocations: Revocations;
  readonly link: StoreLink;
  /** How many revocations the store counted when it was asked last. */
  readonly revisions: { last: number };
}

/** Tells the store what it missed: first what is revoked, then what was made. */
async function reconcile(
  { store, journal }: KeeperParts,
  known: KnownSessions,
  revocations: Revocations,
): Promise<void> {
  for (;;) {
    const pending = revocations.pending();
    if (pending.length === 0) break;
    const ids = pending.flatMap((entry) => ('id' in entry ? [entry.id] : []));
    for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
      await store.revoke(ids.slice(at, at + MOST_AT_ONCE));
    }
    for (const entry of pending) if ('owner' in entry) await store.revokeOwner(entry);
    revocations.done(pending);
    await journal?.rewrite(revocations.pending());
  }
  for (const entry of known.unsynced()) {
    const isRefused = revocations.covers(entry.row) || (await store.put(entry.row)) === 'revoked';
    if (isRefused) known.delete(entry.row.id);
    else known.set({ ...entry, isSynced: true });
  }
}

async function put(inner: Inner, row: SessionRow): Promise<Kept<'stored' | 'revoked'>> {
  const asked = await inner.link.ask(async () => inner.store.put(row));
  if (asked.kind === 'answered') {
    if (asked.value === 'stored') confirm(inner, row);
    return done(asked.value);
  }
  if (inner.freshMs === 0) return asked;
  if (inner.revocations.covers(row)) return stoodIn(inner, 'revoked');
  return keepUnsynced(inner, row) ? stoodIn(inner, 'stored') : asked;
}

async function use(inner: Inner, id: string, nowMs: number): Promise<Kept<FoundRow>> {
  const asked = await inner.link.ask(async () => inner.store.use(id, nowMs));
  if (asked.kind === 'answered') {
    const { value: found } = asked;
    watch(inner, found.revision);
    if (found.kind !== 'live' || inner.revocations.covers(found.row)) {
      inner.known.refuse(id);
      return done({ kind: 'unknown' });
    }
    confirm(inner, found.row);
    return done({ kind: 'live', row: found.row });
  }
  const known = freshOf(inner, id);
  if (known === undefined) return asked;
  if (!isLive(known.row, nowMs)) return stoodIn(inner, { kind: 'unknown' });
  const row = { ...known.row, seenAtMs: Math.max(known.row.seenAtMs, nowMs) };
  inner.known.set({ ...known, row });
  return stoodIn(inner, { kind: 'live', row });
}

/** A store that counts fewer revocations than before has lost some: it is told all of ours again. */
function watch({ revocations, revisions, logger }: Inner, revision: number): void {
  if (revision < revisions.last) {
    logger.warn('sessions-store-lost-revocations', { before: revisions.last, now: revision });
    revocations.doubt();
  }
  revisions.last = revision;
}

async function replace(
  inner: Inner,
  [old, next]: readonly [SessionRow, SessionRow],
  nowMs: number,
): Promise<Kept<boolean>> {
  const asked = await inner.link.ask(async () => inner.store.replace(old.id, next, nowMs));
  if (asked.kind === 'answered') {
    if (asked.value) {
      forget(inner, old, false);
      confirm(inner, next);
    }
    return done(asked.value);
  }
  const known = freshOf(inner, old.id);
  if (known === undefined) return asked;
  if (!isLive(known.row, nowMs) || inner.revocations.covers(next)) return stoodIn(inner, false);
  if (!keepUnsynced(inner, next)) return asked;
  forget(inner, old, true);
  await inner.journal?.append({ id: old.id, untilMs: old.expiresAtMs });
  return stoodIn(inner, true);
}

async function amend(inner: Inner, row: SessionRow, body: string): Promise<Kept<boolean>> {
  const change = { from: row.body, to: body };
  const asked = await inner.link.ask(async () => inner.store.amend(row.id, change));
  if (asked.kind === 'away') return asked;
  const known = inner.known.get(row.id);
  if (asked.value && known !== undefined) inner.known.set({ ...known, row: { ...row, body } });
  return done(asked.value);
}

async function revoke(inner: Inner, revocation: Revocation): Promise<Kept<number>> {
  const { store } = inner;
  const asked = await inner.link.ask(async () =>
    'id' in revocation ? store.revoke([revocation.id]) : store.revokeOwner(revocation),
  );
  const isPending = asked.kind === 'away';
  // Refused in this process from here on, whatever becomes of the journal.
  inner.revocations.add(revocation, isPending);
  for (const row of inner.known.all()) {
    if (inner.revocations.covers(row)) inner.known.delete(row.id);
  }
  if (!isPending) return done(asked.value);
  await inner.journal?.append(revocation);
  return stoodIn(inner, 0);
}

/** A session that memory may answer for: seen with the store's word, not long ago, and not revoked. */
function freshOf({ known, revocations, clock, freshMs }: Inner, id: string) {
  const found = known.get(id);
  if (found === undefined || revocations.covers(found.row)) return undefined;
  return clock.monotonicMs() - found.confirmedAtMs < freshMs ? found : undefined;
}

function confirm({ known, clock }: Inner, row: SessionRow): void {
  known.set({ row, confirmedAtMs: clock.monotonicMs(), isSynced: true });
}

function keepUnsynced({ known, clock }: Inner, row: SessionRow): boolean {
  return known.set({ row, confirmedAtMs: clock.monotonicMs(), isSynced: false });
}

function forget({ known, revocations }: Inner, old: SessionRow, isPending: boolean): void {
  known.delete(old.id);
  revocations.add({ id: old.id, untilMs: old.expiresAtMs }, isPending);
}

function done<Value>(value: Value): Kept<Value> {
  return { kind: 'done', value, isDegraded: false };
}

function stoodIn<Value>(inner: Inner, value: Value): Kept<Value> {
  inner.fellBack();
  return { kind: 'done', value, isDegraded: true };
}
