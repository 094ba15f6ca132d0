import { readFile, stat } from 'node:fs/promises';

import { readAdvisories, type Advisories } from '../../../plugins/index.ts';
import { UnreadableFileError } from '../../errors.ts';

/** Advisories of all of npm are about 200 MiB. */
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * Reads a file of advisories that somebody fetched.
 *
 * @returns undefined without a path.
 * @throws {@link UnreadableFileError}; PLUGINS_INVALID_ADVISORIES.
 */
export async function advisoriesFrom(path: string | undefined): Promise<Advisories | undefined> {
  if (path === undefined) return undefined;
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw new RangeError(`over ${MAX_BYTES} bytes`);
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UnreadableFileError(path, error);
  }
  return readAdvisories(text);
}
