import { z } from 'zod';

import { frozenJson, type JsonValue } from '../../kernel/index.ts';
import type { Answer, Question } from '../../state/index.ts';
import { editedArgs } from './edited.ts';
import { interruptPayload } from './payload.ts';
import { cleanComment } from './response.ts';
import { awaitAnswer } from './await-answer.ts';
import { shownDigest, type AnswerPlace, type AskedQuestion } from './sealed-answer.ts';

/** Where questions are answered. */
export interface AskPlace extends AnswerPlace {
  readonly run: string;
  readonly phase: string;
}

const ACTION = 'answer-questions';
const texts = z.record(z.string(), z.string());
const edits = z.object({ type: z.literal('edit'), args: z.unknown() });
const free = z.object({ type: z.literal('response'), args: z.string() });
const edited = z.object({ args: z.unknown() });
const decisions = z.object({
  decisions: z.tuple([
    z.object({
      type: z.literal('edit'),
      edited_action: edited.optional(),
      editedAction: edited.optional(),
    }),
  ]),
});

/**
 * Waits for a person to answer a batch of questions. An answer of a form that is not recognised, or to none of the
 * questions, leaves them open: the same questions are asked again, saying why.
 *
 * @returns One answer for each question that got a text; the gate asks again for those that still matter.
 */
export function ask(questions: readonly Question[], place: AskPlace): readonly Answer[] {
  const shown = shownDigest({ action: ACTION, args: blank(questions) });
  let problem: string | undefined;
  for (;;) {
    const nth = place.nextQuestion();
    const payload = payloadFor(questions, { ...place, nth }, problem);
    const { value, by, at } = awaitAnswer(payload, { nth, shown }, place);
    const given = readAnswers(value, questions);
    if (given.size > 0)
      return [...given].map(([question, text]) => Object.freeze({ question, text, by, at }));
    problem = 'The last answer could not be read, or answered none of the questions.';
  }
}

function blank(questions: readonly Question[]): Readonly<Record<string, string>> {
  return Object.fromEntries(questions.map(({ id }) => [id, '']));
}

function payloadFor(
  questions: readonly Question[],
  place: AskPlace & Pick<AskedQuestion, 'nth'>,
  problem: string | undefined,
): JsonValue {
  const lines = questions.map(({ id, text, options }) => {
    const choice = options.length === 0 ? '' : ` (${options.join(' / ')})`;
    return `- **${id}**: ${text}${choice}`;
  });
  return interruptPayload({
    action: ACTION,
    args: blank(questions),
    description: [...(problem === undefined ? [] : [problem, '']), ...lines].join('\n'),
    schema: {
      type: 'object',
      properties: Object.fromEntries(
        questions.map(({ id, text }) => [id, { type: 'string', description: text }]),
      ),
      additionalProperties: false,
    },
    decisions: ['edit', 'respond'],
    phasegate: frozenJson({
      kind: 'questions',
      run: place.run,
      phase: place.phase,
      visit: place.visit,
      nth: place.nth,
      questions,
      problem,
    }),
  });
}

function readAnswers(value: unknown, questions: readonly Question[]): ReadonlyMap<string, string> {
  const first: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const known = new Set(questions.map(({ id }) => id));
  const answers = new Map<string, string>();
  for (const [id, text] of Object.entries(textsOf(first, questions))) {
    const clean = cleanComment(text);
    if (known.has(id) && clean !== '') answers.set(id, clean);
  }
  return answers;
}

function textsOf(value: unknown, questions: readonly Question[]): Readonly<Record<string, string>> {
  const asFree = free.safeParse(value);
  if (asFree.success) return freeText(asFree.data.args, questions);
  const asEdit = edits.safeParse(value);
  const asDecision = decisions.safeParse(value);
  const own = z.object({ answers: z.unknown() }).safeParse(value);
  let candidate: unknown = value;
  if (asEdit.success) candidate = editedArgs(asEdit.data.args, {});
  else if (asDecision.success)
    candidate = (
      asDecision.data.decisions[0].edited_action ?? asDecision.data.decisions[0].editedAction
    )?.args;
  else if (own.success) candidate = own.data.answers;
  const parsed = texts.safeParse(candidate);
  return parsed.success ? parsed.data : {};
}

/** A free text answers a single question as it is; several by lines of `id: text`. */
function freeText(text: string, questions: readonly Question[]): Readonly<Record<string, string>> {
  const [only, ...more] = questions;
  if (only !== undefined && more.length === 0) return { [only.id]: text };
  const pairs = text.split('\n').flatMap((line) => {
    const colon = line.indexOf(':');
    return colon < 1
      ? []
      : [
          [
            line.slice(0, colon).replaceAll(/[*\s-]*(.+?)[*\s]*$/g, '$1'),
            line.slice(colon + 1),
          ] as const,
        ];
  });
  return Object.fromEntries(pairs);
}
