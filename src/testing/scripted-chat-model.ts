import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import type { BaseLanguageModelInput } from '@langchain/core/language_models/base';
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from '@langchain/core/language_models/chat_models';
import { AIMessageChunk, type BaseMessage } from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';
import type { Runnable } from '@langchain/core/runnables';
import { convertToOpenAITool } from '@langchain/core/utils/function_calling';

import { hangUntilAborted, matches, openScript, type Matcher, type Script } from './script.ts';

/** A call of a tool, as a scripted chat model makes it. */
export interface ScriptedToolCall {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Default: `call-1`, `call-2`, ... within the answer. */
  readonly id?: string;
}

/** One call that is expected, and how it ends. */
export type ScriptedChatStep = {
  /** Held against the messages, or against their texts. Any call if left out. */
  readonly expect?: Matcher<readonly BaseMessage[]>;
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
} & (
  | { readonly text: string; readonly toolCalls?: readonly ScriptedToolCall[] }
  | { readonly toolCalls: readonly ScriptedToolCall[] }
  | {
      /** A structured answer: the arguments of the bound tool where one is bound, JSON text otherwise. */
      readonly value: Readonly<Record<string, unknown>>;
    }
  | { readonly error: Error }
  | { readonly hangs: true }
);

interface CallOptions extends BaseChatModelCallOptions {
  tools?: BindToolsInput[];
}

type Answer = Exclude<ScriptedChatStep, { error: Error } | { hangs: true }>;

/** A LangChain chat model that does what a script says: tools, structured output, streaming and cancelling included. */
export class ScriptedChatModel extends BaseChatModel<CallOptions> implements AsyncDisposable {
  readonly #script: Script<ScriptedChatStep>;
  readonly #calls: (readonly BaseMessage[])[] = [];

  constructor(steps: readonly ScriptedChatStep[]) {
    super({ maxRetries: 0 });
    this.#script = openScript('scripted chat model', steps);
  }

  /** The messages of every call so far. */
  get calls(): readonly (readonly BaseMessage[])[] {
    return this.#calls;
  }

  /**
   * Call it at the end of a test (disposing calls it too).
   *
   * @throws UnexpectedCallError if a call was not foreseen, even if somebody caught it then; UnconsumedStepsError if
   * a step was not used.
   */
  assertConsumed(): void {
    this.#script.assertConsumed();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.resolve();
    this.assertConsumed();
  }

  override _llmType(): string {
    return 'scripted';
  }

  override bindTools(
    tools: BindToolsInput[],
    options: Partial<CallOptions> = {},
  ): Runnable<BaseLanguageModelInput, AIMessageChunk, CallOptions> {
    return this.withConfig({ ...options, tools: tools.map((tool) => convertToOpenAITool(tool)) });
  }

  override async _generate(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
  ): Promise<ChatResult> {
    const [first, ...rest] = await this.#answer(messages, options);
    const message = rest.reduce((whole, piece) => whole.concat(piece), first);
    return { generations: [{ text: message.text, message }] };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    for (const message of await this.#answer(messages, options)) {
      const chunk = new ChatGenerationChunk({ message, text: message.text });
      yield chunk;
      // oxlint-disable-next-line no-await-in-loop -- the listener sees the pieces in their order
      await runManager?.handleLLMNewToken(chunk.text, undefined, undefined, undefined, undefined, {
        chunk,
      });
    }
  }

  async #answer(
    messages: readonly BaseMessage[],
    options: this['ParsedCallOptions'],
  ): Promise<readonly [AIMessageChunk, ...AIMessageChunk[]]> {
    this.#calls.push(messages);
    options.signal?.throwIfAborted();
    const text = messages.map((message) => message.text).join('\n');
    const step = this.#script.take(({ expect }) => matches(expect, messages, text));
    if ('error' in step) throw step.error;
    if ('hangs' in step) return await hangUntilAborted(options.signal);
    return pieces(step, options.tools ?? []);
  }
}

/**
 * Makes a LangChain chat model for tests that answers from `steps`, in their order.
 *
 * What `withStructuredOutput` gives is the step's `value` as it stands: LangChain's own base class does not parse it.
 */
export function scriptedChatModel(steps: readonly ScriptedChatStep[]): ScriptedChatModel {
  return new ScriptedChatModel(steps);
}

/** The answer as a server streams it: words, halves of arguments, then how it ended. */
function pieces(
  step: Answer,
  tools: readonly BindToolsInput[],
): readonly [AIMessageChunk, ...AIMessageChunk[]] {
  const { text, toolCalls } = contentOf(step, tools);
  const words = text.match(/\s*\S+|\s+$/g) ?? [];
  const last = new AIMessageChunk({
    content: '',
    response_metadata: { finish_reason: toolCalls.length === 0 ? 'stop' : 'tool_calls' },
  });
  // By its type the message knows no usage, though LangChain reads it from there.
  Object.assign(last, { usage_metadata: usageOf(step) });
  const [first, ...rest] = [
    ...words.map((content) => new AIMessageChunk({ content })),
    ...toolCalls.flatMap(halves),
    last,
  ];
  return first === undefined ? [last] : [first, ...rest];
}

function contentOf(
  step: Answer,
  tools: readonly BindToolsInput[],
): { readonly text: string; readonly toolCalls: readonly ScriptedToolCall[] } {
  if (!('value' in step)) {
    return { text: 'text' in step ? step.text : '', toolCalls: step.toolCalls ?? [] };
  }
  const [tool] = tools;
  if (tool === undefined) return { text: JSON.stringify(step.value), toolCalls: [] };
  const { name } = convertToOpenAITool(tool).function;
  return { text: '', toolCalls: [{ name, args: step.value }] };
}

function halves(call: ScriptedToolCall, index: number): readonly AIMessageChunk[] {
  const args = JSON.stringify(call.args);
  const middle = Math.ceil(args.length / 2);
  const id = call.id ?? `call-${index + 1}`;
  const begin = {
    type: 'tool_call_chunk',
    index,
    id,
    name: call.name,
    args: args.slice(0, middle),
  } as const;
  const end = { type: 'tool_call_chunk', index, args: args.slice(middle) } as const;
  return [begin, end].map(
    (chunk) => new AIMessageChunk({ content: '', tool_call_chunks: [chunk] }),
  );
}

function usageOf(step: Answer): {
  input_tokens: number;
  output_tokens: number;
  total_tokens: number;
} {
  const { inputTokens, outputTokens } = step.usage ?? { inputTokens: 0, outputTokens: 0 };
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
}
