/** A session as it is stored. Only who made it can read `body`; the rest is what a store decides by. */
export interface SessionRow {
  /** The SHA-256 of the session's token, base64url: nothing that opens a session. */
  readonly id: string;
  /** Whose it is; all sessions of one owner are revoked at once. Printable ASCII. */
  readonly owner: string;
  readonly body: string;
  /** Milliseconds since 1970, UTC, as are all instants here. */
  readonly createdAtMs: number;
  readonly seenAtMs: number;
  /** When it ends, however much it is used. */
  readonly expiresAtMs: number;
  /** It ends as well so many milliseconds after it was last used. */
  readonly idleMs: number;
}

/** What was found under an id. */
export type FoundSession = (
  | { readonly kind: 'live'; readonly row: SessionRow }
  | { readonly kind: 'unknown' }
) & {
  /** How many revocations the store has taken. It falls only if the store lost some, as a failover may. */
  readonly revision: number;
};

/** That an owner's sessions made up to an instant are revoked. */
export interface OwnerRevocation {
  readonly owner: string;
  readonly beforeMs: number;
  /** No session made up to `beforeMs` lives longer; the store may forget it then. */
  readonly untilMs: number;
}

/** Which sessions to list. */
export interface SessionQuery {
  readonly owner?: string;
  readonly limit: number;
  readonly nowMs: number;
}

/**
 * Where sessions are kept. Each operation is done whole or not at all, and may be sent twice: the second time changes
 * nothing. What was revoked cannot be stored again.
 */
export interface SessionStore extends AsyncDisposable {
  /** Stores a new session, unless it or its owner was revoked meanwhile. */
  put(row: SessionRow): Promise<'stored' | 'revoked'>;
  /** Finds a session that is alive at `nowMs`, and writes down that it was used then. */
  use(id: string, nowMs: number): Promise<FoundSession>;
  /** Puts `next` in the place of a live session, which is revoked by it; `false` when that one is not there. */
  replace(id: string, next: SessionRow, nowMs: number): Promise<boolean>;
  /** Changes the body of a session, if it is still the one that was read. */
  amend(id: string, change: { readonly from: string; readonly to: string }): Promise<boolean>;
  /** Revokes sessions; gives how many of them were there. */
  revoke(ids: readonly string[]): Promise<number>;
  /** Revokes the sessions of an owner; gives how many were there. */
  revokeOwner(revocation: OwnerRevocation): Promise<number>;
  /** The live sessions, those that end last first. */
  list(query: SessionQuery): Promise<readonly SessionRow[]>;
  /** How many sessions are alive. */
  count(nowMs: number): Promise<number>;
  /** Removes what has ended; gives how many sessions. */
  sweep(nowMs: number): Promise<number>;
}
