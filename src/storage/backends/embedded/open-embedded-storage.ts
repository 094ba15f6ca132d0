import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';

import {
  randomIds,
  silentLogger,
  systemClock,
  type Clock,
  type Logger,
} from '../../../kernel/index.ts';
import {
  CorruptDatabaseError,
  StorageClosedError,
  UnreadableRowError,
  UnstorableValueError,
} from '../../errors/index.ts';
import { CheckpointEngine, createKeyring, type Keyring } from '../../engine/index.ts';
import type { CompressionOptions } from '../../compression.ts';
import { timerOf } from '../../in-time.ts';
import type { Lifetime } from '../../lifetime.ts';
import type { LockOptions, ThreadLock } from '../../thread-lock.ts';
import { createThreadMoves, type ThreadMoves } from '../../thread-moves.ts';
import type { ThreadIndex } from '../../thread-record.ts';
import {
  wrapStorageErrors,
  type FailedOperation,
  type SaverGuard,
} from '../../wrap-storage-errors.ts';
import { createSqliteStore } from './checkpoints/index.ts';
import { openDatabase, type Connection } from './database.ts';
import { prepareDirectory } from './directory.ts';
import { explained, explainError } from './explain-error.ts';
import { createThreadLocks, explainFence, installFence } from './locks/index.ts';
import { readSealKey } from './seal-key.ts';
import { createThreadIndex } from './thread-index.ts';

const DEFAULT_LEASE_MS = 15_000;

/** Where the embedded storage keeps its files, and what it works with. */
export interface EmbeddedStorageOptions extends CompressionOptions {
  /** The data directory; created with mode 0700 when it is missing. */
  readonly directory: string;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** How long a thread stays locked after its holder stopped without ending; 15,000 unless told, at least 300. */
  readonly leaseMs?: number;
  /**
   * Secrets of at least 32 bytes that seal the checkpoints; the directory's own `seal.key` unless told. The first one
   * seals what is written, the others are for reading what they sealed before.
   */
  readonly stateKeys?: readonly Uint8Array[];
  /**
   * How long the checkpoints of a thread are kept; for ever, unless told. A thread goes as a whole, with its entry in
   * the list of threads.
   */
  readonly lifetime?: Lifetime;
  /** Whether the content of checkpoints is encrypted (AES-256-GCM) with a key derived from the sealing one. */
  readonly encrypt?: boolean;
  /**
   * Told of a thread before `deleteThread` of the checkpointer removes it, so that it stands on record who does; what it throws
   * keeps the thread. See `recordDeletion` of `phasegate/audit`.
   */
  readonly onDelete?: (thread: string) => Promise<void>;
}

