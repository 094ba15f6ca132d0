import { join } from 'node:path';

import type { Config, RedisSettings } from '../../config/index.ts';
import type { Logger } from '../../kernel/index.ts';
import {
  openEmbeddedStorage,
  type EmbeddedStorage,
  type LockOptions,
  type ThreadIndex,
  type ThreadLock,
  type ThreadMoves,
} from '../../storage/index.ts';
import { SharedSealKeyMissingError } from '../errors.ts';
import { keptAs } from './kept-as.ts';

/** What was said of a server when it was opened. */
export interface ServerReport {
  readonly version: string;
  /** What it removes when memory is short. */
  readonly policy: string;
  /** Whether it writes what it takes to an append-only file. */
  readonly isPersistent: boolean;
  /** Whether its append-only file is never brought to the disk. */
  readonly isLogInMemory: boolean;
  /** How much of the memory that it may use it uses, from 0 to 1; 0 without a limit. */
  readonly memoryUsed: number;
  readonly nodes: number;
}

/** The store that the configuration chose: everything that a command needs of it. */
export interface AppStorage extends AsyncDisposable, ThreadMoves {
  readonly kind: 'sqlite' | 'redis';
  /** Where the state is, for people: a folder, or hosts without passwords. */
  readonly place: string;
  /** Absolute path of the data folder of this machine, for files that are written. */
  readonly directory: string;
  /** Undefined for SQLite. */
  readonly server: ServerReport | undefined;
  readonly checkpointer: EmbeddedStorage['checkpointer'];
  readonly threads: ThreadIndex;
  /** @throws STORAGE_THREAD_BUSY while somebody else holds it. */
  lockThread(thread: string, options?: LockOptions): Promise<ThreadLock>;
  /** Since when a thread was written without the server, ISO-8601 UTC; never for SQLite. */
  degradedSince(thread: string): string | undefined;
  /** What checkpoints are sealed with, unless `[storage.keys]` names keys: the data folder's own key, or the configured one on a server. */
  sealKey(): Uint8Array;
  /** What seals and reads checkpoints, the one that seals first. */
  stateKeys(): readonly Uint8Array[];
  close(): Promise<void>;
}

/**
 * Opens the store that the configuration chooses.
 *
 * @throws STORAGE_* for a folder or server that cannot be used; {@link SharedSealKeyMissingError} for Redis without a key.
 */
export async function openStorage(config: Config, logger: Logger): Promise<AppStorage> {
  return config.storage.kind === 'sqlite'
    ? openEmbedded(config, logger)
    : openRedis(config.storage, config, logger);
}

async function openEmbedded(config: Config, logger: Logger): Promise<AppStorage> {
  const { dataDir, thread } = config;
  const kept = keptAs(config.storage);
  const storage = await openEmbeddedStorage({
    ...kept,
    directory: dataDir,
    logger,
    leaseMs: thread.leaseMs,
  });
  return {
    ...storage,
    stateKeys: () => kept.stateKeys ?? [storage.sealKey()],
    kind: 'sqlite',
    place: storage.directory,
    server: undefined,
    degradedSince: () => undefined,
  };
}

async function openRedis(
  settings: RedisSettings,
  { dataDir, thread, sealKey }: Config,
  logger: Logger,
): Promise<AppStorage> {
  const { place } = settings;
  if (sealKey === undefined) throw new SharedSealKeyMissingError(place);
  // Loaded where it is chosen: most commands never speak to a server.
  const { openRedisStorage } = await import('../../storage/backends/redis/index.ts');
  const { stateKeys = [sealKey.reveal()], ...kept } = keptAs(settings);
  const storage = await openRedisStorage({
    ...settings.servers.reveal(),
    ...kept,
    stateKeys,
    prefix: settings.keyPrefix,
    deadlineMs: settings.commandTimeoutMs,
    leaseMs: thread.leaseMs,
    replicas: settings.replicas,
    ...(settings.journal ? { journal: { directory: join(dataDir, 'journal') } } : {}),
    logger,
  });
  return {
    ...storage,
    kind: 'redis',
    place,
    directory: dataDir,
    sealKey: () => sealKey.reveal(),
    stateKeys: () => stateKeys,
  };
}
