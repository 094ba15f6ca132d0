import { setTimeout as pause } from 'node:timers/promises';

import { StepTakenError } from '../../../plugins/index.ts';
import type { AppPlugins } from '../open-plugins-of.ts';

/** How often a turn that is another one's is asked for again. */
const ASK_EVERY_MS = 50;

/** Longer than a process that died holds its turn. */
const MAX_WAIT_MS = 60_000;

/** What is done in turn, and how long its turn is waited for. */
export interface Turn {
  /** Everybody who does the same names it the same. */
  readonly name: string;
  readonly maxWaitMs?: number;
}

/**
 * Does something that only one opening of the registry may be at, in whatever process, after all others are done with it. The
 * turn of one that died ends by itself.
 *
 * @throws PLUGINS_STEP_TAKEN when another one is still at it after all the waiting; what `work` throws.
 */
export async function inTurn<Value>(
  { parts }: Pick<AppPlugins, 'parts'>,
  { name, maxWaitMs = MAX_WAIT_MS }: Turn,
  work: () => Promise<Value>,
): Promise<Value> {
  const { database, leases } = parts;
  if (leases === undefined) return await work();
  const until = performance.now() + maxWaitMs;
  for (;;) {
    try {
      // oxlint-disable-next-line no-await-in-loop
      await database.exclusively(async (queries) => await leases.hold(queries, name));
      break;
    } catch (error) {
      if (!(error instanceof StepTakenError) || performance.now() > until) throw error;
      // oxlint-disable-next-line no-await-in-loop
      await pause(ASK_EVERY_MS);
    }
  }
  try {
    return await work();
  } finally {
    await database.exclusively(async (queries) => await leases.release(queries, name));
  }
}
