import { makeFolder } from '../../kernel/index.ts';
import { DirectoryNotWritableError, NotADirectoryError } from '../../storage/index.ts';

/**
 * Makes a folder for data that only its owner may read, where it is missing.
 *
 * @throws {@link NotADirectoryError} where a file is in the way; {@link DirectoryNotWritableError} where none can be made.
 */
export function makeDataFolder(path: string): void {
  try {
    makeFolder(path, 0o700);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' || code === 'ENOTDIR') throw new NotADirectoryError(path, error);
    throw new DirectoryNotWritableError(path, error);
  }
}
