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
  type CheckpointStore,
  type EngineOptions,
  type Keyring,
} from '../../engine/index.ts';
import type { JournalOptions, StorageHealth } from '../../journal/index.ts';
import { boundOperations } from '../../bound-operations.ts';
import type { CompressionOptions } from '../../compression.ts';
import { timerOf } from '../../in-time.ts';
import type { Lifetime } from '../../lifetime.ts';
import type { LockOptions, ThreadLock } from '../../thread-lock.ts';
import { createThreadMoves, type ThreadMoves } from '../../thread-moves.ts';
import type { ThreadIndex } from '../../thread-record.ts';
import { checkServer, type ServerFacts } from './check-server.ts';
import { connect } from './client.ts';
import { placeOf, type RedisServers } from './connection/index.ts';
import { createLeases, type LeasesParts } from './leases.ts';
import { openOutages } from './outages/index.ts';
import { createRedisThreadIndex } from './threads/index.ts';

const DEFAULT_PREFIX = 'phasegate:';
const DEFAULT_DEADLINE_MS = 2_000;
const DEFAULT_LEASE_MS = 15_000;
const SHORTEST_LEASE_MS = 300;

/** Which servers keep the state, and how. */
export type RedisStorageOptions = RedisServers & RedisStorageSettings;

/** What a storage on Redis can be told besides where the servers are. */
export interface RedisStorageSettings extends CompressionOptions {
  /** Secrets of at least 32 bytes. The first seals what is written; the others read what they sealed before. */
  readonly stateKeys: readonly Uint8Array[];
  /** What the names of all keys begin with; `phasegate:` unless told. */
  readonly prefix?: string;
  /** How long a thread is kept; for ever, unless told. It goes as a whole. */
  readonly lifetime?: Lifetime;
  /**
   * Each operation on a thread is answered within so many milliseconds, of however many commands it consists; 2,000 unless
   * told. What goes through whole threads or all of them (copies, exports, imports, pruning, rollback, lists of all threads)
   * takes as long as there is to do, and ends when one of its commands is not answered within that time.
   */
  readonly deadlineMs?: number;
  /** How long a thread stays locked after its holder stopped without ending; 15,000 unless told, at least 300. */
  readonly leaseMs?: number;
  /**
   * By how many replicas each write is confirmed before it is answered; 0 unless told. Without it a failover may lose
   * what the master alone had confirmed.
   */
  readonly replicas?: number;
  /** Whether the content of checkpoints is encrypted (AES-256-GCM) with a key derived from the sealing one. */
  readonly encrypt?: boolean;
  /**
   * Told of a thread before `deleteThread` of the checkpointer removes it, so that it stands on record who does; what it throws
   * keeps the thread. See `recordDeletion` of `phasegate/audit`.
   */
  readonly onDelete?: (thread: string) => Promise<void>;
  /**
   * A journal on the local disk, by which threads of this process go on while the server is away; none unless told. It
   * needs the lock of a thread, and lasts as long as that (`leaseMs`).
   */
  readonly journal?: JournalOptions;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly logger?: Logger;
}

