import { rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';

import { makeFolder } from '../../kernel/index.ts';
import { OutputFailedError, OutputTakenError } from '../errors.ts';
import type { OutputFile } from '../workflows/catalogue.ts';
import {
  contentAt,
  contentDigest,
  isOurs,
  noteWritten,
  readWritten,
  writeWhole,
} from './written-files.ts';

/**
 * Writes files below `directory`, which is made if needed. Each file appears whole or not at all. What an earlier run wrote
 * there and nobody changed is replaced, or removed if it is none of these files; everything else in the folder stays.
 *
 * @returns The paths written, absolute.
 * @throws {@link OutputTakenError} if somebody else's file, or one that was changed by hand, stands where one would be
 * written: then nothing is. {@link OutputFailedError} if a file cannot be written, or a path leads out of the folder.
 */
export async function writeFiles(
  directory: string,
  files: readonly OutputFile[],
): Promise<readonly string[]> {
  const root = resolve(directory);
  for (const { path } of files) {
    if (relative(root, join(root, path)).startsWith('..'))
      throw new OutputFailedError(path, undefined);
  }
  const before = await readWritten(root);
  const taken = await takenBy(root, files, before);
  if (taken.length > 0) throw new OutputTakenError(root, taken);
  openFolder(root);
  const after = Object.fromEntries(
    files.map(({ path, content }) => [path, [contentDigest(content)]]),
  );
  // Both are ours until the last one is exchanged, also for who finds the folder after a crash.
  const both = Object.entries(after).map(([path, digests]) => [
    path,
    [...new Set([...(before[path] ?? []).slice(-1), ...digests])],
  ]);
  await noteWritten(root, { ...before, ...Object.fromEntries(both) });
  await removeStale(root, before, new Set(Object.keys(after)));
  const written = await writeAll(root, files);
  await noteWritten(root, after);
  return written;
}

/** What would be lost: files with another content than the one to write, which were not written by an earlier run. */
async function takenBy(
  root: string,
  files: readonly OutputFile[],
  before: Parameters<typeof isOurs>[2],
): Promise<readonly string[]> {
  const looked = await Promise.all(
    files.map(async ({ path, content }) => {
      const found = await contentAt(join(root, path));
      const isFree = found === undefined || contentDigest(found) === contentDigest(content);
      return isFree || (await isOurs(root, path, before)) ? [] : [path];
    }),
  );
  return looked.flat();
}

function openFolder(path: string): void {
  try {
    makeFolder(path);
  } catch (error) {
    throw new OutputFailedError(path, error);
  }
}

async function writeAll(root: string, files: readonly OutputFile[]): Promise<readonly string[]> {
  const written: string[] = [];
  for (const { path, content } of files) {
    const target = join(root, path);
    openFolder(dirname(target));
    await writeWhole(target, content);
    written.push(target);
  }
  return written;
}

/** Files of an earlier run that this one has not; what a person has changed in them since is theirs. */
async function removeStale(
  root: string,
  before: Parameters<typeof isOurs>[2],
  current: ReadonlySet<string>,
): Promise<void> {
  const stale = Object.keys(before).filter((path) => !current.has(path));
  for (const path of stale) {
    if (!(await isOurs(root, path, before))) continue;
    try {
      await rm(join(root, path), { force: true });
    } catch (error) {
      throw new OutputFailedError(join(root, path), error);
    }
  }
}
