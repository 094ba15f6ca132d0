export { builtInPlugins } from './built-in-plugins.ts';
export { discoverPlugins, type DiscoveredPlugin } from './finding/discover-plugins.ts';
export {
  rescanPlugins,
  type Rescanned,
  type RescanPluginsOrder,
} from './finding/rescan-plugins.ts';
export {
  describeTemplate,
  planOfTemplate,
  templateCatalogue,
  type TemplateEntry,
  type TemplateOrder,
} from './finding/template-catalogue.ts';
export { chooseVersion } from './choose-version.ts';
export { engineVersion } from './engine-version.ts';
export { folderStateOf, type FolderState } from './folder-state.ts';
export { openPhaseTools } from './tools/open-phase-tools.ts';
export { mcpTokenOf, type McpToken } from './mcp/mcp-token.ts';
export {
  driftOfMounted,
  mountServer,
  type MountOrder,
  type MountReport,
} from './mcp/mount-server.ts';
export {
  openPluginRecords,
  openPluginsAlone,
  openPluginsOf,
  type AppPlugins,
  type PluginSurroundings,
} from './open-plugins-of.ts';
export {
  admitPlugin,
  carryOutUpgrade,
  enableVersion,
  grantRights,
  planUpgrade,
  removeVersion,
  revokeRights,
  rollBack,
  type RightsOrder,
  type UpgradePlan,
} from './operate-plugins.ts';
export { callsOf, figuresOf, type PluginCall, type PluginFigures } from './plugin-figures.ts';
export { OPERATOR_ROLE, pluginCaller } from './record-plugin-events.ts';
export { scanFolder } from './scanning/scan-folder.ts';
export {
  generateSigningKeys,
  signFolder,
  verifyFolder,
  writeSubject,
  type KeyFiles,
  type SignedFolder,
  type SubjectFile,
} from './sign-folder.ts';
export { createScaffold, type Scaffold, type ScaffoldOrder } from './scaffold/create-scaffold.ts';
