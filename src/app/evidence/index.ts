export { auditOnDemand, type AppAudit } from './audit-on-demand.ts';
export { issueThreadReceipt, type ThreadReceipt } from './issue-thread-receipt.ts';
export { recordFork } from './record-fork.ts';
export { recordMove } from './record-move.ts';
export { recordOutput, type RunOutput } from './record-output.ts';
export { auditPathsOf, installationOf, openAuditDatabase } from './open-audit.ts';
export {
  openTrail,
  openTrailAnew,
  openTrailOf,
  openTrailToKeep,
  type Trail,
} from './open-trail.ts';
export {
  compareWithStore,
  isRecorded,
  missingThreads,
  noSuchThread,
  unrecordedThreads,
  type Unrecorded,
} from './unrecorded-threads.ts';
export {
  readKey,
  verifyExportFile,
  verifyReceiptFile,
  type EvidenceFiles,
} from './verify-files.ts';
