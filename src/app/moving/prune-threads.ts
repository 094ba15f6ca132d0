import { parseThreadId, type PrunePolicy, type PruneReport } from '../../storage/index.ts';
import type { Principal } from '../../state/index.ts';
import { noSuchThread, recordMove } from '../evidence/index.ts';
import type { App } from '../open-app.ts';
import { openPlace, type MovingPlace } from './open-place.ts';

/** What was, or would be, removed of one thread. */
export interface PrunedThread extends PruneReport {
  readonly thread: string;
}

/**
 * Removes old checkpoints of one thread, or of all of them, one after the other. Nobody can write a thread while it is
 * pruned. The audit trail records each before anything is removed, and what cannot be recorded is not removed.
 *
 * @param thread - Its id; all threads when it is undefined.
 * @throws APP_UNKNOWN_THREAD; APP_THREAD_STATE_MISSING; STORAGE_THREAD_BUSY where somebody works on a thread: those before it are pruned.
 */
export async function pruneThreads(
  app: App,
  thread: string | undefined,
  policy: PrunePolicy & MovingPlace & { readonly by: Principal },
): Promise<readonly PrunedThread[]> {
  const { by, redis, ...rest } = policy;
  await using place = await openPlace(app, { redis });
  const { threads, store } = place;
  const names =
    thread === undefined
      ? (await threads.list({ limit: 100_000 })).map((record) => record.thread)
      : [parseThreadId(thread)];
  if (thread !== undefined && (await threads.get(thread)) === undefined) {
    const at = redis === undefined ? app.storage.place : 'Redis';
    throw await noSuchThread(app.config, thread, at);
  }
  const pruned: PrunedThread[] = [];
  for (const name of names) {
    await using _lock = await store.lockThread(name, { owner: 'command-line' });
    const expected = await store.pruneThread(name, { ...rest, dryRun: true });
    if (rest.dryRun !== true) {
      const { checkpoints, segments } = expected;
      const facts = { checkpoints, segments, redis: redis !== undefined };
      await recordMove(app.audit, { thread: name, what: 'prune', by, facts });
    }
    pruned.push({ thread: name, ...(await store.pruneThread(name, rest)) });
  }
  return pruned;
}
