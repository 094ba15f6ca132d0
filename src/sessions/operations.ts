import type { Clock } from '../kernel/index.ts';
import type { SessionRow } from '../storage/index.ts';
import type {
  IssuedSession,
  RevocationOrder,
  RevocationOutcome,
  Sessions,
  SessionStatistics,
  SessionVerdict,
} from './contract.ts';
import { DAY_MS } from './durations.ts';
import { InvalidSessionError, SessionContentionError, SessionsUnavailableError } from './errors.ts';
import type { Kept, SessionKeeper } from './keeping/session-keeper.ts';
import type { SessionSealer } from './seal.ts';
import {
  NewSession,
  ownerOf,
  parseInput,
  SessionChange,
  type Session,
  type SessionBody,
} from './session.ts';
import { equalInConstantTime, idOf, newToken } from './token.ts';

const DEFAULT_LISTED = 100;
const MOST_LISTED = 1_000;
const ATTEMPTS = 8;

/** What this process counted. */
export type Counts = {
  -readonly [
    Name in 'created' | 'expired' | 'revoked' | 'hits' | 'misses' | 'fallbackOperations'
  ]: number;
};

/** What the operations work with. */
export interface Inner {
  readonly keeper: SessionKeeper;
  readonly sealer: SessionSealer;
  readonly clock: Clock;
  readonly counts: Counts;
  readonly absoluteMs: number;
  readonly idleMs: number;
}

/** Begins a session. */
export async function create(inner: Inner, input: NewSession): Promise<IssuedSession> {
  const { principal, tenant, threads, ...times } = parseInput(NewSession, input);
  const nowMs = nowOf(inner);
  const lifetimeMs = Math.min(times.absoluteMs ?? inner.absoluteMs, inner.absoluteMs);
  // Whoever signs in anew in the millisecond in which all sessions of a principal were revoked comes after it.
  for (const createdAtMs of [nowMs, nowMs + 1]) {
    const token = newToken();
    const row = rowOf(
      inner,
      { principal, tenant, threads },
      {
        id: idOf(token),
        owner: ownerOf(principal.id, tenant),
        createdAtMs,
        seenAtMs: createdAtMs,
        expiresAtMs: createdAtMs + lifetimeMs,
        idleMs: times.idleMs ?? inner.idleMs,
      },
    );
    const { value, isDegraded } = settled(await inner.keeper.put(row));
    if (value === 'revoked') continue;
    inner.counts.created += 1;
    return issued(inner, { token, row, isDegraded });
  }
  throw new SessionContentionError(2);
}

/** Says what a token is worth, and counts it. */
export async function validate(inner: Inner, token: string): Promise<SessionVerdict> {
  const found = await find(inner, token);
  inner.counts[found.outcome === 'valid' ? 'hits' : 'misses'] += 1;
  if (found.outcome !== 'valid') return found;
  const { outcome, session, isDegraded } = found;
  return { outcome, session, isDegraded };
}

type Found =
  | (Extract<SessionVerdict, { outcome: 'valid' }> & { readonly row: SessionRow })
  | Exclude<SessionVerdict, { outcome: 'valid' }>;

/** Looks a token up by its hash, and does the same work whatever it is. */
async function find(inner: Inner, token: string): Promise<Found> {
  const id = idOf(token);
  const kept = await inner.keeper.use(id, nowOf(inner));
  if (kept.kind === 'away') return { outcome: 'undecided', retryAfterMs: kept.retryAfterMs };
  const found = kept.value;
  const row = found.kind === 'live' ? found.row : NOBODY;
  const session = inner.sealer.open(row);
  const isSame = equalInConstantTime(row.id, id);
  if (!isSame || session === undefined) return { outcome: 'refused' };
  return { outcome: 'valid', session, row, isDegraded: kept.isDegraded };
}

/** Gives a session a new token. */
export async function rotate(
  inner: Inner,
  token: string,
  input: SessionChange,
): Promise<IssuedSession | undefined> {
  const change = parseInput(SessionChange, input);
  const found = await find(inner, token);
  if (found.outcome === 'undecided') throw new SessionsUnavailableError(found.retryAfterMs);
  if (found.outcome === 'refused') return undefined;
  const nowMs = nowOf(inner);
  const next = newToken();
  const body = bodyOf(found.session);
  const row = rowOf(
    inner,
    {
      ...body,
      principal: { ...body.principal, roles: change.roles ?? body.principal.roles },
      threads: change.threads ?? body.threads,
    },
    { ...found.row, id: idOf(next), seenAtMs: Math.max(found.row.seenAtMs, nowMs) },
  );
  const { value, isDegraded } = settled(await inner.keeper.replace(found.row, row, nowMs));
  return value ? issued(inner, { token: next, row, isDegraded }) : undefined;
}