/** Checkpoints and locks on a server that many machines share. */
export interface RedisStorage extends AsyncDisposable, ThreadMoves {
  readonly checkpointer: BaseCheckpointSaver;
  readonly threads: ThreadIndex;
  /** What the server said of itself when it was opened. */
  readonly server: ServerFacts;
  /**
   * Takes the right to write a thread, from all processes that use the server. It does not wait.
   *
   * @throws ThreadBusyError (STORAGE_THREAD_BUSY, retryable) while somebody else holds it; InvalidThreadIdError.
   */
  lockThread(thread: string, options?: LockOptions): Promise<ThreadLock>;
  /** How the storage and its journal are; `undefined` without a journal. */
  health(): StorageHealth | undefined;
  /**
   * Since when a thread was written without the server, ISO-8601 UTC; `undefined` if it was not since its lock was taken.
   * It stays set after the outage: what was done in it is marked, also when it has been replayed.
   */
  degradedSince(thread: string): string | undefined;
  /** Releases the locks that are still held and closes the connection. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Opens the storage on a Redis server (6.2 or newer) or Valkey; no module is needed.
 *
 * @throws STORAGE_UNAVAILABLE, STORAGE_AUTHENTICATION, STORAGE_UNSUITABLE_SERVER, STORAGE_SERVER_URL, STORAGE_STATE_KEY,
 * STORAGE_LZ4_MISSING, STORAGE_INVALID_DURATION.
 */
export async function openRedisStorage(options: RedisStorageOptions): Promise<RedisStorage> {
  const keyring = createKeyring(options.stateKeys);
  const { prefix = DEFAULT_PREFIX, lifetime } = options;
  const deadlineMs = timerOf('deadlineMs', options.deadlineMs ?? DEFAULT_DEADLINE_MS);
  const leaseMs = leaseOf(options.leaseMs);
  const { clock = systemClock, logger = silentLogger } = options;
  const client = await connect({ ...options, deadlineMs });
  try {
    const server = await checkServer(client, placeOf(options), logger);
    const parts = { client, prefix, lifetime, clock, ids: options.ids ?? randomIds };
    const mayBeginAway = options.journal !== undefined;
    const rollBack: LeasesParts['rollBack'] = async (...of) => checkpointer.rollBack(...of);
    const leases = createLeases({ ...parts, logger, leaseMs, mayBeginAway, rollBack, keyring });
    const engineOn = enginesOf(options, keyring);
    const outages = openOutages({
      ...parts,
      place: placeOf(options),
      leases,
      leaseMs,
      keyring,
      logger,
      deadlineMs,
      journal: options.journal,
      index: createRedisThreadIndex({ client, prefix, lifetime, clock }),
      saverOn: engineOn,
      forget: (thread) => checkpointer.forget(thread),
    });
    const checkpointer = engineOn(outages.store, (thread) => ({ ...outages.marks(thread) }));
    const close = async (): Promise<void> => {
      await outages.close();
      await leases.close();
      await client.close();
    };
    await outages.start().catch(async (error: unknown) => {
      await close();
      throw error;
    });
    return Object.freeze({
      ...boundOperations(
        { checkpointer, threads: outages.index },
        { place: placeOf(options), ms: deadlineMs, onDelete: options.onDelete },
      ),
      server,
      lockThread: forgettingWrites(checkpointer, async (...of) => outages.lockThread(...of)),
      health: () => outages.health(),
      degradedSince: (thread: string) => outages.degradedSince(thread),
      ...createThreadMoves({ engine: checkpointer, clock }),
      close,
      [Symbol.asyncDispose]: close,
    });
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** Gives how engines are made that seal and store as the options say. */
function enginesOf(
  { lifetime, compression, compressAboveBytes, encrypt }: RedisStorageOptions,
  keyring: Keyring,
): (store: CheckpointStore, marks?: EngineOptions['marks']) => CheckpointEngine {
  return (store, marks) =>
    new CheckpointEngine({
      store,
      keys: () => keyring,
      mayVanish: lifetime !== undefined,
      compression,
      compressAboveBytes,
      encrypt,
      marks,
    });
}

/** Locks a thread; who takes it does not know which of its writes were taken back meanwhile. */
function forgettingWrites(
  saver: CheckpointEngine,
  lock: (thread: string, options?: LockOptions) => Promise<ThreadLock>,
): (thread: string, options?: LockOptions) => Promise<ThreadLock> {
  return async (thread, options) => {
    const taken = await lock(thread, options);
    saver.forgetWrites(thread);
    return taken;
  };
}

function leaseOf(ms = DEFAULT_LEASE_MS): number {
  return Math.max(timerOf('leaseMs', ms), SHORTEST_LEASE_MS);
}
