import { PhasegateError } from '../../kernel/index.ts';

/** The storage was used after it was closed. */
export class StorageClosedError extends PhasegateError {
  readonly code = 'STORAGE_CLOSED';
  constructor(cause?: unknown) {
    super('The storage was closed.', {
      hint: 'Open it again, and close it only after the last run on it has ended.',
      cause,
    });
  }
}

/** The database failed in a way that has no better name. */
export class StorageFailedError extends PhasegateError {
  readonly code = 'STORAGE_FAILED';
  constructor(path: string, failure: { readonly reason: string; readonly cause: unknown }) {
    super(`The database ${path} failed (${failure.reason}).`, {
      hint: 'Read the cause; if it repeats, check the file with: sqlite3 FILE "PRAGMA integrity_check"',
      details: { reason: failure.reason },
      cause: failure.cause,
    });
  }
}

/** A stored row does not have the shape that was written. */
export class UnreadableRowError extends PhasegateError {
  readonly code = 'STORAGE_UNREADABLE_ROW';
  constructor(what: string, cause: unknown) {
    super(`A stored ${what} cannot be read: it does not have the shape that was written.`, {
      hint: 'Restore a backup of the data directory, or go on with a new thread.',
      details: { what },
      cause,
    });
  }
}

/** A value of a run cannot be turned into bytes to be stored. */
export class UnstorableValueError extends PhasegateError {
  readonly code = 'STORAGE_UNSTORABLE_VALUE';
  constructor(what: string, cause: unknown) {
    super(`A ${what} could not be turned into a row: its values or its config do not fit.`, {
      hint: 'Keep plain JSON values in the state of a workflow, and give every run a thread_id.',
      details: { what },
      cause,
    });
  }
}
