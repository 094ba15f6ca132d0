import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { makeFolder, type Ids } from '../../../kernel/index.ts';
import { NotADirectoryError, StorageLockedError } from '../../errors/index.ts';
import { JournalFile, type JournalFileOptions } from './journal-file.ts';

const NAME = /^journal-[0-9A-Za-z-]+\.db$/;

/** The journals in a directory. */
export interface JournalDirectory {
  /** Of this process. */
  readonly own: JournalFile;
  /** Of processes that have died. */
  readonly orphans: readonly JournalFile[];
}

/**
 * Begins a journal in `directory`, and takes over those whose processes have died. Any number of processes may share a
 * directory.
 *
 * @throws NotADirectoryError; what opening a JournalFile throws.
 */
export function openJournalDirectory(
  directory: string,
  { ids, ...options }: JournalFileOptions & { readonly ids: Ids },
): JournalDirectory {
  const home = resolve(directory);
  try {
    makeFolder(home, 0o700);
  } catch (error) {
    throw new NotADirectoryError(home, error);
  }
  const orphans = readdirSync(home)
    .filter((name) => NAME.test(name))
    .flatMap((name) => takeOver(join(home, name), options));
  const own = new JournalFile(join(home, `journal-${ids.next()}.db`), options);
  return { own, orphans };
}

function takeOver(path: string, options: JournalFileOptions): readonly JournalFile[] {
  try {
    return [new JournalFile(path, options)];
  } catch (error) {
    // Its process lives.
    if (error instanceof StorageLockedError) return [];
    throw error;
  }
}
