export { answerDraft, type AnswerDraft } from './answer-draft.ts';
export { createModel } from './create-model.ts';
export { describeGraph } from './describe-graph.ts';
export { diagnose, nodeFinding, type Finding } from './diagnose.ts';
export {
  InvalidInputFileError,
  NotWaitingError,
  NoAuditTrailError,
  NothingRecordedError,
  OutputFailedError,
  ThreadMismatchError,
  UnknownCheckpointError,
  UnknownThreadError,
  UnknownWorkflowError,
} from './errors.ts';
  UnreadableEvidenceError,
  UnusableKeyError,
export {
  exportThread,
export {
  issueThreadReceipt,
  openTrail,
  readKey,
  verifyExportFile,
  verifyReceiptFile,
  type AppAudit,
  type EvidenceFiles,
  type ThreadReceipt,
  type Trail,
} from './evidence/index.ts';
  importThread,
  pruneThreads,
  type ExportRequest,
  type ImportReport,
  type ImportRequest,
  type MovingPlace,
  type PrunedThread,
} from './moving/index.ts';
export { openApp, workflowSettingsOf, type App } from './open-app.ts';
export { MAX_INPUT_BYTES, readInputFile } from './read-input-file.ts';
export {
  studioConfigSchema,
  studioGraph,
  type StudioConfig,
  type StudioGraph,
} from './studio-graph.ts';
export { viewThread, type GivenApproval, type ThreadView, type Visit } from './thread-view.ts';
export {
  answerThread,
  awaitedBy,
  graphFor,
  startThread,
  withKnownThread,
  type Caller,
  type AnswerRequest,
  type OpenThread,
  type StartRequest,
} from './threads.ts';
export {
  forkThread,
  historyOf,
  replayThread,
  type Fork,
  type HistoryEntry,
} from './time-travel.ts';
export {
  describeWorkflow,
  workflowNamed,
  WORKFLOWS,
  type OutputFile,
  type WorkflowEntry,
} from './workflows/catalogue.ts';
export { emailCampaign } from './workflows/email-campaign.ts';
export type { WorkflowSettings } from './workflows/workflow-settings.ts';
export type { PrunePolicy } from '../storage/index.ts';
export { writeFiles } from './write-files.ts';