/** Everything that a run keeps, in one directory on the local disk. */
export interface EmbeddedStorage extends AsyncDisposable, ThreadMoves {
  /** Absolute path of the data directory. */
  readonly directory: string;
  readonly checkpointer: BaseCheckpointSaver;
  readonly threads: ThreadIndex;
  /**
   * Takes the right to write a thread, from all processes that use the directory. Unless told, it does not wait.
   *
   * @throws ThreadBusyError (STORAGE_THREAD_BUSY, retryable) while somebody else holds it; InvalidThreadIdError.
   */
  lockThread(thread: string, options?: LockOptions): Promise<ThreadLock>;
  /**
   * Gives the key that seals approvals and artifacts: 32 bytes, created at the first call, the same ever after.
   *
   * @throws SealKeyLengthError, SealKeyExposedError, SealKeyChangedError, SealKeyUnreadableError.
   */
  sealKey(): Uint8Array;
  /**
   * Reads the whole database and compares its structures; takes time in proportion to its size.
   *
   * @throws CorruptDatabaseError (STORAGE_CORRUPT).
   */
  verify(): Promise<void>;
  /** Releases the locks that are still held and closes the database. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Opens the storage that needs no service: one SQLite database and one key file in `directory`.
 *
 * @throws STORAGE_DIRECTORY_NOT_WRITABLE, STORAGE_NOT_A_DIRECTORY, STORAGE_CORRUPT, STORAGE_FOREIGN_DATABASE,
 * STORAGE_NEWER_VERSION, STORAGE_UNSUITABLE_FILE_SYSTEM, STORAGE_LOCKED, STORAGE_FULL, STORAGE_IO, STORAGE_LZ4_MISSING,
 * STORAGE_INVALID_DURATION.
 */
export async function openEmbeddedStorage(
  options: EmbeddedStorageOptions,
): Promise<EmbeddedStorage> {
  const paths = prepareDirectory(options.directory);
  const connection = await openDatabase(paths.database);
  try {
    return await assemble(connection, paths, options);
  } catch (error) {
    connection.close();
    throw explainError(error, paths.database) ?? error;
  }
}

async function assemble(
  connection: Connection,
  paths: ReturnType<typeof prepareDirectory>,
  options: EmbeddedStorageOptions,
): Promise<EmbeddedStorage> {
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? silentLogger;
  const path = paths.database;
  const sealKey = (): Uint8Array => explained(path, () => readSealKey(connection, paths.sealKey));
  const store = createSqliteStore(connection, options.lifetime);
  // Touches the tables of checkpoints, so that a file whose end is missing is refused here and not in a run.
  for (const table of ['state_checkpoints', 'state_segments', 'state_writes']) {
    connection.prepare(`SELECT 1 FROM ${table} WHERE rowid = 0`).get();
  }
  let keyring: Keyring | undefined;
  const keys = (): Keyring => (keyring ??= createKeyring(options.stateKeys ?? [sealKey()]));
  const saver = new CheckpointEngine({
    store,
    keys,
    compression: options.compression,
    compressAboveBytes: options.compressAboveBytes,
    encrypt: options.encrypt,
    mayVanish: options.lifetime !== undefined,
  });
  installFence(connection);
  const leaseMs = Math.max(timerOf('leaseMs', options.leaseMs ?? DEFAULT_LEASE_MS), 300);
  const rollBack = saver.rollBack.bind(saver);
  const parts = { connection, path, clock, ids: randomIds, logger, leaseMs };
  const locks = createThreadLocks({ ...parts, rollBack, keys });
  const guard: SaverGuard = {
    // The saver's prepared statements would go on working after the connection was closed.
    check: () => {
      if (!connection.open) throw new StorageClosedError();
    },
    explain: (cause, operation) => explainSaver({ connection, path }, cause, operation),
    onDelete: options.onDelete,
  };
  let key: Uint8Array | undefined;
  const close = async (): Promise<void> => {
    if (!connection.open) return;
    locks.close();
    closeDatabase(connection, logger);
  };
  return Object.freeze({
    directory: paths.directory,
    checkpointer: wrapStorageErrors(saver, guard),
    threads: createThreadIndex({ connection, path, clock }),
    lockThread: forgettingWrites(saver, async (...of) => locks.lock(...of)),
    ...createThreadMoves({ engine: saver, clock, guard }),
    sealKey: () => {
      key ??= sealKey();
      return Uint8Array.from(key);
    },
    verify: async () => explained(path, () => verify(connection, path)),
    close,
    [Symbol.asyncDispose]: close,
  });
}

function closeDatabase(connection: Connection, logger: Logger): void {
  try {
    // Moves the log into the database, so that a copy of state.db alone is whole while nobody has it open.
    connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch (error) {
    // What is committed stays in the log and is moved by the next opener.
    const code = explainError(error, '')?.code ?? 'unknown';
    logger.warn('log-checkpoint-failed', { code });
  } finally {
    connection.close();
  }
}

function verify(connection: Connection, path: string): void {
  const rows: unknown[] = connection.prepare('PRAGMA integrity_check').all();
  const [first] = rows;
  const answer: unknown =
    typeof first === 'object' && first !== null ? Reflect.get(first, 'integrity_check') : undefined;
  if (rows.length !== 1 || answer !== 'ok') throw new CorruptDatabaseError(path);
}

function explainSaver(
  at: { readonly connection: Connection; readonly path: string },
  cause: unknown,
  operation: FailedOperation,
): Error {
  const known =
    explainFence(at.connection, operation.thread, cause) ?? explainError(cause, at.path);
  if (known !== undefined) return known;
  return operation.kind === 'read'
    ? new UnreadableRowError('checkpoint', cause)
    : new UnstorableValueError('checkpoint', cause);
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
