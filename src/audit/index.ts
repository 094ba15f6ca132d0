export {
  AppendFailedError,
  ArchiveFileError,
  AuditClosedError,
  AuditDamagedError,
  AuditStoreError,
  AuditStoreLockedError,
  AuditStoreNewerError,
  AuditTamperedError,
  CheckpointFileError,
  HoldExistsError,
  InvalidChainNameError,
  InvalidCutError,
  InvalidEventError,
  InvalidMasterKeyError,
  LegalHoldError,
  SigningKeyExposedError,
  SigningKeyMissingError,
  SigningKeyRetiredError,
  SigningKeyUnreadableError,
  TrailGoneError,
  UnknownRunError,
} from './errors.ts';
export {
  eventKey,
  type AuditActor,
  type AuditEvent,
  type AuditKind,
  type AuditOutcome,
  type EventPlace,
} from './event.ts';
export { toCloudEvent, type AuditCloudEvent } from './export/cloud-events.ts';
export {
  EXPORT_FORMATS,
  exportLines,
  type ExportFormat,
  type ExportOrder,
} from './export/export-lines.ts';
export { issueReceipt, latestRunOf } from './export/issue-receipt.ts';
export {
  chainSize,
  exportJsonLines,
  findChainState,
  readEntries,
  readThread,
  type ChainState,
  type EntryQuery,
  type ExportSource,
  type FiledEntry,
  type StoredEntry,
} from './export/json-lines.ts';
export { findUnrecorded, type ThreadSeen } from './export/find-unrecorded.ts';
export { toOcsf, type OcsfEvent } from './export/ocsf.ts';
export { EntryBody, parseEntry, type RecalledEvent } from './export/parse-entry.ts';
export { checkpointFile, type CheckpointKeeper } from './keys/checkpoint-file.ts';
export { createSigner, generateSigningKey, type Signer } from './keys/signer.ts';
export { openSubjectKeys, type Erasure, type SubjectKeys } from './keys/subject-keys.ts';
export {
  openSigningKey,
  prepareNextKey,
  readSigningKey,
  type NextKey,
} from './keys/signing-key-file.ts';
export { archiveEntries, type Archived, type ArchiveOrder } from './log/archive.ts';
export {
  holdsInForce,
  placeHold,
  releaseHold,
  type Hold,
  type HoldOrder,
  type HoldScope,
} from './log/holds.ts';
export { openAuditLog, type AuditLog, type AuditLogOptions } from './log/open-audit-log.ts';
export { rotateKey } from './log/rotate-key.ts';
export {
  auditPaths,
  begunChainOf,
  openEmbeddedAudit,
  type AuditPaths,
  type EmbeddedAudit,
  type EmbeddedAuditOptions,
} from './open-embedded-audit.ts';
export { recordVerdict, type AuditSink, type SealedEntry } from './sink.ts';
export type { AuditDatabase } from './store/database.ts';
export { openPostgresAudit, type PostgresAuditOptions } from './store/open-postgres.ts';
export { openSqliteAudit, type SqliteAuditOptions } from './store/open-sqlite.ts';
export { findBegunAnew, type BegunAnew } from './threads/find-begun-anew.ts';
export { findLost, hadState } from './threads/find-lost.ts';
export {
  recordDeletion,
  recordRollback,
  refusalOf,
  threadChanged,
  type ThreadChange,
  type ThreadChanged,
} from './threads/put-back.ts';
export { createChainVerifier, verifyChain, verifyReceipt } from './verify-chain.ts';
export { ChainMark } from './follow/chain-mark.ts';
export {
  followTrail,
  verifyTrail,
  type FollowedTrail,
  type Following,
  type TrailOptions,
  type TrailReport,
} from './verify-trail.ts';
export type {
  AdoptedRange,
  ChainReport,
  ChainVerifier,
  Fault,
  FaultKind,
  ReceiptReport,
  VerifyOptions,
} from './report-types.ts';
