export { CheckpointEngine, type EngineOptions } from './checkpoint-engine.ts';
export type {
  Arrival,
  CheckpointRow,
  CheckpointStore,
  Commit,
  CommitOutcome,
  HeadRow,
  Lane,
  LaneFacts,
  Page,
  Reading,
  Removal,
  Stage,
  StagedRows,
  StoredCheckpoint,
  ThreadRow,
  WriteCommit,
  WriteOutcome,
  WriteRow,
} from './checkpoint-store.ts';
export {
  createKeyring,
  giveOrder,
  readOrder,
  sealHead,
  sealMark,
  stateKeyId,
  type Keyring,
  type RollbackOrder,
} from './seals/index.ts';
export type { PrunePolicy, PruneReport } from './prune-thread.ts';
export type { Arrived, ImportOptions, MoveOptions, ThreadImport } from './moving/index.ts';
