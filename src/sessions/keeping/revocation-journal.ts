import { randomUUID } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

import { z } from 'zod';

import { RevocationJournalError } from '../errors.ts';
import type { Revocation } from './revocations.ts';

/** Where revocations wait that the store does not know yet, so that they outlive this process. */
export interface RevocationJournal {
  /** What waits. */
  read(): Promise<readonly Revocation[]>;
  /** Writes one more, durably. */
  append(revocation: Revocation): Promise<void>;
  /** Replaces everything by what still waits, durably. */
  rewrite(revocations: readonly Revocation[]): Promise<void>;
}

const Line: z.ZodType<Revocation> = z.union([
  z.strictObject({ id: z.string(), untilMs: z.number() }),
  z.strictObject({ owner: z.string(), beforeMs: z.number(), untilMs: z.number() }),
]);

/**
 * Keeps revocations in the file at `path`, one JSON line each, mode 0600; what is written is flushed to the disk before
 * it is answered. One process at a time uses a file.
 *
 * @returns A journal whose operations throw {@link RevocationJournalError}: a damaged one is not skipped.
 */
export function revocationFile(path: string): RevocationJournal {
  // One after the other, so that nothing is appended to a file that is just being replaced.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    const turn = last.then(work).catch((error: unknown) => {
      throw new RevocationJournalError(path, error);
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  return Object.freeze({
    read: async () => inTurn(async () => read(path)),
    append: async (revocation: Revocation) => inTurn(async () => write(path, 'a', [revocation])),
    rewrite: async (revocations: readonly Revocation[]) =>
      inTurn(async () => {
        const draft = `${path}.${randomUUID()}.draft`;
        await write(draft, 'wx', revocations);
        await rename(draft, path);
        await flush(dirname(path));
      }),
  });
}

async function read(path: string): Promise<readonly Revocation[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n');
  // A last line without its end was never answered: the process died while writing it.
  return lines
    .slice(0, -1)
    .filter((line) => line !== '')
    .map((line) => Line.parse(JSON.parse(line)));
}

async function write(
  path: string,
  flags: 'a' | 'wx',
  revocations: readonly Revocation[],
): Promise<void> {
  await using file = await open(path, flags, 0o600);
  await file.writeFile(revocations.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  await file.sync();
}

async function flush(directory: string): Promise<void> {
  await using handle = await open(directory, 'r');
  await handle.sync();
}
