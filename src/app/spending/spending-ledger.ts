import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Logger } from '../../kernel/index.ts';
import { NO_USAGE, Usage } from '../../state/index.ts';
import { makeDataFolder } from '../files/make-data-folder.ts';

/** What a thread's run has spent on models, also in calls whose process died: it outlives the process. */
export interface SpendingLedger {
  /** Everything that was counted so far. */
  total(): Promise<Usage>;
  /** Counts more (or, with what was held back too much, less). It is on the disk when this resolves. */
  add(usage: Usage): Promise<void>;
  /** Begins anew, with a new run. */
  clear(): Promise<void>;
}

/** Opens the ledger of a thread, a file in the data folder of this machine. One process at a time may use it. */
export function openSpendingLedger(
  { dataDir, logger }: { readonly dataDir: string; readonly logger: Logger },
  thread: string,
): SpendingLedger {
  const path = join(dataDir, 'spending', `${encodeURIComponent(thread)}.json`);
  let known: Promise<Usage> | undefined;
  const total = (): Promise<Usage> => (known ??= readUsage(path, { thread, logger }));
  let tail: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = tail.then(work);
    tail = done.catch(() => undefined);
    return done;
  };
  return Object.freeze({
    total,
    add: (usage: Usage) =>
      inTurn(async () => {
        const sum = summed(await total(), usage);
        await writeWhole(path, sum);
        known = Promise.resolve(sum);
      }),
    clear: () =>
      inTurn(async () => {
        await rm(path, { force: true });
        known = Promise.resolve(NO_USAGE);
      }),
  });
}

async function readUsage(
  path: string,
  { thread, logger }: { readonly thread: string; readonly logger: Logger },
): Promise<Usage> {
  try {
    return Usage.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    // The budget then counts what the state knows, as it does on another machine.
    if (!isMissing) logger.warn('spending-ledger-unreadable', { thread });
    return NO_USAGE;
  }
}

async function writeWhole(path: string, usage: Usage): Promise<void> {
  makeDataFolder(dirname(path));
  await writeFile(`${path}.part`, JSON.stringify(usage), { mode: 0o600, flush: true });
  await rename(`${path}.part`, path);
}

/** Adds two usages, none of which falls below nothing. */
export function summed(one: Usage, other: Usage): Usage {
  return {
    calls: Math.max(0, one.calls + other.calls),
    inputTokens: Math.max(0, one.inputTokens + other.inputTokens),
    outputTokens: Math.max(0, one.outputTokens + other.outputTokens),
    costUsd: Math.max(0, one.costUsd + other.costUsd),
  };
}

/** Gives what `usage` takes away. */
export function negated(usage: Usage): Usage {
  return {
    calls: -usage.calls,
    inputTokens: -usage.inputTokens,
    outputTokens: -usage.outputTokens,
    costUsd: -usage.costUsd,
  };
}
