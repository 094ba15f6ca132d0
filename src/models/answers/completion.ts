import { z } from 'zod';

import { frozenJson } from '../../kernel/index.ts';
import type { ToolCall } from '../tools/tool-offer.ts';

const Message = z.object({
  content: z.unknown(),
  refusal: z.string().nullish(),
  tool_calls: z
    .array(
      z.object({
        id: z.string().nullish(),
        function: z.object({ name: z.string(), arguments: z.unknown() }),
      }),
    )
    .nullish(),
});

const TokenCounts = z.object({ prompt_tokens: z.int().min(1), completion_tokens: z.int().min(0) });

/** What we read of a chat completion, whoever sent it. */
export const Completion = z.object({
  choices: z.array(z.object({ finish_reason: z.string().nullish(), message: Message })).min(1),
  // A server that counts no tokens, or nonsense, is treated as one that says nothing.
  usage: TokenCounts.nullish().catch(undefined),
});
export type Completion = z.infer<typeof Completion>;

/** What a completion holds, before anyone looks at the answer itself. */
export type ModelOutput =
  | { readonly kind: 'refused'; readonly by: 'model' | 'content-filter' }
  | { readonly kind: 'truncated' | 'tool-call' | 'text'; readonly text: string };

/** Reads the first choice of a completion: the call of `tool` if there is one, its text otherwise. */
export function readOutput(completion: Completion, tool: string): ModelOutput {
  const [choice] = completion.choices;
  if (choice === undefined) return { kind: 'text', text: '' };
  const { message } = choice;
  if (choice.finish_reason === 'content_filter') return { kind: 'refused', by: 'content-filter' };
  if (typeof message.refusal === 'string' && message.refusal !== '')
    return { kind: 'refused', by: 'model' };
  const call = message.tool_calls?.find((candidate) => candidate.function.name === tool);
  const text = call === undefined ? textOf(message.content) : argumentsOf(call.function.arguments);
  if (choice.finish_reason === 'length') return { kind: 'truncated', text };
  return { kind: call === undefined ? 'text' : 'tool-call', text };
}

/**
 * Gives the calls of tools that a completion asks for, in order; empty for one that answers.
 *
 * @param ordinal - Numbers calls that a server gave no id.
 */
export function readCalls({ choices }: Completion, ordinal: number): readonly ToolCall[] {
  const calls = choices[0]?.message.tool_calls ?? [];
  if (choices[0]?.finish_reason === 'length') return [];
  return calls.map(({ id, function: { name, arguments: given } }, index) => ({
    id: id ?? `call-${ordinal}-${index}`,
    name,
    args: objectOf(argumentsOf(given)),
  }));
}

function objectOf(text: string): ToolCall['args'] {
  try {
    // A tool without arguments is called with nothing by some servers.
    const parsed = Arguments.safeParse(frozenJson(JSON.parse(text === '' ? '{}' : text)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // The model is told, and may call again.
    return undefined;
  }
}

const Arguments = z.record(z.string(), z.unknown());

/** Text comes as one string or in parts. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  const parts = z.array(z.object({ text: z.string().catch('') })).safeParse(content);
  return parts.success ? parts.data.map((part) => part.text).join('') : '';
}

/** Arguments are JSON text by contract; some servers send the value itself. */
function argumentsOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
