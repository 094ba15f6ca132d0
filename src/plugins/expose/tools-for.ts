import type { StructuredTool } from '@langchain/core/tools';

import { digestOf } from '../../kernel/index.ts';
import { ToolNotAllowedError, UnknownPluginError } from '../errors/index.ts';
import type { Executor } from '../executor/executor.ts';
import type { CallPlace } from '../executor/operation-call.ts';
import type { Caller } from '../registry/registry-parts.ts';
import { PluginTool } from './plugin-tool.ts';

/** Names are what providers take: letters, digits, "_" and "-", at most 64. */
const MAX_NAME = 64;

/** The tools of one phase of one run. */
export interface ToolsOrder {
  /** On whose behalf the model calls. */
  readonly caller: Caller;
  /** What the phase may use, as `plugin-id/operation`. Nothing else is a tool, and an empty list gives none. */
  readonly allow: readonly string[];
  readonly place?: CallPlace;
}

/**
 * Gives operations as LangChain tools: exactly those that the phase allows, in that order.
 *
 * @throws {@link UnknownPluginError} for one that is not active; {@link ToolNotAllowedError} for a malformed or repeated entry.
 */
export async function toolsFor(
  executor: Executor,
  { caller, allow, place = {} }: ToolsOrder,
): Promise<readonly StructuredTool[]> {
  const tools: PluginTool[] = [];
  for (const entry of allow) {
    const [id = '', name = '', ...rest] = entry.split('/');
    // One after the other, so that the first mistake is the one that is reported.
    // oxlint-disable-next-line no-await-in-loop
    const plugin = await executor.active(id);
    if (plugin === undefined) throw new UnknownPluginError(id, 'active');
    const operation = plugin.version.manifest.contributes.operations.find(
      (candidate) => candidate.name === name,
    );
    if (operation === undefined || rest.length > 0)
      throw new ToolNotAllowedError(entry, 'the plugin has no such operation');
    const tool = new PluginTool({
      executor,
      plugin,
      operation,
      name: toolName(id, name),
      caller,
      place,
    });
    if (tools.some((other) => other.name === tool.name))
      throw new ToolNotAllowedError(entry, 'it is there twice');
    tools.push(tool);
  }
  return tools;
}

/** Gives a name that providers take and that names one operation only. */
export function toolName(plugin: string, operation: string): string {
  const plain = `${plugin}__${operation}`.replaceAll(/[^\w-]/g, '_');
  if (plain.length <= MAX_NAME) return plain;
  const digest = digestOf({ plugin, operation }).slice(0, 8);
  return `${plain.slice(0, MAX_NAME - 9)}_${digest}`;
}
