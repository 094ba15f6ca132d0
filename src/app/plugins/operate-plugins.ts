import {
  addPlugin,
  approvePlugin,
  enablePlugin,
  grantRole,
  permissionDifference,
  removePlugin,
  revokeRole,
  rollBackPlugin,
  UnknownPluginError,
  versionsOf,
  type Caller,
  type ChangeOrder,
  type PermissionDifference,
  type PluginPackage,
  type PluginVersion,
  type Tier,
} from '../../plugins/index.ts';
import type { Config } from '../../config/index.ts';
import type { JsonValue } from '../../kernel/index.ts';
import { PluginMismatchError, PluginRejectedError } from './errors.ts';
import type { AppPlugins } from './open-plugins-of.ts';
import { OPERATOR_ROLE } from './record-plugin-events.ts';

/** What the holders of a role may call. */
export interface RightsOrder {
  readonly caller: Caller;
  readonly role: string;
  readonly plugin: string;
  /** An operation's name, or `*`. */
  readonly operation: string;
}

/** Admits what a folder holds: verified, scanned and written down; from then on the copy in the registry is what runs. */
export async function admitPlugin(
  { parts, config }: AppPlugins,
  plugin: PluginPackage,
  order: { readonly caller: Caller; readonly allowDowngrade?: boolean },
): Promise<PluginVersion> {
  const source = plugin.directory ?? 'code';
  const tier = tierOf(plugin, config.plugins);
  return await addPlugin(parts, plugin, { ...order, source, tier });
}

/** Code from a folder is isolated, unless the configuration names it as one that needs a process of its own. */
function tierOf({ module, manifest }: PluginPackage, { process }: Config['plugins']): Tier {
  if (module !== undefined) return 'trusted';
  return process.includes(manifest.id) ? 'process' : 'isolated';
}

/** Makes a version answer calls, and lets the operator call it with all that was granted to it. */
export async function enableVersion(
  plugins: AppPlugins,
  digest: string,
  order: ChangeOrder & { readonly config?: JsonValue },
): Promise<PluginVersion> {
  const version = await enablePlugin(plugins.parts, digest, order);
  const { caller } = order;
  const rights = { caller, role: OPERATOR_ROLE, plugin: version.id, operation: '*' };
  await grantRights(plugins, rights, version);
  return version;
}

/** Makes the version answer again that did before. What roles were granted of the other one is not widened. */
export async function rollBack(
  plugins: AppPlugins,
  id: string,
  order: ChangeOrder,
): Promise<PluginVersion> {
  const version = await rollBackPlugin(plugins.parts, id, order);
  const { caller } = order;
  const rights = { caller, role: OPERATOR_ROLE, plugin: id, operation: '*' };
  await grantRights(plugins, rights, version);
  return version;
}

/** What would come of an upgrade. */
export interface UpgradePlan {
  readonly from: PluginVersion;
  readonly to: PluginVersion;
  readonly difference: PermissionDifference;
}

/**
 * Admits a folder as the next version of an active plugin, without enabling it.
 *
 * @throws {@link PluginMismatchError}; {@link PluginRejectedError} for one that the scan refuses; PLUGINS_*.
 */
export async function planUpgrade(
  plugins: AppPlugins,
  { id, plugin, caller }: { id: string; plugin: PluginPackage; caller: Caller },
): Promise<UpgradePlan> {
  if (plugin.manifest.id !== id) throw new PluginMismatchError(id, plugin.manifest.id);
  const active = await plugins.executor.active(id);
  if (active === undefined) throw new UnknownPluginError(id, 'active');
  const to = await admitPlugin(plugins, plugin, { caller });
  if (to.state === 'rejected' || to.state === 'quarantined')
    throw new PluginRejectedError(`${to.id}@${to.version}`, to.state);
  return { from: active.version, to, difference: permissionDifference(active.version, to) };
}

/** Approves what is planned where it waits for it, and enables it beside the old version before that one rests. */
export async function carryOutUpgrade(
  plugins: AppPlugins,
  { to }: UpgradePlan,
  order: ChangeOrder,
): Promise<PluginVersion> {
  if (to.state === 'pending-approval') await approvePlugin(plugins.parts, to.digest, order);
  return await enableVersion(plugins, to.digest, order);
}

/** Removes a version; with the last one, every right to call the plugin, so that no other one inherits them with its id. */
export async function removeVersion(
  plugins: AppPlugins,
  version: PluginVersion,
  order: ChangeOrder,
): Promise<void> {
  await removePlugin(plugins.parts, version.digest, order);
  const left = await versionsOf(plugins.database.reader, version.id);
  if (left.length > 0) return;
  const roles = await plugins.database.reader
    .selectFrom('plugins_roles')
    .select(['role', 'operation'])
    .where('plugin', '=', version.id)
    .execute();
  for (const { role, operation } of roles) {
    const rights = { caller: order.caller, role, plugin: version.id, operation };
    // One after the other, each with its evidence.
    // oxlint-disable-next-line no-await-in-loop
    await revokeRights(plugins, rights);
  }
}

/** Lets the holders of a role call an operation, with what was granted to the version. Recorded before it holds. */
export async function grantRights(
  { parts }: Pick<AppPlugins, 'parts'>,
  order: RightsOrder,
  version: PluginVersion,
): Promise<void> {
  await recordRights(parts, order, { what: 'granted', digest: version.digest });
  await grantRole(parts, { ...order, permissions: version.grant ?? {} });
}

/** Takes back what {@link grantRights} gave. Recorded before it holds. @returns Whether there was anything. */
export async function revokeRights({ parts }: AppPlugins, order: RightsOrder): Promise<boolean> {
  await recordRights(parts, order, { what: 'revoked', digest: '' });
  return await revokeRole(parts, order);
}

async function recordRights(
  { events, ids }: AppPlugins['parts'],
  { caller, role, plugin, operation }: RightsOrder,
  { what, digest }: { what: 'granted' | 'revoked'; digest: string },
): Promise<void> {
  await events.record({
    key: `plugins/${ids.next()}`,
    kind: 'plugin-grant',
    caller,
    plugin,
    digest,
    outcome: 'success',
    facts: { what, role, operation },
  });
}
