import type { Tool } from '@modelcontextprotocol/sdk/types.js';

import { canonicalJson, frozenJson } from '../../../../kernel/index.ts';
import {
  Limits,
  Manifest,
  type Permissions,
  type PluginHost,
  type PluginPackage,
  type ScanFinding,
} from '../../../contract/index.ts';
import { InvalidManifestError } from '../../../errors/index.ts';
import { packageDigest } from '../../../package/package-digest.ts';
import { inspectTool, type ToolConcern } from './inspect-tool.ts';
import { MOUNT_FILE, type McpServerPlace, type MountFile } from './mount-file.ts';
import { mountOperations } from './mount-operations.ts';
import { withMountedModule } from './mounted-module.ts';

/** A server that is to be mounted. */
export interface MountDefinition {
  readonly id: string;
  readonly version: string;
  readonly server: McpServerPlace;
  /** Its tools, as {@link readMcpTools} found them. */
  readonly tools: readonly Tool[];
  /** Names of tools that change nothing, as the operator says: what a server says of itself is no reason to believe it. */
  readonly reads: readonly string[];
  /** How long a call may take; 30,000 unless told. */
  readonly wallMs?: number | undefined;
}

/** A mounted server as a package. */
export interface MountedPackage {
  readonly plugin: PluginPackage;
  /** What a person should know of the tools' own words. A tool with hidden text is left out. */
  readonly concerns: readonly ToolConcern[];
}

const ENTRY = 'index.js';
const ENTRY_TEXT = `// The server is reached by Phasegate itself, as mcp-server.json says.
export default {
  execute: () => {
    throw new Error('A mounted server has no code of its own.');
  },
};
`;
const MAX_TOOLS = 100;
const WALL_MS = 30_000;

/**
 * Makes a package of a server's tools: its digest is over their names, descriptions, schemas and annotations, so that consent to
 * the package is consent to exactly these tools.
 *
 * @throws {@link InvalidManifestError} without a tool, or with more than 100.
 */
export function mountPackage(definition: MountDefinition): MountedPackage {
  const { id, version, server, tools, reads } = definition;
  const concerns = tools.flatMap(inspectTool);
  const refused = new Set(concerns.filter(({ refuses }) => refuses).map(({ tool }) => tool));
  const sound = tools.filter(({ name }) => !refused.has(name));
  if (sound.length === 0 || sound.length > MAX_TOOLS)
    throw new InvalidManifestError(id, [
      {
        path: 'tools',
        message: `1 to ${MAX_TOOLS} tools can be mounted, and there are ${sound.length}.`,
      },
    ]);
  const { operations, pins } = mountOperations(sound, ({ name }) => reads.includes(name));
  const manifest = Manifest.parse({
    manifestVersion: 1,
    id,
    version,
    kind: 'integration-connector',
    title: `MCP server ${id}`,
    description: `Tools of a mounted MCP server (${server.transport}).`,
    publisher: id.split('.')[0],
    engines: { phasegate: '*' },
    entry: ENTRY,
    permissions: permissionsFor(server),
    limits: { wallMs: definition.wallMs ?? WALL_MS, outputKb: 1024 },
    contributes: { operations },
  });
  const mount: MountFile = { server, tools: pins };
  const encoder = new TextEncoder();
  const files = new Map([
    [ENTRY, encoder.encode(ENTRY_TEXT)],
    [MOUNT_FILE, encoder.encode(canonicalJson(frozenJson(mount)))],
  ]);
  const plugin = { manifest, files, digest: packageDigest({ manifest, files }) };
  return { plugin: withMountedModule(plugin), concerns };
}

/** Asks a server for its tools, through a host that says what may be reached. @throws PLUGINS_*. */
export async function readMcpTools(
  server: McpServerPlace,
  { id, host, wallMs }: { readonly id: string; readonly host: PluginHost; readonly wallMs: number },
): Promise<readonly Tool[]> {
  const { openReach } = await import('./connect/reach.ts');
  const reach = openReach(server, { id, limits: Limits.parse({ wallMs, outputKb: 1024 }) });
  try {
    const signal = new AbortController().signal;
    return await reach.within(host, (connection) =>
      connection.tools({ timeoutMs: wallMs, signal }),
    );
  } finally {
    await reach.close();
  }
}

/** What reaching a server takes, and nothing else. */
export function permissionsFor(server: McpServerPlace): Permissions {
  if (server.transport === 'stdio')
    return {
      spawn: { commands: [server.command] },
      ...(server.env.length === 0 ? {} : { env: { names: [...server.env] } }),
    };
  const { hostname, protocol, port } = new URL(server.url);
  const numbered = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return {
    net: { hosts: [`${hostname}:${numbered}`], methods: ['POST', 'DELETE'] },
    ...(server.secret === undefined ? {} : { secrets: { handles: [server.secret] } }),
  };
}

/**
 * Gives what a scan says of a mounted server besides; undefined for another plugin. Whatever it says, a person decides: nobody else
 * can tell whether a server is to be believed.
 */
export function mountedFindings({
  manifest,
  files,
}: Pick<PluginPackage, 'manifest' | 'files'>): readonly ScanFinding[] | undefined {
  if (!files.has(MOUNT_FILE)) return undefined;
  return manifest.contributes.operations.flatMap(({ name, description, input, output }) =>
    inspectTool({
      name,
      description,
      inputSchema: { ...input, type: 'object' },
      outputSchema: { ...output, type: 'object' },
    }).map(({ rule }) => ({
      rule,
      severity: 'high' as const,
      confidence: 0.7,
      message: `${MESSAGES[rule]} ("${name}").`,
      file: MOUNT_FILE,
      line: 1,
    })),
  );
}

const MESSAGES: Readonly<Record<ToolConcern['rule'], string>> = {
  'mcp.hidden-text': 'The words of a tool hold characters that are not seen',
  'mcp.instructions': 'The words of a tool speak to the model instead of describing the tool',
  'mcp.long-text': 'The words of a tool are longer than anybody reads',
};
