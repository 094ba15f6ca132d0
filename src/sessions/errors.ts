import { PhasegateError } from '../kernel/index.ts';

/** What a session is asked to be does not fit. */
export class InvalidSessionError extends PhasegateError {
  readonly code = 'SESSIONS_INVALID';
  constructor(problem: string, cause?: unknown) {
    super(`The session does not fit: ${problem}.`, {
      hint: 'Give a principal, and lifetimes in milliseconds; a token or an id cannot be chosen.',
      cause,
    });
  }
}

/** The key that seals sessions is too short. */
export class SessionKeyError extends PhasegateError {
  readonly code = 'SESSIONS_KEY';
  constructor(found: number) {
    super(`Expected a key of at least 32 bytes to seal sessions with, found ${found}.`, {
      hint: 'Create one with: openssl rand -hex 32',
      details: { found },
    });
  }
}

/** The store of the sessions is away, and the settings allow nothing in its place. */
export class SessionsUnavailableError extends PhasegateError {
  readonly code = 'SESSIONS_UNAVAILABLE';
  constructor(retryAfterMs: number, cause?: unknown) {
    super('The store of the sessions cannot be reached; nothing was changed.', {
      hint: `Try again in ${retryAfterMs} ms; check that the server of the store runs.`,
      retryable: true,
      details: { retryAfterMs },
      cause,
    });
  }
}

/** More revocations wait for the store than are kept. */
export class TooManyRevocationsError extends PhasegateError {
  readonly code = 'SESSIONS_TOO_MANY_REVOCATIONS';
  constructor(limit: number) {
    super(`More than ${limit} revocations wait for the store; this one was not taken.`, {
      hint: 'Bring the store back, then revoke again; restart without a store to end every session.',
      retryable: true,
      details: { limit },
    });
  }
}

/** The journal of revocations cannot be read or written. */
export class RevocationJournalError extends PhasegateError {
  readonly code = 'SESSIONS_JOURNAL';
  constructor(path: string, cause: unknown) {
    super(`The journal of revocations ${path} cannot be read or written.`, {
      hint: 'Give this user a file of mode 0600 on a local disk; a damaged journal means: revoke its sessions by hand.',
      details: { path },
      cause,
    });
  }
}

/** A session was changed by others during each attempt to change it. */
export class SessionContentionError extends PhasegateError {
  readonly code = 'SESSIONS_CONTENTION';
  constructor(attempts: number) {
    super(`The session was changed by others during each of ${attempts} attempts.`, {
      hint: 'Try again.',
      retryable: true,
      details: { attempts },
    });
  }
}

/** The sessions were used after they were closed. */
export class SessionsClosedError extends PhasegateError {
  readonly code = 'SESSIONS_CLOSED';
  constructor() {
    super('The sessions were closed.', { hint: 'Open them again.' });
  }
}
