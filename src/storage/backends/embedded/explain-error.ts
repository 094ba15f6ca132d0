import { isPhasegateError, type PhasegateError } from '../../../kernel/index.ts';
import {
  CorruptDatabaseError,
  DirectoryNotWritableError,
  StorageClosedError,
  StorageFailedError,
  StorageFullError,
  StorageInputOutputError,
  StorageLockedError,
} from '../../errors/index.ts';
import { runsAtWork } from './runs-at-work.ts';

type Maker = new (path: string, cause: unknown) => PhasegateError;

/** SQLite's result codes and their extended forms (SQLITE_IOERR_WRITE), and what they mean to us. */
const MEANINGS: readonly (readonly [RegExp, Maker])[] = [
  [/^SQLITE_(NOTADB|CORRUPT)/, CorruptDatabaseError],
  [/^SQLITE_FULL|^ENOSPC$|^EDQUOT$/, StorageFullError],
  [/^SQLITE_(IOERR|NOMEM)|^EFBIG$|^EIO$/, StorageInputOutputError],
  [/^SQLITE_(BUSY|LOCKED|PROTOCOL)/, StorageLockedError],
  [/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|^EACCES$|^EPERM$|^EROFS$/, DirectoryNotWritableError],
];

/**
 * Gives the storage error for what SQLite or the file system threw, or `undefined` when it came from neither.
 * An error of ours comes back as it is.
 *
 * @param path - The file that was being read or written.
 */
export function explainError(cause: unknown, path: string): PhasegateError | undefined {
  if (isPhasegateError(cause)) return cause;
  if (!(cause instanceof Error)) return undefined;
  const code = codeOf(cause);
  if (code === undefined) return undefined;
  if (code === 'CLOSED') return new StorageClosedError(cause);
  const meaning = MEANINGS.find(([pattern]) => pattern.test(code));
  if (meaning?.[1] === StorageLockedError)
    return new StorageLockedError(path, cause, runsAtWork(path));
  if (meaning !== undefined) return new meaning[1](path, cause);
  return new StorageFailedError(path, { reason: code, cause });
}

function codeOf(error: Error): string | undefined {
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  // The driver reports these two without a code.
  if (error.message.includes('connection is not open')) return 'CLOSED';
  if (error.message.includes('ConnectionFailed')) return 'SQLITE_CANTOPEN';
  return undefined;
}

/**
 * Gives what `work` gives; what it throws is explained.
 *
 * @throws a STORAGE_* error, or the cause itself when it came from neither SQLite nor the file system.
 */
export function explained<Value>(path: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw explainError(error, path) ?? error;
  }
}
