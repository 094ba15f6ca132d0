export { applyWaivers, readWaivers, type WaivedGateResult, type Waiver } from './apply-waivers.ts';
export {
  defineCheck,
  fail,
  isCheckResult,
  pass,
  undetermined,
  type Check,
  type CheckDefinition,
  type CheckResult,
  type Finding,
} from './check.ts';
export {
  InvalidCheckError,
  InvalidExpressionError,
  InvalidGateError,
  InvalidRulePackError,
  InvalidWaiverError,
  UndecidedRuleError,
  UnknownRuleError,
  type RulePackProblem,
} from './errors.ts';
export { evaluateGate, type GateResult } from './evaluate-gate.ts';
export {
  askOn,
  auditOn,
  defineGate,
  denyOn,
  reviseOn,
  warnOn,
  type ApprovalRule,
  type Binding,
  type Consequence,
  type FactsFor,
  type Gate,
  type GateDefinition,
} from './gate.ts';
export {
  noPersonalData,
  type ArtifactFacts,
  type NoPersonalDataOptions,
} from './no-personal-data.ts';
