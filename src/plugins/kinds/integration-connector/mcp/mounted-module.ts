import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';

import { frozenJson, type JsonValue } from '../../../../kernel/index.ts';
import type { Limits, PluginModule, PluginPackage } from '../../../contract/index.ts';
import {
  BrokenPackageError,
  McpToolChangedError,
  UnknownOperationError,
} from '../../../errors/index.ts';
import { guardOf } from '../../../host/call-guard.ts';
import { withoutHidden } from './inspect-tool.ts';
import { MOUNT_FILE, MountFile, type PinnedTool } from './mount-file.ts';
import { driftOf, type ToolDrift } from './pin-tools.ts';
import type { Reach } from './connect/reach.ts';

/** Gives a mounted package the module that reaches its server; any other package is given back as it is. */
export function withMountedModule(plugin: PluginPackage): PluginPackage {
  const file = plugin.files.get(MOUNT_FILE);
  if (file === undefined || plugin.module !== undefined) return plugin;
  const parsed = MountFile.safeParse(jsonIn(file));
  if (!parsed.success)
    throw new BrokenPackageError('the registry', `${MOUNT_FILE} of ${plugin.manifest.id} is none`);
  const { id, limits } = plugin.manifest;
  return { ...plugin, module: mountedModule(parsed.data, { id, limits }) };
}

interface Mounted {
  readonly id: string;
  readonly limits: Limits;
}

/** The module behind a mounted server: each call finds the tool as it was pinned, or is refused. */
function mountedModule(mount: MountFile, mounted: Mounted): PluginModule {
  let reach: Promise<Reach> | undefined;
  // What speaks MCP is loaded when the first tool is called.
  const reached = (): Promise<Reach> =>
    (reach ??= import('./connect/reach.ts').then(({ openReach }) =>
      openReach(mount.server, mounted),
    ));
  return {
    execute: async (operation, input, host) => {
      const pin = mount.tools.find((tool) => tool.operation === operation);
      if (pin === undefined) throw new UnknownOperationError(mounted.id, operation);
      const { signal } = guardOf(mounted.id, host);
      const server = await reached();
      return await server.within(host, async (connection) => {
        const limits = { timeoutMs: mounted.limits.wallMs, signal };
        demandPinned(mounted.id, pin, driftOf(mount.tools, await connection.tools(limits)));
        const result = await connection.call(pin.tool, argumentsOf(input), limits);
        return answerOf(result);
      });
    },
    // The server itself is looked at where it is called: health is asked without the rights of any caller.
    health: () => ({ status: 'healthy' }),
    cleanup: async () => await (await reach)?.close(),
  };
}

/** @throws {@link McpToolChangedError} for a tool that is not as it was consented to. Others go on. */
function demandPinned(plugin: string, pin: PinnedTool, drift: readonly ToolDrift[]): void {
  const found = drift.find(({ tool, change }) => tool === pin.tool && change !== 'added');
  if (found === undefined) return;
  const what = found.change === 'gone' ? 'is gone or was renamed' : `has another ${partsOf(found)}`;
  throw new McpToolChangedError(plugin, { operation: pin.operation, what });
}

function partsOf({ parts }: ToolDrift): string {
  return parts.length === 0 ? 'tool beside it with the same name' : parts.join(', ');
}

function argumentsOf(input: JsonValue): Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
    ? (input as Readonly<Record<string, JsonValue>>)
    : {};
}

/** Text as text, without what is not seen; of pictures, sounds and resources only that they were there. */
function answerOf({ content, structuredContent, isError }: CallToolResult): JsonValue {
  const texts = content.flatMap((part) => (part.type === 'text' ? [withoutHidden(part.text)] : []));
  const omitted = content.flatMap((part) =>
    part.type === 'text' ? [] : [{ kind: part.type, bytes: JSON.stringify(part).length }],
  );
  return frozenJson({
    text: texts.join('\n'),
    failed: isError === true,
    ...(structuredContent === undefined ? {} : { structured: frozenJson(structuredContent) }),
    omitted,
  });
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
