import type { Tool } from '@modelcontextprotocol/sdk/types.js';

import { digestOf, isPhasegateError, type JsonValue } from '../../../../kernel/index.ts';
import type { JsonSchema, Operation } from '../../../contract/index.ts';
import { compileSchema } from '../../../executor/compile-schemas.ts';
import { schemaFrom } from '../../operation.ts';
import { isObject } from '../../schema-shape.ts';
import { jsonSchemaOf } from '../open-api/schemas.ts';
import { withoutHidden } from './inspect-tool.ts';
import type { PinnedTool } from './mount-file.ts';
import { pinTool } from './pin-tools.ts';

/** Tools as operations, and as they were pinned. */
export interface MountedOperations {
  readonly operations: readonly Operation[];
  readonly pins: readonly PinnedTool[];
}

const MAX_DESCRIPTION = 1000;

/**
 * Makes operations of a server's tools.
 *
 * @param reads - Tools that change nothing, as the operator says; every other one is taken to have effects, whatever the server
 * says of it.
 */
export function mountOperations(
  tools: readonly Tool[],
  reads: (tool: Tool) => boolean,
): MountedOperations {
  const taken = new Set<string>();
  const mounted = tools.map((tool) => {
    const name = nameOf(tool.name, taken);
    taken.add(name);
    const pure = reads(tool);
    const operation: Operation = {
      name,
      description: descriptionOf(tool),
      input: soundSchema(tool.inputSchema),
      output: outputOf(tool),
      sideEffects: !pure,
      idempotent: pure,
    };
    return { operation, pin: pinTool(tool, name) };
  });
  return {
    operations: mounted.map(({ operation }) => operation),
    pins: mounted.map(({ pin }) => pin),
  };
}

function descriptionOf({ name, description = '' }: Tool): string {
  const text = withoutHidden(description).trim().slice(0, MAX_DESCRIPTION).trim();
  return text === '' ? `The tool ${withoutHidden(name).slice(0, 100)}.` : text;
}

/** The text of an answer, and its structured content where the tool promises one. */
function outputOf({ outputSchema }: Tool): JsonSchema {
  return schemaFrom({
    type: 'object',
    properties: {
      text: { type: 'string' },
      failed: { type: 'boolean' },
      ...(outputSchema === undefined ? {} : { structured: soundSchema(outputSchema) }),
      omitted: {
        type: 'array',
        items: { type: 'object', properties: { kind: { type: 'string' } }, required: ['kind'] },
      },
    },
    required: ['text', 'failed', 'omitted'],
    additionalProperties: false,
  });
}

/** What of a schema the host can hold values against in bounded time; a tool whose schema it cannot compile takes any object. */
function soundSchema(schema: unknown): JsonSchema {
  // What came over the wire is JSON.
  const given = JSON.parse(JSON.stringify(schema ?? {})) as JsonValue;
  const document = isObject(given) ? given : {};
  const sound = { ...jsonSchemaOf(document, document), type: 'object' } as const;
  try {
    compileSchema(schemaFrom(sound), 'mounted');
    return schemaFrom(sound);
  } catch (error) {
    if (!isPhasegateError(error)) throw error;
    return schemaFrom({ type: 'object' });
  }
}

/** `listOpenOrders` becomes `list-open-orders`; names that fall together are told apart by digest. */
function nameOf(tool: string, taken: ReadonlySet<string>): string {
  const words = tool
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '');
  const name = (words === '' ? 'tool' : words).slice(0, 55);
  return taken.has(name) ? `${name}-${digestOf(tool).slice(0, 8)}` : name;
}
