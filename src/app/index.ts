export { answerDraft, type AnswerDraft } from './files/answer-draft.ts';
export { createModel } from './create-model.ts';
export { describeGraph } from './describe-graph.ts';
export { diagnose, nodeFinding } from './doctor/diagnose.ts';
export type { Finding } from './doctor/finding.ts';
export {
  InvalidInputFileError,
  NoAuditTrailError,
  NoReceiptError,
  NothingRecordedError,
  NoSuchVersionError,
  NotWaitingError,
  OutputFailedError,
  PluginMismatchError,
  PluginRejectedError,
  SharedSealKeyMissingError,
  ThreadMismatchError,
  UnboundPolicyError,
  UnknownCheckError,
  UnknownCheckpointError,
  UnsignedPolicyError,
  WaiverRefusedError,
  UnknownThreadError,
  UnreadableFileError,
  UnusableFolderError,
  UnusableKeyError,
  UnusableKeyFileError,
  UnusableTokenError,
  UnusablePolicyError,
  UnknownWorkflowError,
} from './errors.ts';
export {
  compareWithStore,
  isRecorded,
  issueThreadReceipt,
  openTrail,
  openTrailOf,
  openTrailToKeep,
  readKey,
  recordOutput,
  unrecordedThreads,
  verifyExportFile,
  verifyReceiptFile,
  type AppAudit,
  type EvidenceFiles,
  type RunOutput,
  type ThreadReceipt,
  type Trail,
  type Unrecorded,
} from './evidence/index.ts';
export {
  exportThread,
  importThread,
  pruneThreads,
  type ExportRequest,
  type ImportReport,
  type ImportRequest,
  type MovingPlace,
  type PrunedThread,
} from './moving/index.ts';
export {
  admitPlugin,
  builtInPlugins,
  carryOutUpgrade,
  chooseVersion,
  createScaffold,
  enableVersion,
  engineVersion,
  figuresOf,
  folderStateOf,
  generateSigningKeys,
  grantRights,
  mcpTokenOf,
  OPERATOR_ROLE,
  openPluginRecords,
  openPluginsAlone,
  openPluginsOf,
  planUpgrade,
  pluginCaller,
  removeVersion,
  revokeRights,
  rollBack,
  scanFolder,
  signFolder,
  verifyFolder,
  type AppPlugins,
  type FolderState,
  type KeyFiles,
  type McpToken,
  type PluginFigures,
  type PluginSurroundings,
  type RightsOrder,
  type Scaffold,
  type ScaffoldOrder,
  type SignedFolder,
  type UpgradePlan,
} from './plugins/index.ts';
export {
  approveWaiver,
  checkPolicyFile,
  replayPolicy,
  requestWaiver,
  revokeWaiver,
  signPolicy,
  testPolicyFile,
  type ChangedDecision,
  type CheckedPolicy,
  type LoadedPolicy,
  type Policies,
  type PolicyReplay,
  type PolicySignature,
  type WaiverBook,
  type WaiverOrder,
  type WaiverRecord,
  type WaiverRequest,
} from './policy/index.ts';
export { openApp, workflowSettingsOf, type App } from './open-app.ts';
export type { AppStorage, ServerReport } from './store/open-storage.ts';
export { MAX_INPUT_BYTES, readInputFile } from './files/read-input-file.ts';
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
export { writeFiles } from './files/write-files.ts';
