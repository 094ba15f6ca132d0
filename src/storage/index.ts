export {
  openEmbeddedStorage,
  type EmbeddedStorage,
  type EmbeddedStorageOptions,
} from './backends/embedded/index.ts';
export type { PrunePolicy, PruneReport } from './engine/index.ts';
export {
  CorruptDatabaseError,
  DirectoryNotWritableError,
  ForeignDatabaseError,
  InvalidStateKeyError,
  InvalidThreadIdError,
  NewerDatabaseError,
  NotADirectoryError,
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
  ThreadLockLostError,
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
export { parseThreadId } from './thread-id.ts';
export type { LockOptions, ThreadLock } from './thread-lock.ts';
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
