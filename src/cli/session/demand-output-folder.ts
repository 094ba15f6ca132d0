import { mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { UsageError } from '../errors.ts';
import { plainLine } from '../rendering/plain-text.ts';

const NO_ROOM = new Set<unknown>(['ENOSPC', 'EDQUOT']);

/**
 * Refuses a folder that can never be written to before anything is done for it, and leaves nothing behind where it can be.
 *
 * @throws {@link UsageError} where a file is in the way, or nothing can be made.
 */
export function demandOutputFolder(out: string | undefined): void {
  if (out === undefined) return;
  const hint = 'Name a folder that this user may write to; it is made when it is not there.';
  const nearest = nearestThere(resolve(out));
  if (!nearest.isFolder) throw new UsageError(`--out names a file: ${plainLine(out)}.`, hint);
  try {
    rmdirSync(mkdtempSync(join(nearest.path, '.phasegate-')));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // There may be room by the time that the run ends; if not, it is kept.
    if (NO_ROOM.has(code)) return;
    throw new UsageError(
      `--out names a place where nothing can be written: ${plainLine(out)} (${String(code)}).`,
      hint,
    );
  }
}

/** The folder, or the nearest above it that is there. */
function nearestThere(path: string): { readonly path: string; readonly isFolder: boolean } {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined) return { path, isFolder: found.isDirectory() };
  } catch (error) {
    // A file stands where a folder above it would have to be: found on the way up.
    const isFileAbove = error instanceof Error && 'code' in error && error.code === 'ENOTDIR';
    if (!isFileAbove) return { path, isFolder: true };
  }
  return nearestThere(dirname(path));
}
