export {
  CorruptDatabaseError,
  DirectoryNotWritableError,
  ForeignDatabaseError,
  NewerDatabaseError,
  NotADirectoryError,
  StorageFullError,
  StorageInputOutputError,
  StorageLockedError,
  UnsuitableFileSystemError,
  type RunAtWork,
} from './database.ts';
export {
  InvalidDurationError,
  Lz4MissingError,
  StorageClosedError,
  StorageFailedError,
  UnreadableRowError,
  UnstorableValueError,
} from './operation.ts';
export {
  InvalidThreadIdError,
  StateContentionError,
  ThreadBusyError,
  ThreadConflictError,
  ThreadDeletedError,
  ThreadInterruptedError,
  ThreadLockLostError,
} from './thread.ts';
export {
  InvalidStateKeyError,
  SealKeyChangedError,
  SealKeyExposedError,
  SealKeyLengthError,
  SealKeyNotOwnError,
  SealKeyUnreadableError,
  StateIntegrityError,
  UnknownStateKeyError,
} from './integrity.ts';
export {
  InvalidServerUrlError,
  StorageAuthenticationError,
  StorageUnavailableError,
  StorageUnreplicatedError,
  UnsuitableServerError,
} from './server.ts';
export { ThreadExistsError, ThreadFileError, ThreadNotFoundError } from './moving.ts';
export { RecordsFailedError, RecordsLockedError, RecordsNewerError } from './records.ts';
