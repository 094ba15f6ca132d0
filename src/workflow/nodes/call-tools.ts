import { ToolMessage } from '@langchain/core/messages';
import type { RunnableConfig } from '@langchain/core/runnables';
import type { StructuredTool } from '@langchain/core/tools';
import { toJsonSchema } from '@langchain/core/utils/json_schema';
import { isGraphBubbleUp } from '@langchain/langgraph';

import {
  digestOf,
  frozenJson,
  isPhasegateError,
  NotJsonError,
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
/** Stands in the trail where no name of ours fits: for a tool that a model made up, and for several. */
const NO_TOOL = 'tools';
const CODE = /^[A-Z][A-Z0-9_]{0,63}$/;

/** Numbers the calls of one try of a visit: the same when the visit runs again after a crash. */
export interface CallNumbers {
  readonly visit: string;
  readonly next: () => number;
  /** Tells a call apart from those of the tries before. */
  readonly keyOf: (number: number) => string;
}

/** @param tried - Tries of this visit that there were before, in this process. */
export function callNumbers(visit: string, tried: number): CallNumbers {
  const next = counter();
  return Object.freeze({ visit, next, keyOf: (number: number) => `${tried}.${number}` });
}

/** What the tools of one visit are called with. */
export interface ToolCalling {
  readonly tools: readonly StructuredTool[];
  readonly config: RunnableConfig;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly numbers: CallNumbers;
  /** Told of every call before it is made and before its result is used; what it rejects with, the call does. */
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
      const id = `${entry}#${ordinals()}`;
      const call = { id, number: calling.numbers.next(), name: tool.name, args: input };
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
    refuse: async (calls, because) => recordRefused(within, calls, because),
  };
}

function offeredTool({ name, description, schema }: StructuredTool): OfferedTool {
  // A JSON Schema for tools of plugins, and whatever LangChain takes for tools in code.
  const parameters = toJsonSchema(schema) as OfferedTool['parameters'];
  return { name, description, parameters };
}

async function resultOf(calling: ToolCalling, { id, name, args }: ToolCall): Promise<ToolResult> {
  const { numbers } = calling;
  const number = numbers.next();
  // Tools do things once for each id: what a model calls its calls may be there twice, and is another after a crash.
  const call = { id: `${numbers.visit} ${name}#${number}`, number, name, args };
  const { text, code } = await callOnce(calling, call);
  return { id, name, content: dataOf(text), failed: code !== undefined };
}

interface Called {
  readonly output: JsonValue | undefined;
  /** For a model. */
  readonly text: string;
  /** The error's code where the call failed. */
  readonly code: string | undefined;
}

interface Failed extends Called {
  readonly code: string;
}

interface NumberedCall {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly args: unknown;
}

/** What cannot be recorded does not happen: a call is recorded before it is made, and what came of it before it is used. */
async function callOnce(calling: ToolCalling, call: NumberedCall): Promise<Called> {
  const { tools, config, signal, numbers, onUse } = calling;
  const tool = tools.find(({ name }) => name === call.name);
  const args = jsonOf(call.args);
  const number = numbers.keyOf(call.number);
  if (tool === undefined || args === undefined) {
    const refused = tool === undefined ? unknownTool() : unfitArguments();
    await onUse?.({
      number,
      outcome: 'refused',
      tool: tool?.name ?? NO_TOOL,
      code: refused.code,
      calls: 1,
    });
    return refused;
  }
  const use = { number, tool: tool.name, input: digestOf(args) };
  await onUse?.({ ...use, outcome: 'pending' });
  const called = await invoked(tool, { id: call.id, name: tool.name, args }, { ...config, signal });
  const { output, text, code } = called;
  await onUse?.(
    code === undefined
      ? { ...use, outcome: 'success', output: digestOf(output ?? text) }
      : { ...use, outcome: 'failure', code },
  );
  return called;
}

/** A frozen copy; undefined for what has no digest. */
function jsonOf(args: unknown): JsonValue | undefined {
  if (args === undefined) return undefined;
  try {
    return frozenJson(args);
  } catch (error) {
    if (error instanceof NotJsonError) return undefined;
    throw error;
  }
}

async function recordRefused(
  { tools, numbers, onUse }: ToolCalling,
  calls: readonly ToolCall[],
  code: string,
): Promise<void> {
  const number = numbers.keyOf(numbers.next());
  const names = new Set(calls.map(({ name }) => name));
  const [known, ...others] = tools.filter(({ name }) => names.has(name));
  const tool = known !== undefined && others.length === 0 ? known.name : NO_TOOL;
  await onUse?.({ number, outcome: 'refused', tool, code, calls: calls.length });
}

async function invoked(
  tool: StructuredTool,
  call: { readonly id: string; readonly name: string; readonly args: JsonValue },
  config: RunnableConfig,
): Promise<Called> {
  try {
    const given: unknown = await tool.invoke(
      // A copy of its own: the frozen one is what was recorded.
      { ...call, args: structuredClone(call.args) as object, type: 'tool_call' },
      config,
    );
    if (!ToolMessage.isInstance(given))
      return { output: undefined, text: String(given).toWellFormed(), code: undefined };
    const { output, error } = artifactOf(given.artifact);
    const code = given.status === 'error' ? (error ?? 'TOOL_FAILED') : undefined;
    return { output, text: given.text.toWellFormed(), code };
  } catch (error) {
    // An interrupt, and the wish to stop, are no failures of a tool.
    if (isGraphBubbleUp(error) || config.signal?.aborted === true) throw error;
    if (isPhasegateError(error)) return failure(error.code, `${error.message} ${error.hint}`);
    return failure('TOOL_FAILED', 'The tool could not be used.');
  }
}

function unknownTool(): Failed {
  return failure('TOOL_UNKNOWN', 'There is no such tool.');
}

function unfitArguments(): Failed {
  return failure(
    'TOOL_BAD_ARGUMENTS',
    'The arguments are no JSON object, or hold what cannot be taken: deep nesting, numbers out of range, half characters, reserved names.',
  );
}

function failure(code: string, text: string): Failed {
  return { output: undefined, text: `${code}: ${text}`, code };
}

function artifactOf(artifact: unknown): { readonly output?: JsonValue; readonly error?: string } {
  // As the tools of plugins leave it; tools of others may leave anything.
  if (typeof artifact !== 'object' || artifact === null) return {};
  const { output, error } = artifact as { readonly output?: unknown; readonly error?: unknown };
  return {
    ...(output === undefined ? {} : { output: frozenJson(output) }),
    // It is recorded, and anything but a code may say anything.
    ...(typeof error === 'string' && CODE.test(error) ? { error } : {}),
  };
}

/** Without "<" no text of a tool can look like the end of the data. */
function dataOf(text: string): string {
  return `<data>\n${text
    .slice(0, MAX_CONTENT)
    .toWellFormed()
    .replaceAll('<', String.raw`\u003c`)}\n</data>`;
}

function counter(): () => number {
  let next = 0;
  return () => next++;
}
