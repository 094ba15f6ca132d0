import { ToolMessage } from '@langchain/core/messages';
import type { RunnableConfig } from '@langchain/core/runnables';
import type { StructuredTool } from '@langchain/core/tools';
import { toJsonSchema } from '@langchain/core/utils/json_schema';
import { isGraphBubbleUp } from '@langchain/langgraph';

import {
  digestOf,
  frozenJson,
  isPhasegateError,
  type JsonValue,
  type Logger,
} from '../../kernel/index.ts';
import type { OfferedTool, ToolCall, ToolOffer, ToolResult } from '../../models/index.ts';
import type { AgentTools } from '../agent.ts';
import type { ToolUse } from '../trail/trail-events.ts';

/** Rounds of calls before a model has to answer, unless its agent says otherwise. */
const MAX_ROUNDS = 6;
const MAX_CALLS_PER_ROUND = 8;
/** What of a tool's answer goes before a model. */
const MAX_CONTENT = 32_768;

/** What the tools of one visit are called with. */
export interface ToolCalling {
  readonly tools: readonly StructuredTool[];
  readonly config: RunnableConfig;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** Told of every call before its result is used; what it rejects with, the call does. */
  readonly onUse?: ((use: ToolUse) => Promise<void>) | undefined;
}

/** Gives the tools of a visit to its agent. */
export function agentTools(calling: ToolCalling): AgentTools {
  const { tools, logger } = calling;
  const ordinals = counter();
  return Object.freeze({
    offered: tools,
    call: async (entry: string, input: JsonValue) => {
      const tool = tools.find(({ metadata }) => metadata?.['entry'] === entry);
      if (tool === undefined) return undefined;
      // Told apart within the visit, and the same when it runs again.
      const call = { id: `${entry}#${ordinals()}`, name: tool.name, args: input };
      const { output, code } = await callOnce(calling, call);
      if (code !== undefined) logger.warn('tool-failed', { tool: entry, code });
      return output;
    },
  });
}

/** Offers tools to a model: their calls are carried out in the model's order, and failures are told to it. */
export function toolOffer(
  calling: ToolCalling,
  {
    offered,
    maxRounds = MAX_ROUNDS,
  }: { readonly offered: readonly StructuredTool[]; readonly maxRounds?: number | undefined },
): ToolOffer {
  const within = { ...calling, tools: offered };
  return {
    tools: offered.map(offeredTool),
    maxRounds,
    maxCallsPerRound: MAX_CALLS_PER_ROUND,
    run: async (calls) => {
      const results: ToolResult[] = [];
      for (const call of calls) {
        // One after the other: an interrupt finds those before it done, in the same order when the visit runs again.
        // oxlint-disable-next-line no-await-in-loop
        results.push(await resultOf(within, call));
      }
      return results;
    },
  };
}

function offeredTool({ name, description, schema }: StructuredTool): OfferedTool {
  // A JSON Schema for tools of plugins, and whatever LangChain takes for tools in code.
  const parameters = toJsonSchema(schema) as OfferedTool['parameters'];
  return { name, description, parameters };
}

async function resultOf(calling: ToolCalling, { id, name, args }: ToolCall): Promise<ToolResult> {
  if (args === undefined)
    return { id, name, content: 'The arguments are no JSON object.', failed: true };
  const { text, code } = await callOnce(calling, { id, name, args });
  return { id, name, content: dataOf(text), failed: code !== undefined };
}

interface Called {
  readonly output: JsonValue | undefined;
  /** For a model. */
  readonly text: string;
  /** The error's code where the call failed. */
  readonly code: string | undefined;
}

async function callOnce(
  { tools, config, signal, onUse }: ToolCalling,
  { id, name, args }: { readonly id: string; readonly name: string; readonly args: unknown },
): Promise<Called> {
  const tool = tools.find((candidate) => candidate.name === name);
  const called = await invoked(tool, { id, name, args }, { ...config, signal });
  const { output, text, code } = called;
  await onUse?.({
    id,
    tool: name,
    input: digestOf(frozenJson(args ?? null)),
    ...(code === undefined ? { output: digestOf(output ?? text) } : { code }),
  });
  return called;
}

async function invoked(
  tool: StructuredTool | undefined,
  call: { readonly id: string; readonly name: string; readonly args: unknown },
  config: RunnableConfig,
): Promise<Called> {
  if (tool === undefined) return failure('TOOL_UNKNOWN', 'There is no such tool.');
  try {
    const given: unknown = await tool.invoke(
      { ...call, args: call.args as object, type: 'tool_call' },
      config,
    );
    if (!ToolMessage.isInstance(given))
      return { output: undefined, text: String(given), code: undefined };
    const { output, error } = artifactOf(given.artifact);
    const failed = given.status === 'error';
    return { output, text: given.text, code: failed ? (error ?? 'TOOL_FAILED') : undefined };
  } catch (error) {
    // An interrupt, and the wish to stop, are no failures of a tool.
    if (isGraphBubbleUp(error) || config.signal?.aborted === true) throw error;
    if (isPhasegateError(error)) return failure(error.code, `${error.message} ${error.hint}`);
    return failure('TOOL_FAILED', 'The tool could not be used.');
  }
}

function failure(code: string, text: string): Called {
  return { output: undefined, text: `${code}: ${text}`, code };
}

function artifactOf(artifact: unknown): { readonly output?: JsonValue; readonly error?: string } {
  // As the tools of plugins leave it; tools of others may leave anything.
  if (typeof artifact !== 'object' || artifact === null) return {};
  const { output, error } = artifact as { readonly output?: unknown; readonly error?: unknown };
  return {
    ...(output === undefined ? {} : { output: frozenJson(output) }),
    ...(typeof error === 'string' ? { error } : {}),
  };
}

/** Without "<" no text of a tool can look like the end of the data. */
function dataOf(text: string): string {
  return `<data>\n${text.slice(0, MAX_CONTENT).replaceAll('<', String.raw`\u003c`)}\n</data>`;
}

function counter(): () => number {
  let next = 0;
  return () => next++;
}
