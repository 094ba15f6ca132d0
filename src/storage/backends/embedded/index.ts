export {
  openEmbeddedStorage,
  type EmbeddedStorage,
  type EmbeddedStorageOptions,
} from './open-embedded-storage.ts';
export type { Compression, CompressionOptions } from '../../compression.ts';
export type { Lifetime } from '../../lifetime.ts';
export type {
  BusyStrategy,
  CarriedOutRollback,
  LockOptions,
  ThreadLock,
} from '../../thread-lock.ts';
export type {
  Arrived,
  ImportOptions,
  MoveOptions,
  PrunePolicy,
  PruneReport,
  ThreadImport,
} from '../../engine/index.ts';
export type { ThreadMoves } from '../../thread-moves.ts';
export type { ThreadIndex } from '../../thread-record.ts';
