import { LONGEST_TIMER_MS, PhasegateError } from '../../kernel/index.ts';

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

/** A storage was told a duration that no timer can wait for. */
export class InvalidDurationError extends PhasegateError {
  readonly code = 'STORAGE_INVALID_DURATION';
  constructor(name: string, value: number) {
    super(`${name} is ${value}, and a timer waits from 0 to ${LONGEST_TIMER_MS} ms.`, {
      hint: 'Give milliseconds in that range: 2,147,483,647 are almost 25 days, and Node lets a longer timer fire at once.',
      details: { name, value: Number.isFinite(value) ? value : String(value) },
    });
  }
}

/** LZ4 was asked for, or something is stored in it, and the package for it is not installed. */
export class Lz4MissingError extends PhasegateError {
  readonly code = 'STORAGE_LZ4_MISSING';
  constructor(cause: unknown) {
    super(
      'State is compressed by LZ4 here, and the optional package "lz4-napi" cannot be loaded: without it nothing of that ' +
        'form can be written or read. Nothing was changed.',
      {
        hint:
          'Install it where phasegate is installed (npm install lz4-napi; npm leaves it out with --omit=optional). On a ' +
          'platform that it has no binary for, choose compression "deflate", and move what was written elsewhere with: ' +
          'phasegate threads export, phasegate threads import',
        cause,
      },
    );
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
