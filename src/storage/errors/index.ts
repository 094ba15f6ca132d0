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
} from './database.ts';
export {
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
  ThreadLockLostError,
} from './thread.ts';
export {
  InvalidStateKeyError,
  SealKeyChangedError,
  SealKeyExposedError,
  SealKeyLengthError,
  SealKeyUnreadableError,
  StateIntegrityError,
  UnknownStateKeyError,
} from './integrity.ts';
export {
  StorageAuthenticationError,
  StorageUnavailableError,
  StorageUnreplicatedError,
  UnsuitableServerError,
} from './server.ts';
export { ThreadExistsError, ThreadFileError, ThreadNotFoundError } from './moving.ts';
