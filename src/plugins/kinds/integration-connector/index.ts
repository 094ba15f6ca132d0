export { integrationConnectorKind } from './contract.ts';
export type { ToolConcern } from './mcp/inspect-tool.ts';
export { MOUNT_FILE, McpServerPlace, MountFile, type PinnedTool } from './mcp/mount-file.ts';
export {
  mountedFindings,
  mountPackage,
  readMcpTools,
  type MountDefinition,
  type MountedPackage,
} from './mcp/mount-package.ts';
export { withMountedModule } from './mcp/mounted-module.ts';
export { digestOfPins, driftOf, type ToolDrift } from './mcp/pin-tools.ts';
export {
  connectorFromOpenApi,
  type OpenApiConnectorOptions,
} from './open-api/connector-from-open-api.ts';
