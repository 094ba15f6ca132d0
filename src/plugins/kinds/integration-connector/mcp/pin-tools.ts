import type { Tool } from '@modelcontextprotocol/sdk/types.js';

import { digestOf, frozenJson, type JsonValue } from '../../../../kernel/index.ts';
import type { Operation } from '../../../contract/index.ts';
import type { PinnedTool } from './mount-file.ts';

/** What of a tool is not as it was. */
export interface ToolDrift {
  /** Its name at the server. */
  readonly tool: string;
  readonly change: 'changed' | 'gone' | 'added';
  /** `description`, `input`, `output`, `annotations`. */
  readonly parts: readonly string[];
}

const PARTS = ['description', 'input', 'output', 'annotations'] as const;

/** Gives the digests of a tool: over canonical JSON of its description, schemas and annotations. */
export function pinTool(tool: Tool, operation: Operation['name']): PinnedTool {
  const { name, title, description, inputSchema, outputSchema, annotations } = tool;
  return {
    operation,
    tool: name,
    // A title stands before people and models as the description does.
    description: partDigest({ title, description }),
    input: partDigest(inputSchema),
    output: partDigest(outputSchema),
    annotations: partDigest(annotations),
  };
}

/** Tells what of a server's tools is not as it was pinned. A tool that was renamed is gone, and another one added. */
export function driftOf(
  pinned: readonly PinnedTool[],
  live: readonly Tool[],
): readonly ToolDrift[] {
  const drift: ToolDrift[] = [];
  for (const pin of pinned) {
    const same = live.filter(({ name }) => name === pin.tool);
    const [tool] = same;
    if (tool === undefined) {
      drift.push({ tool: pin.tool, change: 'gone', parts: [] });
      continue;
    }
    const now = pinTool(tool, pin.operation);
    const parts = PARTS.filter((part) => now[part] !== pin[part]);
    // Of two tools with one name nobody can tell which one answers.
    if (parts.length > 0 || same.length > 1)
      drift.push({ tool: pin.tool, change: 'changed', parts });
  }
  const known = new Set(pinned.map(({ tool }) => tool));
  const added = [...new Set(live.map(({ name }) => name))].filter((name) => !known.has(name));
  return [...drift, ...added.map((tool) => ({ tool, change: 'added' as const, parts: [] }))];
}

/** Gives the one digest of a list of pinned tools. */
export function digestOfPins(pins: readonly PinnedTool[]): string {
  const sorted = [...pins].toSorted((one, other) => (one.tool < other.tool ? -1 : 1));
  return digestOf(frozenJson(sorted));
}

function partDigest(part: unknown): string {
  return digestOf(part === undefined ? null : jsonOf(part));
}

function jsonOf(value: unknown): JsonValue {
  // What came over the wire is JSON; members that are not there are no members.
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}
