export {
  PluginAbortedError,
  PluginBusyError,
  PluginClosedError,
  PluginCrashedError,
  PluginDeniedError,
  PluginFailedError,
  PluginHostError,
  PluginLimitError,
  PluginLoadError,
} from './calling.ts';
export { BrokenPackageError, InvalidManifestError, type ManifestProblem } from './package.ts';
export { PluginError } from './plugin-error.ts';
export {
  ConflictingPluginError,
  CyclicPluginsError,
  EngineMismatchError,
  InvalidPluginStateError,
  MissingDependencyError,
} from './registry.ts';
