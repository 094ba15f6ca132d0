import { open, rm, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { isPhasegateError } from '../kernel/index.ts';
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

/**
 * Writes such a file as fast as its pieces come; one that could not be ended is taken away again.
 *
 * @throws {@link UnwritableFileError}; the error of a piece, if it is one of ours.
 */
export async function streamNewFile(file: string, pieces: AsyncIterable<string>): Promise<void> {
  const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
    throw new UnwritableFileError(file, error);
  });
  try {
    await pipeline(Readable.from(pieces), handle.createWriteStream({ flush: true }));
  } catch (error) {
    await rm(file, { force: true });
    throw isPhasegateError(error) ? error : new UnwritableFileError(file, error);
  }
}
