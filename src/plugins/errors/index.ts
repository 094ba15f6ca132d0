export {
  CallApprovalNeededError,
  CallRefusedError,
  EffectUnknownError,
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
export { BrokenPackageError, InvalidManifestError, type ManifestProblem } from './package.ts';
export { PluginError } from './plugin-error.ts';
export {
  AdmissionRefusedError,
  ApprovalNeededError,
  ConflictingPluginError,
  CyclicPluginsError,
  DependentsBrokenError,
  EngineMismatchError,
  InvalidPluginStateError,
  MissingDependencyError,
  NothingToRollBackError,
  UnhealthyPluginError,
  UnknownPluginError,
  UnsuitableConfigError,
} from './registry.ts';
