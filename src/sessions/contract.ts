import type { Clock, Logger } from '../kernel/index.ts';
import type { SessionStore } from '../storage/index.ts';
import type { RevocationJournal } from './keeping/revocation-journal.ts';
import type { NewSession, Session, SessionChange } from './session.ts';

/** How sessions are kept. */
export interface SessionsOptions {
  /** Where they are kept; in this process's memory unless told. It is closed with the sessions. */
  readonly store?: SessionStore;
  /**
   * Secrets of at least 32 bytes that seal what the store holds: the first seals, the others read what they sealed before.
   * Without one, whoever can write to the store can make sessions.
   */
  readonly sealKeys?: readonly Uint8Array[];
  /** How long a session lives at most; 24 hours unless told. */
  readonly absoluteMs?: number;
  /** How long a session lives without being used; 24 hours unless told. */
  readonly idleMs?: number;
  /**
   * For how long after the store last stood behind a session this process may answer for it while the store is away;
   * 60,000 unless told, 0 to refuse everything then.
   */
  readonly freshMs?: number;
  /** How long the store is left alone after it could not be reached; 1,000 unless told. */
  readonly retryMs?: number;
  /** Where revocations wait for a store that is away, so that they outlive this process. */
  readonly journal?: RevocationJournal;
  /** How often expired sessions are removed by themselves; 300,000 unless told, 0 for never. */
  readonly sweepEveryMs?: number;
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** A new session with the only copy of its token. */
export interface IssuedSession {
  /** Give it to the caller, over TLS, once; it cannot be had again. */
  readonly token: string;
  readonly session: Session;
  /** Whether the store was away, so that only this process knows the session yet. */
  readonly isDegraded: boolean;
}

/**
 * What a token is worth. `refused` says nothing of why: unknown, forged, expired, revoked and malformed look alike.
 * `undecided` is a refusal too: the store is away, and memory may not answer.
 */
export type SessionVerdict =
  | { readonly outcome: 'valid'; readonly session: Session; readonly isDegraded: boolean }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'undecided'; readonly retryAfterMs: number };

/** Whether a revocation has reached the store. Here it holds in any case. */
export type RevocationOutcome =
  | { readonly outcome: 'revoked'; readonly sessions: number }
  /** The store is away: it is told first of all when it is back, and other processes do not know until then. */
  | { readonly outcome: 'pending' };

/** Which session, or whose. Give the token or the id of one, or name the principal whose sessions all end. */
export type RevocationOrder =
  | { readonly token: string }
  | { readonly id: string }
  | { readonly principal: string; readonly tenant?: string | null };

/** Counts of this process, except for `active`. */
export interface SessionStatistics {
  /** Sessions alive in the store; while it is away, those that memory knows. */
  readonly active: number;
  readonly created: number;
  /** Removed because they had expired. */
  readonly expired: number;
  readonly revoked: number;
  /** Tokens that were valid. */
  readonly hits: number;
  /** Tokens that were refused, or could not be decided. */
  readonly misses: number;
  /** Operations that memory did in place of the store. */
  readonly fallbackOperations: number;
  /** Revocations that the store is still to be told. */
  readonly pendingRevocations: number;
  /** Whether the store is away. */
  readonly isDegraded: boolean;
}

/** Sessions of authenticated callers. */
export interface Sessions extends AsyncDisposable {
  /**
   * Begins a session for a principal that was authenticated just now.
   *
   * @throws SESSIONS_INVALID, SESSIONS_UNAVAILABLE (retryable), SESSIONS_CONTENTION (retryable; the principal's sessions
   * were all revoked in this very moment).
   */
  create(input: NewSession): Promise<IssuedSession>;
  /** Says what a token is worth now, and counts as its use. Call it for every request. */
  validate(token: string): Promise<SessionVerdict>;
  /**
   * Gives a valid session a new token and what else changes, and revokes the old token. Do so whenever privileges change:
   * a token that somebody planted or saw before is worth nothing after it. The end of the session stays where it was.
   *
   * @returns undefined if the token is not valid, or another rotation was faster.
   * @throws SESSIONS_INVALID, SESSIONS_UNAVAILABLE (retryable).
   */
  rotate(token: string, change?: SessionChange): Promise<IssuedSession | undefined>;
  /**
   * Binds a thread to a session.
   *
   * @returns undefined if the token is not valid.
   * @throws SESSIONS_INVALID, SESSIONS_UNAVAILABLE, SESSIONS_CONTENTION (both retryable).
   */
  bindThread(token: string, thread: string): Promise<Session | undefined>;
  /** Ends sessions. @throws SESSIONS_TOO_MANY_REVOCATIONS, SESSIONS_JOURNAL. */
  revoke(order: RevocationOrder): Promise<RevocationOutcome>;
  /**
   * The live sessions of everybody or of one principal, those that end last first.
   *
   * @param query - `limit` is 100 unless told, at most 1,000.
   * @throws SESSIONS_UNAVAILABLE (retryable): memory knows only a part.
   */
  list(query?: {
    readonly principal?: string;
    readonly tenant?: string | null;
    readonly limit?: number;
  }): Promise<readonly Session[]>;
  statistics(): Promise<SessionStatistics>;
  /** Removes expired sessions; gives how many. While the store is away, nothing is removed from it. */
  cleanUp(): Promise<number>;
  /** Closes the store as well. Safe to call twice. */
  close(): Promise<void>;
}
