import { interrupt } from '@langchain/langgraph';

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
    const answer = openAnswer(interrupt<JsonValue>(payload), question, place);
    if (answer !== undefined) return answer;
  }
}
