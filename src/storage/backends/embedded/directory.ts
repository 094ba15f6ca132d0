import { closeSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { makeFolder } from '../../../kernel/index.ts';
import {
  DirectoryNotWritableError,
  ForeignDatabaseError,
  NotADirectoryError,
} from '../../errors/index.ts';
import { explainError } from './explain-error.ts';

/** Where the files of a data directory are. */
export interface DirectoryPaths {
  readonly directory: string;
  readonly database: string;
  readonly sealKey: string;
}

/**
 * Creates the data directory (mode 0700) and an empty database file (mode 0600) where they are missing.
 *
 * @throws {@link NotADirectoryError}, {@link DirectoryNotWritableError}, {@link StorageFullError}.
 */
export function prepareDirectory(directory: string): DirectoryPaths {
  const path = resolve(directory);
  const paths = {
    directory: path,
    database: join(path, 'state.db'),
    sealKey: join(path, 'seal.key'),
  };
  attempt(path, () => makeFolder(path, 0o700));
  // SQLite gives its own files the mode of this one, whatever the directory allows.
  attempt(path, () => closeSync(openSync(paths.database, 'a', 0o600)));
  return paths;
}

function attempt(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' || code === 'ENOTDIR') throw new NotADirectoryError(path, error);
    if (code === 'EISDIR') throw new ForeignDatabaseError(join(path, 'state.db'));
    if (code === 'ENOENT') throw new DirectoryNotWritableError(path, error);
    throw explainError(error, path) ?? error;
  }
}
