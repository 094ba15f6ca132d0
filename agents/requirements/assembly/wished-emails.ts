import type { Answer } from '../../../src/state/index.ts';
import { MAX_WISHED_EMAILS, type OpenQuestion, type WishedEmails } from '../artifact.ts';
import { shorten } from '../conflicts/conflict.ts';
import { candidatesOf, type Draft } from '../conflicts/draft.ts';
import { wishedCount } from '../lexicon/wished-count.ts';
import { EMAIL_COUNT } from '../wording/rules.ts';
import { toFact } from './facts.ts';
import { linesOf } from './required.ts';

const ID = 'wished-emails';

/** How many emails are wished, and the question when the brief names a number that cannot be meant. */
export interface ReadWish {
  readonly wished: WishedEmails | null;
  readonly questions: readonly OpenQuestion[];
}

/** Reads the number of emails from the first place that names one; what contradicts it is asked elsewhere. */
export function readWishedEmails(draft: Draft, answers: readonly Answer[]): ReadWish {
  for (const candidate of candidatesOf(draft, 'wishedEmails')) {
    const fact = toFact(draft, ID, candidate);
    const read = fact === undefined ? undefined : wishedCount(fact.text);
    if (fact === undefined || read === undefined) continue;
    if (isPossible(read.count)) return { wished: { ...fact, ...read }, questions: [] };
    return asked(fact, draft, answers);
  }
  return { wished: null, questions: [] };
}

/** A number within bounds that a person gave instead, or the question for one. */
function asked(
  fact: NonNullable<ReturnType<typeof toFact>>,
  { language }: Draft,
  answers: readonly Answer[],
): ReadWish {
  for (const { question, text } of answers.toReversed()) {
    const line = question === ID ? linesOf(text).join(' ') : '';
    const read = wishedCount(line);
    if (read === undefined || !isPossible(read.count)) continue;
    const source = { kind: 'answer' as const, question: ID };
    const sources = [...fact.sources, source];
    return { wished: { id: ID, text: line, ...read, sources }, questions: [] };
  }
  const [before = '', between = '', behind = ''] = EMAIL_COUNT[language].split('%s');
  const text = `${before}${shorten(fact.text)}${between}${MAX_WISHED_EMAILS}${behind}`;
  return { wished: null, questions: [{ id: ID, text, path: 'wishedEmails', options: [] }] };
}

function isPossible(count: number): boolean {
  return count >= 1 && count <= MAX_WISHED_EMAILS;
}
