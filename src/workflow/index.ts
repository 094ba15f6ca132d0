export {
  defineAgent,
  NO_TOOLS,
  type Agent,
  type AgentContext,
  type AgentDefinition,
  type AgentModel,
  type AgentTools,
  type AgentRun,
  type AgentTask,
  type Decision,
  type DecisionRequest,
  type ReadSchemas,
  type Revision,
} from './agent.ts';
export type { AgentChoices, StandIn } from './choose-agents.ts';
export { compileWorkflow, type CompiledWorkflow, type CompileOptions } from './compile.ts';
export type { ToolPlace, ToolSource } from './nodes/node-parts.ts';
export {
  definePhase,
  type Phase,
  type PhaseDefinition,
  type PhaseShape,
  type Variant,
} from './definition/phase.ts';
export {
  workflowFrom,
  type PlanCatalogue,
  type PlannedArtifacts,
  type PlannedPlace,
  type PlanSettings,
} from './definition/from-plan.ts';
export { withEdition, withStandards } from './definition/with-standards.ts';
export {
  defineWorkflow,
  type ArtifactsOf,
  type Workflow,
  type WorkflowDefinition,
  type WorkflowFacts,
} from './definition/workflow.ts';
export type { WorkflowDescription } from './definition/workflow-description.ts';
export { certainPhases, factsSchema, withBindings, type Move } from './definition/with-bindings.ts';
export {
  type Migration,
  type Snapshot,
  type Transition,
  type WorkflowShape,
} from './definition/workflow-shape.ts';
export {
  AlreadyAnsweredError,
  AnswerOnItsWayError,
  AuditTimeoutError,
  InvalidArtifactError,
  InvalidDefinitionError,
  InvalidInputError,
  InvalidOptionsError,
  NothingAskedError,
  PhaseTimeoutError,
  RunInProgressError,
  StateBehindTrailError,
  SteeringRefusedError,
  UnreadableStateError,
  UnsealedWriteError,
} from './errors.ts';
export type { FallbackRule } from './fallback.ts';
export { langGraphUser, NOBODY } from './identify.ts';
export { inlineText, markdownTable } from './interrupts/markdown.ts';
export { isAnswerOnItsWay } from './interrupts/seal-resume.ts';
export { pendingVerdict, type PendingVerdictOptions } from './pending-verdict.ts';
export {
  recordedDecision,
  type RecordedDecision,
  type RecordedDecisionOptions,
} from './recorded-decision.ts';
export { verifyState } from './verify-state.ts';
export type { StateUpdate, TypedArtifact, WorkflowState } from './state/channels.ts';
export {
  driveRun,
  type DrivableGraph,
  type DriveOptions,
  type RunEvent,
  type RunMessage,
} from './runner/drive-run.ts';
export {
  reportRun,
  type ReadableSnapshot,
  type ReportedFallback,
  type ReportedInterrupt,
  type ReportedStatus,
  type ReportedVerdict,
  type RunReport,
} from './runner/run-report.ts';
export {
  derivedVault,
  threadSubject,
  type FieldVault,
  type Revealed,
} from './sensitive/field-vault.ts';
export {
  sensitiveFieldsOf,
  type SensitiveField,
  type SensitiveFields,
} from './sensitive/sensitive-fields.ts';
