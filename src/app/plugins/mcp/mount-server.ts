import { randomBytes } from 'node:crypto';

import { silentLogger, systemClock } from '../../../kernel/index.ts';
import {
  addPlugin,
  createHost,
  digestOfPins,
  driftOf,
  Limits,
  MOUNT_FILE,
  MountFile,
  mountPackage,
  readMcpTools,
  versionsOf,
  type Caller,
  type HostServices,
  type McpServerPlace,
  type MountedPackage,
  type PluginHost,
  type PluginVersion,
  type ToolConcern,
  type ToolDrift,
} from '../../../plugins/index.ts';
import { NothingMountedError } from '../errors.ts';
import type { AppPlugins } from '../open-plugins-of.ts';
import { policyOf } from '../plugin-policy.ts';

/** A server that is to be mounted, or looked at again. */
export interface MountOrder {
  readonly id: string;
  /** The one that is mounted under the id already, unless told. */
  readonly server?: McpServerPlace | undefined;
  /** Tools that change nothing, as the operator says; those of the version before unless told. */
  readonly reads?: readonly string[] | undefined;
  /** Tools to mount; all unless told. */
  readonly only?: readonly string[] | undefined;
  readonly caller: Caller;
}

/** What came of it. */
export interface MountReport {
  /** The version that stands for the tools as they are now. */
  readonly version: PluginVersion;
  /** What is not as it was in the version before; nothing of a first one. */
  readonly drift: readonly ToolDrift[];
  readonly concerns: readonly ToolConcern[];
  /** Whether nothing has changed, so that no version was made. */
  readonly isSame: boolean;
}

const WALL_MS = 30_000;

/**
 * Asks an MCP server for its tools, within the policy of this installation, and writes them down as a plugin that waits for a
 * person: whatever the scan says, nobody but a person consents to a server's tools.
 *
 * @throws {@link NothingMountedError}; PLUGINS_DENIED; PLUGINS_MCP_SERVER_FAILED; PLUGINS_*.
 */
export async function mountServer(plugins: AppPlugins, order: MountOrder): Promise<MountReport> {
  const { id, caller, only } = order;
  const before = await mountedBefore(plugins, id);
  const server = order.server ?? before?.mount.server;
  if (server === undefined) throw new NothingMountedError(id);
  const host = hostFor(plugins, id);
  const found = await readMcpTools(server, { id, host, wallMs: WALL_MS });
  const tools = found.filter(({ name }) => only === undefined || only.includes(name));
  const drift = before === undefined ? [] : driftOf(before.mount.tools, tools);
  const definition = { id, server, tools, reads: order.reads ?? before?.reads ?? [] };
  const version = nextVersion(before?.version.version);
  const made = mountPackage({ ...definition, version });
  if (before !== undefined && isSame(made, before))
    return { version: before.version, drift, concerns: made.concerns, isSame: true };
  const source = `mcp:${server.transport === 'stdio' ? server.command : new URL(server.url).host}`;
  const added = await addPlugin(plugins.parts, made.plugin, { caller, source, tier: 'trusted' });
  return { version: added, drift, concerns: made.concerns, isSame: false };
}

/**
 * Asks the server of a mounted version for its tools, and tells what is not as it was pinned. A tool that is `added` is no
 * operation, and harms nobody; one that is `changed` or `gone` is refused when it is called.
 *
 * @returns undefined for a plugin that is no mounted server.
 * @throws PLUGINS_DENIED; PLUGINS_MCP_SERVER_FAILED; PLUGINS_*.
 */
export async function driftOfMounted(
  plugins: AppPlugins,
  { id, digest }: Pick<PluginVersion, 'id' | 'digest'>,
): Promise<readonly ToolDrift[] | undefined> {
  const mount = await mountOf(plugins, digest);
  if (mount === undefined) return undefined;
  const found = await readMcpTools(mount.server, {
    id,
    host: hostFor(plugins, id),
    wallMs: WALL_MS,
  });
  return driftOf(mount.tools, found);
}

interface Before {
  readonly version: PluginVersion;
  readonly mount: MountFile;
  readonly reads: readonly string[];
}

/** The newest version of a mounted server. */
async function mountedBefore(plugins: AppPlugins, id: string): Promise<Before | undefined> {
  for (const version of await versionsOf(plugins.database.reader, id)) {
    // The newest comes first.
    // oxlint-disable-next-line no-await-in-loop
    const mount = await mountOf(plugins, version.digest);
    if (mount === undefined || version.state === 'rejected') continue;
    const pure = version.manifest.contributes.operations.filter(({ sideEffects }) => !sideEffects);
    const reads = mount.tools
      .filter(({ operation }) => pure.some(({ name }) => name === operation))
      .map(({ tool }) => tool);
    return { version, mount, reads };
  }
  return undefined;
}

/** What was pinned; a plugin of another making has no such file. */
async function mountOf(
  { database: { reader } }: AppPlugins,
  digest: string,
): Promise<MountFile | undefined> {
  const row = await reader
    .selectFrom('plugins_files')
    .select('content')
    .where('digest', '=', digest)
    .where('path', '=', MOUNT_FILE)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return MountFile.parse(JSON.parse(Buffer.from(row.content, 'base64').toString()));
}

/** Whether consent to the version before is consent to this one. */
function isSame({ plugin }: MountedPackage, { version, mount }: Before): boolean {
  const file = plugin.files.get(MOUNT_FILE);
  const now = MountFile.parse(JSON.parse(new TextDecoder().decode(file)));
  const operations = (all: PluginVersion['manifest']): string =>
    JSON.stringify(all.contributes.operations);
  return (
    JSON.stringify(now.server) === JSON.stringify(mount.server) &&
    digestOfPins(now.tools) === digestOfPins(mount.tools) &&
    operations(plugin.manifest) === operations(version.manifest)
  );
}

function nextVersion(before: string | undefined): string {
  const [major = '1', minor = '0', patch = '-1'] = (before ?? '').split('.').filter(Boolean);
  return `${major}.${minor}.${Number(patch) + 1}`;
}

/** The operator asks, within what this installation allows. */
function hostFor({ config }: AppPlugins, id: string): PluginHost {
  const { plugins } = config;
  const services: HostServices = {
    clock: systemClock,
    logger: silentLogger,
    randomHex: (bytes) => randomBytes(bytes).toString('hex'),
    secret: async (handle) => plugins.secrets.reveal().get(handle),
    env: (name) => plugins.variables.reveal().get(name),
    privateHosts: plugins.privateHosts,
  };
  return createHost({
    plugin: id,
    limits: Limits.parse({ wallMs: WALL_MS, outputKb: 1024 }),
    layers: [{ name: 'policy', permissions: policyOf(plugins) }],
    services,
    signal: new AbortController().signal,
  });
}
