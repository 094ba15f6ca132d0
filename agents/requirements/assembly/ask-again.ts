import type { Answer } from '../../../src/state/index.ts';
import type { OpenQuestion } from '../artifact.ts';
import { plainText } from '../brief/plain-text.ts';
import { namesSeveral } from '../conflicts/choice.ts';
import { shorten } from '../conflicts/conflict.ts';
import { findDates } from '../lexicon/find-dates.ts';
import type { Language } from '../lexicon/languages.ts';
import { CHOOSE, NAMES_SEVERAL, NOT_UNDERSTOOD, say } from '../wording/wording.ts';

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
  const several = namesSeveral(answer, question.options) || namesDates(question, answer);
  const failed = say((several ? NAMES_SEVERAL : NOT_UNDERSTOOD)[language], shown);
  const remedy = question.options.length === 0 ? '.' : `: ${CHOOSE[language]}`;
  return { ...question, text: `${failed}${remedy} ${question.text}` };
}

/** Where a date is asked for by itself, as the words of an option cannot tell. */
function namesDates({ path }: OpenQuestion, answer: string): boolean {
  return path.startsWith('deadlines') && findDates(answer.slice(0, READ_CHARACTERS)).length > 1;
}
