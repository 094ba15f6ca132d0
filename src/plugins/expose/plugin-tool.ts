import { ToolMessage } from '@langchain/core/messages';
import type { CallbackManagerForToolRun } from '@langchain/core/callbacks/manager';
import type { RunnableConfig } from '@langchain/core/runnables';
import { StructuredTool, type ToolRunnableConfig } from '@langchain/core/tools';

import { digestOf, frozenJson, type JsonValue } from '../../kernel/index.ts';
import type { JsonSchema, Operation } from '../contract/index.ts';
import type { Executor } from '../executor/executor.ts';
import type { CallPlace } from '../executor/operation-call.ts';
import type { ActivePlugin, Caller } from '../registry/registry-parts.ts';
import { sanitisedWords } from './sanitised-words.ts';

/** What of an answer goes before the model; the whole is in the artifact. */
const MAX_CONTENT = 32_768;

/** What a tool hands on besides its text. */
export interface ToolArtifact {
  readonly plugin: string;
  readonly operation: string;
  /** Digest of the plugin that answered. */
  readonly digest: string;
  /** The output, or undefined when the call failed. */
  readonly output: JsonValue | undefined;
  readonly outputDigest: string | undefined;
  /** The error's code when the call failed. */
  readonly error: string | undefined;
}

/** What a tool is made of. */
export interface ToolParts {
  readonly executor: Executor;
  readonly plugin: ActivePlugin;
  readonly operation: Operation;
  readonly name: string;
  readonly caller: Caller;
  readonly place: CallPlace;
}

/**
 * An operation as a LangChain tool. However it is called (ToolNode, invoke, batch, stream), the call goes through the executor.
 * A failure becomes a message with our own words, so that no plugin's text and no stack reaches the model as an error; an
 * interrupt and a cancellation pass through.
 */
export class PluginTool extends StructuredTool<JsonSchema> {
  override readonly name: string;
  override readonly description: string;
  override readonly schema: JsonSchema;
  override readonly responseFormat = 'content_and_artifact';
  readonly #parts: ToolParts;

  constructor(parts: ToolParts) {
    super({});
    this.#parts = parts;
    this.name = parts.name;
    this.description = parts.operation.description;
    // LangChain's validator writes into the schema that it uses.
    this.schema = structuredClone(parts.operation.input);
    // What a tool gives is data: nothing is to be read into it by a tracer's serializer.
    const { id, digest } = parts.plugin.version;
    this.metadata = { plugin: id, digest, entry: `${id}/${parts.operation.name}` };
  }

  static override lc_name(): string {
    return 'PluginTool';
  }

  override async invoke(...[input, config]: Parameters<StructuredTool['invoke']>): Promise<never> {
    try {
      return (await super.invoke(input, config)) as never;
    } catch (error) {
      if (passesThrough(error) || config?.signal?.aborted === true) throw error;
      const call = toolCallId(input, config);
      if (call === undefined) throw error;
      return this.#failure(error, call) as never;
    }
  }

  protected override async _call(
    ...[input, _manager, config]: [JsonValue, CallbackManagerForToolRun?, RunnableConfig?]
  ): Promise<[string, ToolArtifact]> {
    const { executor, plugin, operation, caller, place } = this.#parts;
    const call = toolCallId(undefined, config);
    const writer = writerOf(config);
    const result = await executor.execute({
      plugin: plugin.version.id,
      operation: operation.name,
      input: frozenJson(input, 'input'),
      caller,
      place: call === undefined ? place : { ...place, call },
      ...(config?.signal === undefined ? {} : { signal: config.signal }),
      ...(writer === undefined
        ? {}
        : { progress: (facts) => writer({ type: 'plugin-progress', tool: this.name, ...facts }) }),
    });
    const text = typeof result.output === 'string' ? result.output : JSON.stringify(result.output);
    const content =
      text.length > MAX_CONTENT
        ? `${text.slice(0, MAX_CONTENT)} [${text.length - MAX_CONTENT} more]`
        : text;
    return [content, this.#artifact({ digest: result.digest, output: result.output })];
  }

  #failure(error: unknown, call: string): ToolMessage {
    const { code, text } = sanitisedWords(error);
    return new ToolMessage({
      content: `${code}: ${text}`,
      status: 'error',
      name: this.name,
      tool_call_id: call,
      artifact: this.#artifact({ digest: this.#parts.plugin.version.digest, error: code }),
    });
  }

  #artifact(given: { digest: string; output?: JsonValue; error?: string }): ToolArtifact {
    const { digest, output, error } = given;
    return {
      plugin: this.#parts.plugin.version.id,
      operation: this.#parts.operation.name,
      digest,
      output,
      outputDigest: output === undefined ? undefined : digestOf(output),
      error,
    };
  }
}

/** LangGraph's own control flow is no failure. */
function passesThrough(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'is_bubble_up' in error &&
    error.is_bubble_up === true
  );
}

function toolCallId(input: unknown, config: RunnableConfig | undefined): string | undefined {
  const fromInput =
    typeof input === 'object' &&
    input !== null &&
    'type' in input &&
    input.type === 'tool_call' &&
    'id' in input
      ? input.id
      : undefined;
  const fromConfig = (config as ToolRunnableConfig | undefined)?.toolCall?.id;
  const id = fromInput ?? fromConfig;
  return typeof id === 'string' ? id : undefined;
}

function writerOf(config: RunnableConfig | undefined): ((chunk: unknown) => void) | undefined {
  const writer = config !== undefined && 'writer' in config ? config.writer : undefined;
  return typeof writer === 'function' ? (chunk) => void writer(chunk) : undefined;
}
