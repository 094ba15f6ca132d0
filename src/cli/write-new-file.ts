import { writeFile } from 'node:fs/promises';

import { UnwritableFileError } from './errors.ts';

/**
 * Writes a file that only its owner reads. What is there is never written over, and no link is followed.
 *
 * @throws {@link UnwritableFileError}
 */
export async function writeNewFile(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    throw new UnwritableFileError(file, error);
  }
}