/** Binds a thread to a session. */
export async function bindThread(
  inner: Inner,
  token: string,
  thread: string,
): Promise<Session | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const found = await find(inner, token);
    if (found.outcome === 'undecided') throw new SessionsUnavailableError(found.retryAfterMs);
    if (found.outcome === 'refused') return undefined;
    const body = bodyOf(found.session);
    if (body.threads.includes(thread)) return found.session;
    const { threads } = parseInput(SessionChange, { threads: [...body.threads, thread] });
    const row = rowOf(inner, { ...body, threads: threads ?? [] }, found.row);
    const { value } = settled(await inner.keeper.amend(found.row, row.body));
    if (value) return inner.sealer.open(row);
  }
  throw new SessionContentionError(ATTEMPTS);
}

/** Ends sessions. */
export async function revoke(inner: Inner, order: RevocationOrder): Promise<RevocationOutcome> {
  const nowMs = nowOf(inner);
  // A day more, for the clocks of other machines.
  const untilMs = nowMs + inner.absoluteMs + DAY_MS;
  const revocation =
    'principal' in order
      ? { owner: ownerOf(order.principal, order.tenant ?? null), beforeMs: nowMs, untilMs }
      : { id: 'token' in order ? idOf(order.token) : order.id, untilMs };
  const kept = settled(await inner.keeper.revoke(revocation));
  if (kept.isDegraded) return { outcome: 'pending' };
  inner.counts.revoked += kept.value;
  return { outcome: 'revoked', sessions: kept.value };
}

/** Lists the live sessions whose seal holds. */
export async function list(
  inner: Inner,
  query: Parameters<Sessions['list']>[0] = {},
): Promise<readonly Session[]> {
  const { principal, tenant = null, limit = DEFAULT_LISTED } = query;
  const asked = await inner.keeper.ask(async (store) =>
    store.list({
      nowMs: nowOf(inner),
      limit: Math.max(1, Math.min(Math.trunc(limit), MOST_LISTED)),
      ...(principal === undefined ? {} : { owner: ownerOf(principal, tenant) }),
    }),
  );
  if (asked.kind === 'away') throw new SessionsUnavailableError(asked.retryAfterMs, asked.cause);
  // A row that is not sealed as it should be opens nothing, so it is no session.
  return asked.value.flatMap((row) => inner.sealer.open(row) ?? []);
}

/** Gives the counts. */
export async function statistics({ keeper, counts, ...inner }: Inner): Promise<SessionStatistics> {
  const nowMs = nowOf(inner);
  const asked = await keeper.ask(async (store) => store.count(nowMs));
  return Object.freeze({
    active: asked.kind === 'answered' ? asked.value : keeper.liveInMemory(nowMs),
    ...counts,
    pendingRevocations: keeper.pendingRevocations,
    isDegraded: keeper.isDegraded,
  });
}

/** Removes what has ended. */
export async function cleanUp(inner: Inner): Promise<number> {
  const nowMs = nowOf(inner);
  inner.keeper.sweepMemory(nowMs);
  const asked = await inner.keeper.ask(async (store) => store.sweep(nowMs));
  const removed = asked.kind === 'answered' ? asked.value : 0;
  inner.counts.expired += removed;
  return removed;
}

function rowOf({ sealer }: Inner, body: SessionBody, row: Omit<SessionRow, 'body'>): SessionRow {
  return { ...row, body: sealer.seal(row, body) };
}

function bodyOf({ principal, tenant, threads }: Session): SessionBody {
  const { id, kind, roles } = principal;
  return { principal: { id, kind, roles }, tenant, threads: [...threads] };
}

function issued(
  { sealer }: Inner,
  made: { readonly token: string; readonly row: SessionRow; readonly isDegraded: boolean },
): IssuedSession {
  const session = sealer.open(made.row);
  if (session === undefined) throw new InvalidSessionError('its own seal does not hold');
  return Object.freeze({ token: made.token, session, isDegraded: made.isDegraded });
}

function settled<Value>(kept: Kept<Value>): Extract<Kept<Value>, { kind: 'done' }> {
  if (kept.kind === 'away') throw new SessionsUnavailableError(kept.retryAfterMs, kept.cause);
  return kept;
}

function nowOf({ clock }: { readonly clock: Clock }): number {
  return Date.parse(clock.now());
}

/** Stands where no session was found, so that its absence takes as long to check as its presence. */
const NOBODY: SessionRow = Object.freeze({
  id: '',
  owner: '-/',
  body: `${'-'.repeat(43)}.{"principal":{"id":"-","kind":"unknown","roles":[]},"tenant":null,"threads":[]}`,
  createdAtMs: 0,
  seenAtMs: 0,
  expiresAtMs: 0,
  idleMs: 0,
});
