export {
  definePlugin,
  Limits,
  Manifest,
  MANIFEST_FILE,
  Operation,
  PERMISSION_NAMES,
  Permissions,
  PluginId,
  PluginKind,
  type HostCall,
  type HostRequest,
  type HostResponse,
  type JsonSchema,
  type LoadedPlugin,
  type PermissionName,
  type PluginDefinition,
  type PluginHealth,
  type PluginHost,
  type PluginModule,
  type PluginPackage,
  type PluginRuntime,
  type RuntimeCall,
  type RuntimeUsage,
  type Tier,
} from './contract/index.ts';
export { beyond } from './access/allows.ts';
export {
  approveCall,
  grantRole,
  liftStops,
  revokeRole,
  stopCalls,
  type CallApproval,
  type KillOrder,
  type RoleOrder,
} from './access/operator-orders.ts';
export { ScanFinding, ScanReport, RiskParts } from './contract/index.ts';
export type { SealKeySource } from './executor/effect-outputs.ts';
export type { Executor } from './executor/executor.ts';
export type { CallPlace, OperationCall, OperationResult } from './executor/operation-call.ts';
export {
  DEFAULT_LOADING,
  type Condition,
  type LoadingSettings,
} from './executor/loaded-plugins.ts';
export { PluginTool, type ToolArtifact } from './expose/plugin-tool.ts';
export { openMcp, serveMcpOverHttp, serveMcpOverStdio } from './expose/serve-mcp.ts';
export type { SessionLimits } from './expose/mcp/http/mcp-sessions.ts';
export type { HttpDoor, HttpOptions } from './expose/mcp/http/serve-over-http.ts';
export type { McpOperation } from './expose/mcp/mcp-operation.ts';
export type { McpServer, McpServerOptions } from './expose/mcp/open-mcp-server.ts';
export type { StdioOptions } from './expose/mcp/serve-over-stdio.ts';
export type { Offer } from './expose/mcp/visible-operations.ts';
export type { DataAction, DataPolicy, DataRule } from './data/index.ts';
export { toolName, toolsFor, type ToolsOrder } from './expose/tools-for.ts';
export {
  interruptedCalls,
  type InterruptedCall,
  type SettleOrder,
} from './executor/interrupted.ts';
export type { HistoryCondition } from './executor/execution-log.ts';
export type { PluginMetrics } from './executor/metrics.ts';
export { createHost, type HostParts, type HostServices } from './host/index.ts';
export {
  disablePlugin,
  enablePlugin,
  permissionDifference,
  removePlugin,
  rollBackPlugin,
  type ChangeOrder,
  type LifecycleParts,
  type PermissionDifference,
} from './lifecycle/activation.ts';
export { isSignedNow, rescanVersion, type Rescan, type RescanOrder } from './lifecycle/rescan.ts';
export { openPlugins, SYSTEM, type Plugins, type PluginsOptions } from './open-plugins.ts';
export {
  addPlugin,
  approvePlugin,
  rejectPlugin,
  rescanPlugin,
  type AddOrder,
  type ApproveOrder,
} from './registry/admission.ts';
export { dependencyLayers, type DependencyFacts } from './registry/dependencies.ts';
export type {
  ActivePlugin,
  Caller,
  PluginEvent,
  PluginEvents,
  PluginVersion,
  RegistryParts,
  SignatureCheck,
} from './registry/registry-parts.ts';
export { PLUGIN_SCHEMA } from './registry/schema.ts';
export type { FoundPlugin, PluginQuery, PluginSearch } from './registry/search.ts';
export { isCallable, PLUGIN_STATES, type PluginState } from './registry/states.ts';
export type { PluginTables } from './registry/tables.ts';
export { versionOf, versionsOf } from './registry/version-records.ts';
export {
  createIsolatedRuntime,
  createProcessRuntime,
  createTrustedRuntime,
  DEFAULT_POOL,
  type PoolSettings,
  type ProcessSettings,
} from './sandbox/index.ts';
export { conformanceOf } from './kinds/conformance.ts';
export {
  openConformanceRun,
  type ConformanceRunOptions,
  type OpenConformanceRun,
} from './kinds/conformance-run.ts';
export { demandsOf, packageDemandsOf } from './kinds/demands.ts';
export type {
  ConformanceResult,
  ConformanceRun,
  KindContract,
  OperationCaller,
} from './kinds/kind.ts';
export { kinds as pluginKinds } from './kinds/registry.generated.ts';
export {
  defineRules,
  ruleCheckOf,
  ruleOperations,
  type RulesDefinition,
} from './kinds/business-rule/index.ts';
export { checksOf } from './kinds/compliance-validator/index.ts';
export {
  deidentifyFhir,
  streamThrough,
  type Deidentified,
  type DeidentifyOptions,
  type StreamOrder,
} from './kinds/data-processor/index.ts';
export {
  connectorFromOpenApi,
  digestOfPins,
  driftOf,
  McpServerPlace,
  MOUNT_FILE,
  MountFile,
  mountedFindings,
  mountPackage,
  readMcpTools,
  type MountDefinition,
  type MountedPackage,
  type OpenApiConnectorOptions,
  type PinnedTool,
  type ToolConcern,
  type ToolDrift,
} from './kinds/integration-connector/index.ts';
export {
  defineScanner,
  scanRuleOf,
  type ScannerDefinition,
} from './kinds/security-scanner/index.ts';
export {
  defineTemplate,
  instantiatedPlan,
  instantiateTemplate,
  planFromTemplate,
  type TemplateCall,
  type TemplateDefinition,
  TemplateDocument,
} from './kinds/workflow-template/index.ts';
export { integrityOf, packageSubject, readManifest, readPackage } from './package/index.ts';
export {
  createScanner,
  DEFAULT_SCAN,
  describeReport,
  isRunaway,
  readAdvisories,
  RISK_LIMITS,
  SEVERITY_WEIGHT,
  toSarif,
  type Advisories,
  type Advisory,
  type CodeFile,
  type Fact,
  type FactKind,
  type FactOf,
  type RiskPart,
  type RuleHit,
  type Scanner,
  type ScanRule,
  type ScanSettings,
  type ScanSubject,
  type Severity,
  type Suppression,
  type Value,
} from './scan/index.ts';
export {
  createSignatureCheck,
  Envelope,
  signPackage,
  type SignatureSettings,
  type SigstoreTrust,
  type TrustedIdentity,
  openEnvelope,
  signPayload,
  type SigningKey,
  type VerifyingKey,
  type TrustedKey,
} from './signing/index.ts';
export {
  AdmissionRefusedError,
  ApprovalNeededError,
  BrokenPackageError,
  CallApprovalNeededError,
  CallRefusedError,
  ConflictingPluginError,
  CyclicPluginsError,
  DependentsBrokenError,
  EffectUnknownError,
  NothingToSettleError,
  EffectUnreadableError,
  HistoryFullError,
  EngineMismatchError,
  InvalidAdvisoriesError,
  InvalidManifestError,
  InvalidPluginStateError,
  StepTakenError,
  InvalidTemplateError,
  KindMismatchError,
  McpServerFailedError,
  McpToolChangedError,
  MissingDependencyError,
  NothingToRollBackError,
  PersonalDataRefusedError,
  PluginAbortedError,
  PluginBusyError,
  PluginClosedError,
  PluginCrashedError,
  PluginDeniedError,
  PluginError,
  PluginFailedError,
  PluginHostError,
  PluginLimitError,
  PluginLoadError,
  PluginTrippedError,
  ScanRuleError,
  SchemaMismatchError,
  ToolNotAllowedError,
  UnhealthyPluginError,
  UnknownOperationError,
  UnknownPluginError,
  UnsuitableConfigError,
  UnusableKeyError,
  UnusableTrustedRootError,
  type ManifestProblem,
} from './errors/index.ts';
