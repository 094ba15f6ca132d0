import { PhasegateError } from '../kernel/index.ts';

/** The data directory cannot be created or written. */
export class DirectoryNotWritableError extends PhasegateError {
  readonly code = 'STORAGE_DIRECTORY_NOT_WRITABLE';
  constructor(path: string, cause: unknown) {
    super(`Cannot write to the data directory ${path}.`, {
      hint: 'Give this user write access to it, or name another directory.',
      cause,
    });
  }
}

/** The path of the data directory, or of a file in it, holds something of another kind. */
export class NotADirectoryError extends PhasegateError {
  readonly code = 'STORAGE_NOT_A_DIRECTORY';
  constructor(path: string, cause?: unknown) {
    super(`Expected ${path} to be a directory, or free to become one; a file is in the way.`, {
      hint: 'Name another data directory, or move the file away.',
      cause,
    });
  }
}

/** The database is damaged, or is not a database at all. Nothing was changed or removed. */
export class CorruptDatabaseError extends PhasegateError {
  readonly code = 'STORAGE_CORRUPT';
  constructor(path: string, cause?: unknown) {
    super(`The database ${path} is damaged or is not an SQLite database.`, {
      hint:
        'Move it aside together with the files beside it that end in -wal and -shm, then restore a backup, or ' +
        'recover what can be read with: sqlite3 FILE .recover',
      cause,
    });
  }
}

/** The file is a sound SQLite database that belongs to another program. */
export class ForeignDatabaseError extends PhasegateError {
  readonly code = 'STORAGE_FOREIGN_DATABASE';
  constructor(path: string) {
    super(`The database ${path} was made by another program; it was left as it is.`, {
      hint: 'Name another data directory.',
    });
  }
}

/** The database was written by a newer version of this software. */
export class NewerDatabaseError extends PhasegateError {
  readonly code = 'STORAGE_NEWER_VERSION';
  constructor(path: string, versions: { readonly found: number; readonly known: number }) {
    super(
      `The database ${path} has format ${versions.found}; this version knows formats up to ${versions.known}.`,
      {
        hint: 'Update phasegate, or name another data directory.',
        details: { ...versions },
      },
    );
  }
}

/** The file system cannot share a write-ahead log between processes. */
export class UnsuitableFileSystemError extends PhasegateError {
  readonly code = 'STORAGE_UNSUITABLE_FILE_SYSTEM';
  constructor(path: string, mode: string) {
    super(`The file system of ${path} cannot hold a shared write-ahead log.`, {
      hint: 'Put the data directory on a local disk; network file systems cannot lock it safely.',
      details: { mode },
    });
  }
}

/** No room is left; the write was undone and what was stored before can still be read. */
export class StorageFullError extends PhasegateError {
  readonly code = 'STORAGE_FULL';
  constructor(path: string, cause: unknown) {
    super(`No room is left to write ${path}; the last write was undone, earlier data is intact.`, {
      hint: 'Free some disk space or raise the quota, then run the same command again.',
      cause,
    });
  }
}

/** The operating system refused to read or write the database. */
export class StorageInputOutputError extends PhasegateError {
  readonly code = 'STORAGE_IO';
  constructor(path: string, cause: unknown) {
    super(`The operating system refused to read or write ${path}; the last write was undone.`, {
      hint: 'Check the disk, its free space and the limits on file size of this process, then run the same command again.',
      cause,
    });
  }
}

/** Another process kept the database locked for longer than we wait. */
export class StorageLockedError extends PhasegateError {
  readonly code = 'STORAGE_LOCKED';
  constructor(path: string, cause: unknown) {
    super(`Another process keeps ${path} locked.`, {
      hint: 'Try again; if it lasts, end the program that holds the file open (a backup or an SQLite shell).',
      retryable: true,
      cause,
    });
  }
}

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

/** The id cannot name a thread. */
export class InvalidThreadIdError extends PhasegateError {
  readonly code = 'STORAGE_INVALID_THREAD_ID';
  constructor(length: number) {
    super(
      'Expected a thread id of 1 to 128 characters from A-Z a-z 0-9 . _ : - that begins with neither "." nor "-".',
      { hint: 'Choose another id, such as "spring-campaign".', details: { length } },
    );
  }
}

/** Somebody else is writing the thread. */
export class ThreadBusyError extends PhasegateError {
  readonly code = 'STORAGE_THREAD_BUSY';
  constructor(holder: {
    readonly thread: string;
    readonly pid: number;
    readonly owner: string;
    readonly since: string;
  }) {
    super(
      `Thread "${holder.thread}" is being worked on by ${holder.owner} (process ${holder.pid}) since ${holder.since}.`,
      {
        hint: 'Wait for it to end, or use another thread.',
        retryable: true,
        details: { ...holder },
      },
    );
  }
}

/** The lock of a thread went to another holder while this one slept; the write was refused. */
export class ThreadLockLostError extends PhasegateError {
  readonly code = 'STORAGE_THREAD_LOCK_LOST';
  constructor(thread: string, cause?: unknown) {
    super(`The lock on thread "${thread}" was lost; nothing more is written to it from here.`, {
      hint: 'Run the same command again: it continues from the last checkpoint.',
      retryable: true,
      details: { thread },
      cause,
    });
  }
}

