export { definePlugin, type PluginDefinition } from './define-plugin.ts';
export type { HostCall, HostRequest, HostResponse, PluginHost } from './host.ts';
export {
  Manifest,
  MANIFEST_FILE,
  Operation,
  PluginId,
  PluginKind,
  type JsonSchema,
} from './manifest.ts';
export {
  Limits,
  MAX_THREAD_WAIT_MS,
  PERMISSION_NAMES,
  Permissions,
  type PermissionName,
} from './permissions.ts';
export type { PluginHealth, PluginModule } from './plugin-module.ts';
export type {
  InitializeCall,
  LoadedPlugin,
  PluginPackage,
  PluginRuntime,
  RuntimeCall,
  RuntimeUsage,
  Tier,
} from './runtime.ts';
export { RiskParts, ScanFinding, ScanReport } from './scan-report.ts';
