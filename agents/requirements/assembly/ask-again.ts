import type { Answer } from '../../../src/state/index.ts';
import type { OpenQuestion } from '../artifact.ts';
import { plainText } from '../brief/plain-text.ts';
import { shorten } from '../conflicts/conflict.ts';
import type { Language } from '../lexicon/languages.ts';
import { CHOOSE, NOT_UNDERSTOOD, say } from '../wording/wording.ts';

/** Longer answers are shown by their beginning. */
const READ_CHARACTERS = 2000;

/** Says in a question that is asked again what became of its answer. */
export function askAgain(
  question: OpenQuestion,
  language: Language,
  answers: readonly Answer[],
): OpenQuestion {
  const answer = answers.findLast((given) => given.question === question.id)?.text ?? '';
  const shown = shorten(plainText(answer.slice(0, READ_CHARACTERS)));
  if (shown === '') return question;
  const failed = say(NOT_UNDERSTOOD[language], shown);
  const remedy = question.options.length === 0 ? '.' : `: ${CHOOSE[language]}`;
  return { ...question, text: `${failed}${remedy} ${question.text}` };
}
