export { editorCommand } from './editor-command.ts';
export {
  InvalidConfigError,
  MissingVariableError,
  SealKeyMissingError,
  UnknownModelError,
  UnreadableConfigError,
  type MissingVariable,
} from './errors.ts';
export { langsmithSettings, type LangSmithSettings } from './langsmith-settings.ts';
export { loadConfig, type Config, type LoadOptions } from './load-config.ts';
export type { ModelCatalogue, ModelSettings, ProviderSettings } from './model-catalogue.ts';
export type { Place, Problem, ProblemKind } from './problem.ts';
export { LOG_LEVELS, type LogLevel } from './schema.ts';
export type { AuditSettings } from './sections/audit-settings.ts';
export { isToken, type McpSettings } from './sections/mcp-settings.ts';
export type { PluginKey, PluginSettings } from './sections/plugin-settings.ts';
export type { ComplianceSettings } from './sections/compliance-settings.ts';
export type { PolicySettings } from './sections/policy-settings.ts';
export type { RecordsSettings } from './sections/records-settings.ts';
export { secretOf, type Secret } from './secret.ts';
export type {
  KeptSettings,
  RedisSettings,
  StateKey,
  StorageServers,
  StorageSettings,
} from './storage-settings.ts';
export { readToml, spotKey, type TomlDocument } from './toml/toml-document.ts';
export type { Environment, Expanded } from './toml/expand.ts';
export { expandFile } from './toml/expand-file.ts';