/** The sealing key has the wrong length. */
export class SealKeyLengthError extends PhasegateError {
  readonly code = 'STORAGE_SEAL_KEY_LENGTH';
  constructor(path: string, found: number) {
    super(`Expected ${path} to hold 32 bytes, found ${found}.`, {
      hint: 'Restore the file from a backup. Without one, begin with a new data directory: old seals cannot be checked.',
      details: { found },
    });
  }
}

/** Others than the owner may read the sealing key. */
export class SealKeyExposedError extends PhasegateError {
  readonly code = 'STORAGE_SEAL_KEY_EXPOSED';
  constructor(path: string, mode: number) {
    super(`Other users may read ${path} (mode ${mode.toString(8).padStart(4, '0')}).`, {
      hint: `Run: chmod 600 ${path} (and begin with a new data directory if others may have read it).`,
      details: { mode: mode.toString(8) },
    });
  }
}

/** The sealing key cannot be read or created. */
export class SealKeyUnreadableError extends PhasegateError {
  readonly code = 'STORAGE_SEAL_KEY_UNREADABLE';
  constructor(path: string, cause: unknown) {
    super(`The sealing key ${path} cannot be read or created.`, {
      hint: 'Let this user own the file with mode 0600, or name another data directory.',
      cause,
    });
  }
}

/** The sealing key is not the one that this data directory began with. */
export class SealKeyChangedError extends PhasegateError {
  readonly code = 'STORAGE_SEAL_KEY_CHANGED';
  constructor(path: string, found: 'none' | 'another') {
    super(
      found === 'none'
        ? `The sealing key ${path} is gone; what this data directory sealed cannot be checked without it.`
        : `The sealing key ${path} is not the one that this data directory began with.`,
      {
        hint: 'Restore the file from a backup. Without one, begin with a new data directory.',
        details: { found },
      },
    );
  }
}

/** What is stored of a thread is not what was written: it was edited, moved, removed or turned back. */
export class StateIntegrityError extends PhasegateError {
  readonly code = 'STORAGE_INTEGRITY';
  constructor(
    at: { readonly thread: string; readonly ns: string; readonly checkpoint: string },
    found: string,
    cause?: unknown,
  ) {
    super(
      `Thread "${at.thread}", checkpoint "${at.checkpoint}": ${found}. Somebody changed the stored state, or it is damaged.`,
      {
        hint: 'Do not go on with this thread. Find out who can write to the store, and restore a backup.',
        details: { ...at, found },
        cause,
      },
    );
  }
}

/** Something was sealed with a key that is not in the ring. */
export class UnknownStateKeyError extends PhasegateError {
  readonly code = 'STORAGE_UNKNOWN_STATE_KEY';
  constructor(thread: string, keyId: string) {
    super(`Thread "${thread}" was sealed with the key "${keyId}", which is not known here.`, {
      hint: 'Give the key that it was written with; after a rotation, give the old keys behind the new one.',
      details: { thread, keyId },
    });
  }
}

/** The key for sealing state is missing or too short. */
export class InvalidStateKeyError extends PhasegateError {
  readonly code = 'STORAGE_STATE_KEY';
  constructor(found: number) {
    super(`Expected a key of at least 32 bytes to seal state with, found ${found}.`, {
      hint: 'Create one with: openssl rand -hex 32',
      details: { found },
    });
  }
}

/** A write came for a thread, or a life of it, that was deleted. */
export class ThreadDeletedError extends PhasegateError {
  readonly code = 'STORAGE_THREAD_DELETED';
  constructor(thread: string, checkpoint: string) {
    super(`Thread "${thread}" was deleted; a late write to it was refused.`, {
      hint: 'End the run that still writes to it. A new run may begin the thread again.',
      details: { thread, checkpoint },
    });
  }
}

/** Others changed a thread each time that a write to it was tried. */
export class StateContentionError extends PhasegateError {
  readonly code = 'STORAGE_CONTENTION';
  constructor(thread: string, attempts: number) {
    super(
      `Thread "${thread}" was changed by others during each of ${attempts} attempts to write it.`,
      {
        hint: 'Let one run at a time work on a thread: take its lock first.',
        retryable: true,
        details: { thread, attempts },
      },
    );
  }
}

/** The server of the storage cannot be reached, or did not answer in time. */
export class StorageUnavailableError extends PhasegateError {
  readonly code = 'STORAGE_UNAVAILABLE';
  constructor(place: string, cause: unknown) {
    super(`The storage at ${place} cannot be reached, or did not answer in time.`, {
      hint: 'Check that the server runs and that the network leads to it, then run the same command again.',
      retryable: true,
      details: { place },
      cause,
    });
  }
}

/** The server of the storage does not let us in. */
export class StorageAuthenticationError extends PhasegateError {
  readonly code = 'STORAGE_AUTHENTICATION';
  constructor(place: string, cause: unknown) {
    super(
      `The storage at ${place} refuses the user or the password, or the user may not do this.`,
      {
        hint: 'Correct the user and the password in the URL, or the rights of the user.',
        details: { place },
        cause,
      },
    );
  }
}

/** The server is set up in a way that loses what is stored. */
export class UnsuitableServerError extends PhasegateError {
  readonly code = 'STORAGE_UNSUITABLE_SERVER';
  constructor(place: string, found: string, remedy: string) {
    super(`The storage at ${place} is not fit to keep state: ${found}.`, {
      hint: `Change the settings of the server: ${remedy}`,
      details: { place, found },
    });
  }
}
