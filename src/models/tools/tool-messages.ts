import { AIMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages';

import type { AnswerFormat } from '../answers/prompt.ts';
import type { ToolOffer, ToolTurn } from './tool-offer.ts';

/** Gives rounds of calls as the messages of a conversation. */
export function messagesOf(turns: readonly ToolTurn[]): readonly BaseMessage[] {
  return turns.flatMap(({ calls, results }) => [
    new AIMessage({
      content: '',
      tool_calls: calls.map(({ id, name, args = {} }) => ({ id, name, args, type: 'tool_call' })),
    }),
    ...results.map(
      ({ id, name, content, failed }) =>
        new ToolMessage({
          content,
          name,
          tool_call_id: id,
          status: failed ? 'error' : 'success',
        }),
    ),
  ]);
}

/**
 * Puts tools into a request beside the answer's own format.
 *
 * @param last - Whether only an answer is taken: the tools stay known, because the conversation speaks of them.
 */
export function withTools(
  format: AnswerFormat,
  { tools }: Pick<ToolOffer, 'tools'>,
  last: boolean,
): AnswerFormat {
  const offered = tools.map(({ name, description, parameters }) => ({
    type: 'function',
    function: { name, description, parameters },
  }));
  const { tools: answers, tool_choice: forced, ...options } = format.options;
  // Where the answer is a tool call itself, the model has to call something, and at the end the answer.
  const byCall = Array.isArray(answers);
  const free = byCall ? 'required' : 'auto';
  const choice = last ? (byCall ? forced : 'none') : free;
  return {
    instruction: format.instruction,
    options: {
      ...options,
      tools: [...(byCall ? (answers as readonly unknown[]) : []), ...offered],
      tool_choice: choice,
    },
  };
}
