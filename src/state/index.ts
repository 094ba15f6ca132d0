export { WorkflowPlan } from './plan.ts';
export {
  Answer,
  Approval,
  ArtifactRecord,
  BLOCKED,
  COMPLETED,
  Fallback,
  INPUT,
  NO_USAGE,
  PhaseRecord,
  Principal,
  Refusal,
  RunRecord,
  RunStatus,
  STATE_FORMAT,
  Usage,
} from './run.ts';
export { CheckMode, CheckOutcome, CheckReport, GateOutcome, Question, Verdict } from './verdict.ts';
