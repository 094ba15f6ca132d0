import type { SessionRow, SessionStore } from '../storage/index.ts';
import { deadlineOf } from './keeping/memory-store.ts';
import { contentOf } from './seal.ts';

/** More than a store keeps: all of it is looked through, since a principal may have sessions of any tenant. */
const MOST_SESSIONS = 1_000_000;

/** What a store holds of one session, its seal not asked. Instants are ISO-8601 UTC. */
export interface PrincipalSession {
  readonly id: string;
  /** Null where there is one tenant only. */
  readonly tenant: string | null;
  readonly roles: readonly string[];
  readonly threads: readonly string[];
  readonly createdAt: string;
  readonly lastSeenAt: string;
  /** When it ends, unless it is used again. */
  readonly endsAt: string;
}

/**
 * Finds what a store holds of the sessions of one principal, of all tenants, also those that have ended and were not swept.
 * For requests of persons; it takes no seal, so it says what is stored and not what is believed.
 *
 * @throws STORAGE_UNAVAILABLE while the store is away.
 */
export async function sessionsOfPrincipal(
  store: SessionStore,
  principal: string,
): Promise<readonly PrincipalSession[]> {
  return (await rowsOf(store, principal)).map(shownRow);
}

/**
 * Revokes and deletes the sessions of one principal, of all tenants. What stays is the digests of their tokens, until the
 * sessions would have ended, so that none can be put back.
 *
 * @returns How many there were.
 * @throws STORAGE_UNAVAILABLE while the store is away: some may be left then.
 */
export async function eraseSessionsOfPrincipal(
  store: SessionStore,
  principal: string,
): Promise<number> {
  const rows = await rowsOf(store, principal);
  return store.revoke(rows.map(({ id }) => id));
}

async function rowsOf(store: SessionStore, principal: string): Promise<readonly SessionRow[]> {
  const name = encodeURIComponent(principal.toWellFormed());
  const all = await store.list({ nowMs: 0, limit: MOST_SESSIONS });
  return all.filter(({ owner }) => owner.slice(owner.indexOf('/') + 1) === name);
}

function shownRow(row: SessionRow): PrincipalSession {
  const content = contentOf(row);
  return {
    id: row.id,
    tenant: content?.tenant ?? null,
    roles: content?.principal.roles ?? [],
    threads: content?.threads ?? [],
    createdAt: new Date(row.createdAtMs).toISOString(),
    lastSeenAt: new Date(row.seenAtMs).toISOString(),
    endsAt: new Date(deadlineOf(row)).toISOString(),
  };
}
