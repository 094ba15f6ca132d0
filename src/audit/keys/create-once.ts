import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, rmSync, writeSync } from 'node:fs';

/**
 * Creates a file with mode 0600 unless it exists. Processes that do so at the same time agree: it appears complete or not
 * at all, and only once.
 */
export function createOnce(path: string, content: string): void {
  const draft = writeDraft(path, content);
  try {
    // A link fails where a name exists already, so of two processes one wins.
    linkSync(draft, path);
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!isThere) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Writes a file beside `path` that is on the disk when this returns. @returns Its path. */
export function writeDraft(path: string, content: string, mode = 0o600): string {
  const draft = `${path}.${randomBytes(8).toString('hex')}.new`;
  const file = openSync(draft, 'wx', mode);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return draft;
}
