import { getConfig, interrupt } from '@langchain/langgraph';
import { z } from 'zod';

import type { JsonValue } from '../../kernel/index.ts';
import {
  openAnswer,
  type AnswerPlace,
  type AskedQuestion,
  type GivenAnswer,
} from './sealed-answer.ts';

/** Waits for a person by an interrupt until there is an answer to this very question of the visit. */
export function awaitAnswer(
  payload: JsonValue,
  question: AskedQuestion,
  place: AnswerPlace,
): GivenAnswer {
  for (;;) {
    const given = interrupt<JsonValue>(payload);
    const answer = openAnswer(given, question, place);
    if (answer === undefined) continue;
    forget(given);
    return answer;
  }
}

const SealOf = z.object({ seal: z.string() });
const Configured = z.object({
  __pregel_scratchpad: z.object({
    nullResume: z.unknown(),
    consumeNullResume: z.custom<() => unknown>((value) => typeof value === 'function'),
  }),
});

/**
 * Keeps an answer that was used from being used again: LangGraph gives the last one that was sent to the next question as
 * well when a visit is gone on with, and an agent may put that one by LangGraph's own `interrupt`.
 */
function forget(given: unknown): void {
  const { data } = Configured.safeParse(getConfig().configurable);
  const { seal } = SealOf.safeParse(given).data ?? {};
  const last = SealOf.safeParse(data?.__pregel_scratchpad.nullResume).data;
  if (last !== undefined && last.seal === seal) data?.__pregel_scratchpad.consumeNullResume();
}
