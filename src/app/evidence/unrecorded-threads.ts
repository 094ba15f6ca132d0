import { existsSync } from 'node:fs';
import { join } from 'node:path';

import {
  findLost,
  findUnrecorded,
  hadState,
  type ExportSource,
  type ThreadSeen,
} from '../../audit/index.ts';
import type { Config } from '../../config/index.ts';
import { isPhasegateError, silentLogger, type PhasegateError } from '../../kernel/index.ts';
import { openStorage, type AppStorage } from '../store/open-storage.ts';
import { NoAuditTrailError, ThreadStateMissingError, UnknownThreadError } from '../errors.ts';
import { openTrailOf, type Trail } from './open-trail.ts';

const MOST = 100_000;

/** What the state store and the audit trail were found to say of each other. */
export type Unrecorded =
  | {
      readonly kind: 'compared';
      /** Threads of the store that the trail never mentions. */
      readonly threads: readonly string[];
      /** Threads whose state the trail has seen stored, and that the store does not hold. */
      readonly missing: readonly string[];
    }
  /** The store of the threads could not be asked. */
  | { readonly kind: 'unknown'; readonly code: string };

type Listing = Pick<AppStorage, 'threads' | 'storedThreads'>;

/** Gives the threads of a store that the trail never mentions. */
export async function unrecordedThreads(
  trail: ExportSource,
  storage: Listing,
): Promise<readonly string[]> {
  return findUnrecorded(trail, await threadsOf(storage));
}

async function threadsOf(storage: Listing): Promise<readonly ThreadSeen[]> {
  const seen = new Map<string, ThreadSeen>();
  for (const thread of await storage.storedThreads()) seen.set(thread, { thread });
  for (const { thread, createdAt } of await storage.threads.list({ limit: MOST }))
    seen.set(thread, { thread, since: createdAt });
  return [...seen.values()];
}

/** Compares the trail with the configured store, which is opened for it and not created. */
export async function compareWithStore(trail: Trail): Promise<Unrecorded> {
  if (!hasStore(trail.config)) return { kind: 'compared', threads: [], missing: [] };
  try {
    await using storage = await openStorage(trail.config, silentLogger);
    const seen = await threadsOf(storage);
    const threads = await findUnrecorded(trail, seen);
    return { kind: 'compared', threads, missing: await missingFrom(trail, seen) };
  } catch (error) {
    if (!isPhasegateError(error)) throw error;
    return { kind: 'unknown', code: error.code };
  }
}

/** Threads with a lifetime go by themselves, which no trail tells. */
async function missingFrom(trail: Trail, seen: readonly ThreadSeen[]): Promise<readonly string[]> {
  if (trail.config.storage.lifetime !== undefined) return [];
  return findLost(trail, new Set(seen.map(({ thread }) => thread)));
}

/** Gives the threads whose state the configured trail has seen stored, and that the store does not hold; none where it cannot be asked. */
export async function missingThreads(config: Config, storage: Listing): Promise<readonly string[]> {
  return (
    (await askTrail(config, async (trail) => missingFrom(trail, await threadsOf(storage)))) ?? []
  );
}

/** Why a thread cannot be found: its state is gone, by what the configured trail tells, or nobody ever began it. */
export async function noSuchThread(
  config: Config,
  thread: string,
  place: string,
): Promise<PhasegateError> {
  const isMissing = await askTrail(config, async (trail) => hadState(trail, thread));
  return isMissing === true
    ? new ThreadStateMissingError(thread, place)
    : new UnknownThreadError(thread, place);
}

/** Whether the configured trail mentions a thread; undefined where it cannot be asked. A trail that is gone mentions none. */
export async function isRecorded(config: Config, thread: string): Promise<boolean | undefined> {
  try {
    await using trail = await openTrailOf(config);
    return (await findUnrecorded(trail, [{ thread }])).length === 0;
  } catch (error) {
    if (error instanceof NoAuditTrailError) return false;
    if (!isPhasegateError(error)) throw error;
    return undefined;
  }
}

/** What the configured trail answers; undefined where it cannot be asked. */
async function askTrail<Answer>(
  config: Config,
  ask: (trail: Trail) => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    await using trail = await openTrailOf(config);
    return await ask(trail);
  } catch (error) {
    if (!isPhasegateError(error)) throw error;
    return undefined;
  }
}

function hasStore({ storage, dataDir }: Config): boolean {
  return storage.kind === 'redis' || existsSync(join(dataDir, 'state.db'));
}
