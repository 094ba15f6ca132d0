import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';

import { CheckpointFileError } from '../errors.ts';

/** Signed checkpoints outside the database: append-only, one line each, of all chains. */
export interface CheckpointKeeper {
  /** Appends `lines` durably. @throws {@link CheckpointFileError}. */
  keep(lines: readonly string[]): void;
  /** Every line that is kept. @throws {@link CheckpointFileError}. */
  lines(): readonly string[];
}

/**
 * Keeps checkpoints in the file at `path` (created with mode 0600 where it is missing): each call is written with one
 * write to the end and flushed to the disk before it returns. Put it where whoever can write the database cannot write.
 */
export function checkpointFile(path: string): CheckpointKeeper {
  return Object.freeze({
    keep: (lines: readonly string[]) => {
      if (lines.length > 0) guarded(path, () => append(path, lines));
    },
    lines: () => guarded(path, () => read(path)),
  });
}

function append(path: string, lines: readonly string[]): void {
  const file = openSync(path, 'a+', 0o600);
  try {
    // A crash in the middle of a write leaves half a line; the next one must not be joined to it.
    const start = endsInMiddle(file) ? '\n' : '';
    writeSync(file, `${start}${lines.join('\n')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function endsInMiddle(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}

function read(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function guarded<Value>(path: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw new CheckpointFileError(path, error);
  }
}
