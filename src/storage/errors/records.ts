import { PhasegateError } from '../../kernel/index.ts';

/** The database of records cannot be opened, read or written. */
export class RecordsFailedError extends PhasegateError {
  readonly code = 'STORAGE_RECORDS_FAILED';
  constructor(operation: string, cause: unknown) {
    super(`The database of records failed (${operation}).`, {
      hint: 'Read the cause: check that the database is reachable, has room and may be written.',
      retryable: true,
      details: { operation },
      cause,
    });
  }
}

/** Another process kept the records locked for longer than we wait. */
export class RecordsLockedError extends PhasegateError {
  readonly code = 'STORAGE_RECORDS_LOCKED';
  constructor(waitedMs: number, cause: unknown) {
    super(`The database of records stayed locked for ${waitedMs} ms.`, {
      hint: 'Try again; if it lasts, end the program that holds it open (a backup or an SQLite shell).',
      retryable: true,
      details: { waitedMs },
      cause,
    });
  }
}

/** The records were written by a newer version of this software. */
export class RecordsNewerError extends PhasegateError {
  readonly code = 'STORAGE_RECORDS_NEWER';
  constructor(owner: string, { found, known }: { readonly found: number; readonly known: number }) {
    super(
      `The records of ${owner} have format ${found}; this version knows formats up to ${known}.`,
      {
        hint: 'Update phasegate, or name another database.',
        details: { owner, found, known },
      },
    );
  }
}
