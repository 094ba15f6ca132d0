import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { findUnrecorded, type ExportSource, type ThreadSeen } from '../../audit/index.ts';
import type { Config } from '../../config/index.ts';
import { isPhasegateError, silentLogger } from '../../kernel/index.ts';
import { openStorage, type AppStorage } from '../store/open-storage.ts';
import { NoAuditTrailError } from '../errors.ts';
import { openTrailOf, type Trail } from './open-trail.ts';

const MOST = 100_000;

/** What the state store and the audit trail were found to say of each other. */
export type Unrecorded =
  | { readonly kind: 'compared'; readonly threads: readonly string[] }
  /** The store of the threads could not be asked. */
  | { readonly kind: 'unknown'; readonly code: string };

/** Gives the threads of a store that the trail never mentions. */
export async function unrecordedThreads(
  trail: ExportSource,
  storage: Pick<AppStorage, 'threads' | 'storedThreads'>,
): Promise<readonly string[]> {
  const seen = new Map<string, ThreadSeen>();
  for (const thread of await storage.storedThreads()) seen.set(thread, { thread });
  for (const { thread, createdAt } of await storage.threads.list({ limit: MOST }))
    seen.set(thread, { thread, since: createdAt });
  return findUnrecorded(trail, [...seen.values()]);
}

/** The same for the configured store, which is opened for it and not created. */
export async function compareWithStore(trail: Trail): Promise<Unrecorded> {
  if (!hasStore(trail.config)) return { kind: 'compared', threads: [] };
  try {
    await using storage = await openStorage(trail.config, silentLogger);
    return { kind: 'compared', threads: await unrecordedThreads(trail, storage) };
  } catch (error) {
    if (!isPhasegateError(error)) throw error;
    return { kind: 'unknown', code: error.code };
  }
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

function hasStore({ storage, dataDir }: Config): boolean {
  return storage.kind === 'redis' || existsSync(join(dataDir, 'state.db'));
}
