import type { BaseMessage } from '@langchain/core/messages';

import type { Usage } from '../../state/index.ts';
import { readCalls, type Completion } from '../answers/completion.ts';
import { conversation, type AnswerFormat } from '../answers/prompt.ts';
import type { AnswerProblem } from '../answers/read-answer.ts';
import type { StructuredRequest } from '../port.ts';
import { messagesOf, withTools } from './tool-messages.ts';
import type { ToolCall, ToolResult, ToolTurn } from './tool-offer.ts';

/** What is sent next. */
export interface Asking {
  readonly messages: readonly BaseMessage[];
  readonly format: AnswerFormat;
}

/** The rounds of calls of one request. */
export interface Rounds {
  asking(problem: AnswerProblem | undefined): Asking;
  /** Carries out the calls that a completion asks for. @returns Whether there were any. */
  carryOut(completion: Completion, spent: Usage): Promise<boolean>;
}

/** Opens the rounds of a request; of one that offers no tools there are none. */
export function openRounds(request: StructuredRequest<unknown>, format: AnswerFormat): Rounds {
  const { tools: offer } = request;
  const turns: ToolTurn[] = [];
  const isLast = (): boolean => offer === undefined || turns.length >= offer.maxRounds;
  return {
    asking: (problem) => ({
      messages: conversation(request, format.instruction, { problem, turns: messagesOf(turns) }),
      format:
        offer === undefined || offer.tools.length === 0
          ? format
          : withTools(format, offer, isLast()),
    }),
    carryOut: async (completion, spent) => {
      if (offer === undefined) return false;
      const names = new Set(offer.tools.map(({ name }) => name));
      const asked = readCalls(completion, turns.length);
      const calls = asked.filter(({ name }) => names.has(name));
      const unknown = asked.filter(({ name }) => !names.has(name));
      if (unknown.length > 0) await offer.refuse?.(unknown, 'TOOL_UNKNOWN');
      const tooMany = calls.slice(isLast() ? 0 : offer.maxCallsPerRound);
      if (tooMany.length > 0) await offer.refuse?.(tooMany, 'TOOL_TOO_MANY');
      if (calls.length === 0 || isLast()) return false;
      const results = await offer.run(calls.slice(0, offer.maxCallsPerRound), spent);
      turns.push({ calls, results: [...results, ...tooMany.map(refusalOf)] });
      return true;
    },
  };
}

/** A server refuses a conversation in which a call has no result. */
function refusalOf({ id, name }: ToolCall): ToolResult {
  return { id, name, content: 'Too many calls at once: it was not made.', failed: true };
}
