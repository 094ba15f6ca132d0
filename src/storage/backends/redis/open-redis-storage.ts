import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';

import {
  randomIds,
  silentLogger,
  systemClock,
  type Clock,
  type Ids,
  type Logger,
} from '../../../kernel/index.ts';
import {
  CheckpointEngine,
  createKeyring,
  type PrunePolicy,
  type PruneReport,
} from '../../engine/index.ts';
import type { Lifetime } from '../../lifetime.ts';
import type { LockOptions, ThreadLock } from '../../thread-lock.ts';
import { checkServer, type ServerFacts } from './check-server.ts';
import { connect } from './client.ts';
import { placeOf, type RedisServers } from './connection/index.ts';
import { createLeases } from './leases.ts';
import { createRedisStore } from './redis-store.ts';

const DEFAULT_PREFIX = 'phasegate:';
const DEFAULT_DEADLINE_MS = 2_000;
const DEFAULT_LEASE_MS = 15_000;
const SHORTEST_LEASE_MS = 300;

/** Which servers keep the state, and how. */
export type RedisStorageOptions = RedisServers & RedisStorageSettings;

/** What a storage on Redis can be told besides where the servers are. */
export interface RedisStorageSettings {
  /** Secrets of at least 32 bytes. The first seals what is written; the others read what they sealed before. */
  readonly stateKeys: readonly Uint8Array[];
  /** What the names of all keys begin with; `phasegate:` unless told. */
  readonly prefix?: string;
  /** How long a thread is kept; for ever, unless told. It goes as a whole. */
  readonly lifetime?: Lifetime;
  /** Each operation is answered within so many milliseconds; 2,000 unless told. */
  readonly deadlineMs?: number;
  /** How long a thread stays locked after its holder stopped without ending; 15,000 unless told, at least 300. */
  readonly leaseMs?: number;
  /**
   * By how many replicas each write is confirmed before it is answered; 0 unless told. Without it a failover may lose
   * what the master alone had confirmed.
   */
  readonly replicas?: number;
  /** Compress parts of checkpoints that are longer than so many bytes; never, unless told. */
  readonly compressAboveBytes?: number;
  /** Whether the content of checkpoints is encrypted (AES-256-GCM) with a key derived from the sealing one. */
  readonly encrypt?: boolean;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly logger?: Logger;
}

/** Checkpoints and locks on a server that many machines share. */
export interface RedisStorage extends AsyncDisposable {
  readonly checkpointer: BaseCheckpointSaver;
  /** What the server said of itself when it was opened. */
  readonly server: ServerFacts;
  /**
   * Takes the right to write a thread, from all processes that use the server. It does not wait.
   *
   * @throws ThreadBusyError (STORAGE_THREAD_BUSY, retryable) while somebody else holds it; InvalidThreadIdError.
   */
  lockThread(thread: string, options?: LockOptions): Promise<ThreadLock>;
  /**
   * Removes old checkpoints of a thread. The newest of each namespace, the end of every branch, and what a
   * DeltaChannel is rebuilt from are kept in any case.
   */
  pruneThread(thread: string, policy: PrunePolicy): Promise<PruneReport>;
  /** Releases the locks that are still held and closes the connection. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Opens the storage on a Redis server (6.2 or newer) or Valkey; no module is needed.
 *
 * @throws STORAGE_UNAVAILABLE, STORAGE_AUTHENTICATION, STORAGE_UNSUITABLE_SERVER, STORAGE_STATE_KEY.
 */
export async function openRedisStorage(options: RedisStorageOptions): Promise<RedisStorage> {
  const keyring = createKeyring(options.stateKeys);
  const { prefix = DEFAULT_PREFIX, lifetime, deadlineMs = DEFAULT_DEADLINE_MS } = options;
  const logger = options.logger ?? silentLogger;
  const client = await connect({ ...options, deadlineMs });
  try {
    const server = await checkServer(client, placeOf(options), logger);
    const leases = createLeases({
      client,
      prefix,
      lifetime,
      clock: options.clock ?? systemClock,
      ids: options.ids ?? randomIds,
      logger,
      leaseMs: Math.max(options.leaseMs ?? DEFAULT_LEASE_MS, SHORTEST_LEASE_MS),
    });
    const leaseOf = leases.of;
    const checkpointer = new CheckpointEngine({
      store: createRedisStore({ client, prefix, lifetime, leaseOf }),
      keys: () => keyring,
      mayVanish: lifetime !== undefined,
      compressAboveBytes: options.compressAboveBytes,
      encrypt: options.encrypt,
    });
    const close = async (): Promise<void> => {
      await leases.close();
      await client.close();
    };
    return Object.freeze({
      checkpointer,
      server,
      lockThread: async (thread: string, lock?: LockOptions) => leases.lock(thread, lock),
      pruneThread: async (thread: string, policy: PrunePolicy) =>
        checkpointer.prune(thread, policy),
      close,
      [Symbol.asyncDispose]: close,
    });
  } catch (error) {
    await client.close();
    throw error;
  }
}
