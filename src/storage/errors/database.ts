import { PhasegateError } from '../../kernel/index.ts';

/** The data directory cannot be created or written. */
export class DirectoryNotWritableError extends PhasegateError {
  readonly code = 'STORAGE_DIRECTORY_NOT_WRITABLE';
  constructor(path: string, cause: unknown) {
    super(`Cannot write to the data directory ${path}.`, {
      hint: 'Give this user write access to it, or name another directory. To look at what it holds, copy it and name the copy: who reads takes locks there, too.',
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
  /** @param room - What ran out: the disk, or the memory that a server may use. */
  constructor(place: string, cause: unknown, room: 'disk' | 'memory' = 'disk') {
    const { full, hint } = FULL[room];
    super(
      `${full}: ${place} could not be written; the last write was undone, earlier data is intact.`,
      { hint, cause },
    );
  }
}

const FULL = {
  disk: {
    full: 'The disk is full',
    hint: 'Free some disk space or raise the quota, then run the same command again.',
  },
  memory: {
    full: 'The server has used all the memory that it may use',
    hint: 'Raise maxmemory of the server, or remove what else it keeps, then run the same command again.',
  },
} as const;

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

/** A run that holds a thread, for those who meet it. */
export interface RunAtWork {
  readonly thread: string;
  readonly owner: string;
  readonly pid: number;
  /** ISO-8601 UTC. */
  readonly since: string;
}

/** Another process kept the database locked for longer than we wait. */
export class StorageLockedError extends PhasegateError {
  readonly code = 'STORAGE_LOCKED';
  constructor(path: string, cause: unknown, atWork: readonly RunAtWork[] = []) {
    const runs = atWork.map(
      ({ thread, owner, pid, since }) =>
        `thread "${thread}" by ${owner} (process ${pid}) since ${since}`,
    );
    super(
      `Another process keeps ${path} locked.${runs.length === 0 ? '' : ` Runs at work there: ${runs.join('; ')}.`}`,
      {
        hint: 'Try again; if it lasts, end the program that holds the file open: a run named here, a backup or an SQLite shell.',
        retryable: true,
        details: { runsAtWork: runs.join('; ') },
        cause,
      },
    );
  }
}
