import type { Tool } from '@modelcontextprotocol/sdk/types.js';

import type { JsonValue } from '../../../kernel/index.ts';
import type { JsonSchema, Operation } from '../../contract/index.ts';
import type { ActivePlugin } from '../../registry/registry-parts.ts';
import { toolName } from '../tools-for.ts';

/** An operation as MCP shows it. */
export interface McpOperation {
  /** The tool's name: letters, digits, `_` and `-`. */
  readonly name: string;
  readonly plugin: ActivePlugin;
  readonly operation: Operation;
}

/** Where the arguments and results of operations go whose schemas are no objects: MCP knows objects only. */
const INPUT = 'input';
const RESULT = 'result';

/** Gives an operation its name. */
export function mcpOperation(plugin: ActivePlugin, operation: Operation): McpOperation {
  return { name: toolName(plugin.version.id, operation.name), plugin, operation };
}

/**
 * Gives an operation as a tool of MCP, with its schemas and what its manifest says of its effects.
 *
 * @see Model Context Protocol 2025-11-25, server/tools
 */
export function mcpTool({ name, plugin, operation }: McpOperation): Tool {
  const { manifest } = plugin.version;
  const { sideEffects, idempotent, description } = operation;
  return {
    name,
    title: `${manifest.title}: ${operation.name}`,
    description,
    inputSchema: objectSchema(operation.input, INPUT),
    outputSchema: objectSchema(operation.output, RESULT),
    annotations: {
      title: `${manifest.title}: ${operation.name}`,
      readOnlyHint: !sideEffects,
      // Nothing says that an effect only adds something.
      destructiveHint: sideEffects,
      idempotentHint: idempotent,
      openWorldHint: manifest.permissions.net !== undefined,
    },
  };
}

/** Gives the input of the operation that a tool's arguments stand for. */
export function inputOf(
  { operation }: McpOperation,
  given: Readonly<Record<string, JsonValue>> | undefined,
): JsonValue {
  const args = given ?? {};
  return isObjectSchema(operation.input) ? args : (args[INPUT] ?? null);
}

/** Gives an output as the object that the tool's output schema promises. */
export function structuredOf(operation: Operation, output: JsonValue): Record<string, JsonValue> {
  return isObjectSchema(operation.output)
    ? { ...(output as Readonly<Record<string, JsonValue>>) }
    : { [RESULT]: output };
}

type ToolSchema = Tool['inputSchema'];

function objectSchema(schema: JsonSchema, member: string): ToolSchema {
  // Clients validate by the draft that they know, and refuse a schema that names another one.
  const { $schema: _draft, ...rest } = schema;
  return isObjectSchema(schema)
    ? { ...(rest as object), type: 'object' }
    : { type: 'object', properties: { [member]: rest }, required: [member] };
}

function isObjectSchema(schema: JsonSchema): boolean {
  return schema['type'] === 'object';
}
