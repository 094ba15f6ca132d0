import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';

import { OutputFailedError } from '../errors.ts';
import type { OutputFile } from '../workflows/catalogue.ts';
import { staleFiles } from './stale-files.ts';

/**
 * Writes files below `directory`, which is made if needed. Each file appears whole or not at all. Files that an earlier
 * campaign in the folder listed as its own, and that this one has not, are removed; others stay.
 *
 * @returns The paths written, absolute.
 * @throws {@link OutputFailedError} if a file cannot be written, or a path leads out of the folder.
 */
export async function writeFiles(
  directory: string,
  files: readonly OutputFile[],
): Promise<readonly string[]> {
  const root = resolve(directory);
  const paths = files.map(({ path }) => path);
  if (paths.includes('campaign.json')) await removeAll(await staleFiles(root, paths));
  const written: string[] = [];
  for (const { path, content } of files) {
    const target = join(root, path);
    if (relative(root, target).startsWith('..')) throw new OutputFailedError(path, undefined);
    try {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(`${target}.part`, content, { flush: true });
      await rename(`${target}.part`, target);
    } catch (error) {
      throw new OutputFailedError(target, error);
    }
    written.push(target);
  }
  return written;
}

async function removeAll(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    try {
      await rm(path, { force: true });
    } catch (error) {
      throw new OutputFailedError(path, error);
    }
  }
}
