export {
  openEmbeddedStorage,
  type EmbeddedStorage,
  type EmbeddedStorageOptions,
} from './backends/embedded/index.ts';
export { stateKeyId } from './engine/index.ts';
export type {
  Arrived,
  ImportOptions,
  MoveOptions,
  PrunePolicy,
  PruneReport,
  ThreadImport,
} from './engine/index.ts';
export {
  CorruptDatabaseError,
  DirectoryNotWritableError,
  ForeignDatabaseError,
  InvalidServerUrlError,
  InvalidStateKeyError,
  InvalidThreadIdError,
  InvalidDurationError,
  Lz4MissingError,
  NewerDatabaseError,
  NotADirectoryError,
  RecordsFailedError,
  RecordsLockedError,
  RecordsNewerError,
  SealKeyChangedError,
  SealKeyExposedError,
  SealKeyLengthError,
  SealKeyNotOwnError,
  SealKeyUnreadableError,
  StateContentionError,
  StateIntegrityError,
  StorageAuthenticationError,
  StorageClosedError,
  StorageFailedError,
  StorageFullError,
  StorageInputOutputError,
  StorageLockedError,
  StorageUnavailableError,
  StorageUnreplicatedError,
  ThreadBusyError,
  ThreadConflictError,
  ThreadDeletedError,
  ThreadInterruptedError,
  ThreadExistsError,
  ThreadFileError,
  ThreadLockLostError,
  ThreadNotFoundError,
  UnknownStateKeyError,
  UnreadableRowError,
  UnstorableValueError,
  UnsuitableFileSystemError,
  UnsuitableServerError,
} from './errors/index.ts';
export type {
  FoundSession,
  OwnerRevocation,
  SessionQuery,
  SessionRow,
  SessionStore,
} from './session-store.ts';
export type { Compression, CompressionOptions } from './compression.ts';
export { parseThreadId } from './thread-id.ts';
export type { Lifetime } from './lifetime.ts';
export type { BusyStrategy, CarriedOutRollback, LockOptions, ThreadLock } from './thread-lock.ts';
export type { ThreadMoves } from './thread-moves.ts';
export {
  ThreadRecord,
  ThreadStatus,
  type ThreadEntry,
  type ThreadIndex,
  type ThreadQuery,
} from './thread-record.ts';
export {
  wrapStorageErrors,
  type ErrorExplainer,
  type FailedOperation,
  type SaverGuard,
} from './wrap-storage-errors.ts';
export {
  createTextSeal,
  openPostgresRecords,
  openSqliteRecords,
  type PostgresRecordsOptions,
  type RecordsDatabase,
  type RecordsDialect,
  type RecordsErrors,
  SEALED_MARK,
  type RecordsSchema,
  type SqliteRecordsOptions,
  type TextSeal,
} from './records/index.ts';
