import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';

import {
  digestOf,
  frozenJson,
  isPhasegateError,
  type Facts,
  type JsonValue,
} from '../../../kernel/index.ts';
import type { Executor } from '../../executor/executor.ts';
import type { Caller, PluginEvents } from '../../registry/registry-parts.ts';
import { sanitisedWords } from '../sanitised-words.ts';
import { inputOf, structuredOf, type McpOperation } from './mcp-operation.ts';

/** What a call of a tool is answered with. */
export interface AnswerParts {
  readonly executor: Executor;
  /** Every call is recorded; what cannot be recorded is not answered. */
  readonly events: PluginEvents;
  readonly nextId: () => string;
  readonly caller: Caller;
  /** How the program is called, for hints. */
  readonly program: string;
}

/** One call, as it came in. */
export interface McpCall {
  readonly tool: McpOperation;
  readonly arguments: Readonly<Record<string, unknown>> | undefined;
  readonly signal: AbortSignal;
  readonly progress: ((facts: Facts) => void) | undefined;
}

/**
 * Calls an operation through the executor: rights, stops, schemas, approvals of effects and limits hold as for every other
 * caller. A failure is an answer too, in our own words.
 */
export async function answerCall(parts: AnswerParts, call: McpCall): Promise<CallToolResult> {
  const { tool, signal } = call;
  try {
    const result = await performed(parts, call);
    await record(parts, tool, undefined);
    const structuredContent = structuredOf(tool.operation, result.output);
    return {
      content: [{ type: 'text', text: JSON.stringify(structuredContent) }],
      structuredContent,
      _meta: { 'phasegate/digest': result.digest, 'phasegate/output': digestOf(result.output) },
    };
  } catch (error) {
    // Nobody waits for an answer any more.
    if (signal.aborted) throw error;
    const { code, text } = sanitisedWords(error);
    if (code !== 'PLUGINS_CALL_REFUSED') await record(parts, tool, code);
    const more = approvalHint(error, tool, parts);
    return {
      isError: true,
      content: [{ type: 'text', text: `${code}: ${text}${more}` }],
      _meta: { 'phasegate/code': code },
    };
  }
}

async function performed(
  { executor, caller }: AnswerParts,
  { tool, arguments: args, signal, progress }: McpCall,
): ReturnType<Executor['execute']> {
  return await executor.execute({
    plugin: tool.plugin.version.id,
    operation: tool.operation.name,
    input: inputOf(
      tool,
      frozenJson(args ?? {}, 'arguments') as Readonly<Record<string, JsonValue>>,
    ),
    caller,
    signal,
    ...(progress === undefined ? {} : { progress }),
  });
}

async function record(
  { events, nextId, caller }: AnswerParts,
  { plugin, operation }: McpOperation,
  code: string | undefined,
): Promise<void> {
  await events.record({
    key: `plugins/mcp/${nextId()}`,
    kind: 'plugin-call',
    caller,
    plugin: plugin.version.id,
    digest: plugin.version.digest,
    outcome: code === undefined ? 'success' : 'failure',
    facts: { operation: operation.name, door: 'mcp', ...(code === undefined ? {} : { code }) },
  });
}

/** Who consents is a person outside of this connection; the arguments are the caller's own. */
function approvalHint(
  error: unknown,
  { plugin, operation }: McpOperation,
  { program }: AnswerParts,
): string {
  if (!isPhasegateError(error) || error.code !== 'PLUGINS_CALL_APPROVAL_NEEDED') return '';
  const digest = String(error.details['inputDigest']);
  const id = plugin.version.id;
  return (
    ` A person consents with: ${program} plugins consent ${id} ${operation.name} --input JSON, where JSON is exactly what ` +
    `"${operation.name}" takes (digest ${digest}). Then call again with the same arguments.`
  );
}
