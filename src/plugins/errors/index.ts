export {
  CallRefusedError,
  HistoryFullError,
  PersonalDataRefusedError,
  PluginAbortedError,
  PluginBusyError,
  PluginClosedError,
  PluginCrashedError,
  PluginDeniedError,
  PluginFailedError,
  PluginHostError,
  PluginLimitError,
  PluginLoadError,
  PluginTrippedError,
  SchemaMismatchError,
  ToolNotAllowedError,
  UnknownOperationError,
} from './calling.ts';
export {
  CallApprovalNeededError,
  EffectUnknownError,
  EffectUnreadableError,
  NothingToSettleError,
} from './effects.ts';
export { InvalidTemplateError, KindMismatchError } from './kinds.ts';
export { McpServerFailedError, McpToolChangedError } from './mcp.ts';
export { BrokenPackageError, InvalidManifestError, type ManifestProblem } from './package.ts';
export { PluginError } from './plugin-error.ts';
export {
  AdmissionRefusedError,
  ApprovalNeededError,
  ConflictingPluginError,
  CyclicPluginsError,
  DependentsBrokenError,
  EngineMismatchError,
  InvalidAdvisoriesError,
  InvalidPluginStateError,
  StepTakenError,
  MissingDependencyError,
  NothingToRollBackError,
  ScanRuleError,
  UnhealthyPluginError,
  UnknownPluginError,
  UnsuitableConfigError,
  UnusableKeyError,
  UnusableTrustedRootError,
} from './registry.ts';
