import type { Answer } from '../../../src/state/index.ts';
import type { Fact } from '../artifact.ts';
import { quoteAll } from '../conflicts/conflict.ts';
import { forbidsSubject, forbiddenWordsIn } from '../discovery/split-phrases.ts';
import type { Language } from '../lexicon/languages.ts';
import type { Limited } from './limit-lists.ts';
import type { Lists } from './lists.ts';
import { linesOf } from './required.ts';
import { EXACT_WORDS, say } from '../wording/wording.ts';

const MAX_WORDING_WORDS = 8;
const QUESTION = 'exact-words-must-not-say';
const NONE =
  /^(?:none|nothing|no(?:ne)? of them|keine?|aucune?|ningun[ao]|nessun[ao]|geen|nenhum[a]?)[.!]?$/i;

/**
 * Asks for the exact words of constraints that forbid neither a wording nor a subject. The words of an answer take
 * their place; "none" leaves them as they are.
 */
export function withExactWords(
  { lists, questions }: Limited,
  { brief, language }: { readonly brief: string; readonly language: Language },
  answers: readonly Answer[],
): Limited {
  const { mustNotSay } = lists.constraints;
  const vague = mustNotSay.filter((fact) => isVague(brief, fact));
  if (vague.length === 0) return { lists, questions };
  const lines = linesOf(answers.findLast(({ question }) => question === QUESTION)?.text ?? '');
  if (lines.length === 0) {
    const shown = quoteAll(vague.slice(0, MAX_SHOWN).map(({ text }) => text));
    const text = say(EXACT_WORDS[language], shown);
    const question = { id: QUESTION, text, path: 'constraints.mustNotSay', options: [] };
    return { lists, questions: [...questions, question] };
  }
  if (lines.every((line) => NONE.test(line))) return { lists, questions };
  return { lists: withAnswered(lists, vague, lines), questions };
}

const MAX_SHOWN = 5;

function withAnswered(lists: Lists, vague: readonly Fact[], lines: readonly string[]): Lists {
  const kept = lists.constraints.mustNotSay.filter((fact) => !vague.includes(fact));
  const wordings = lines.flatMap((line) =>
    forbiddenWordsIn(line, { start: 0, end: line.length }).map(({ start, end }) =>
      line.slice(start, end),
    ),
  );
  const mustNotSay = [
    ...kept,
    ...wordings.map((text, index): Fact => ({
      id: `must-not-say-answer-${index + 1}`,
      text,
      sources: [{ kind: 'answer', question: QUESTION }],
    })),
  ];
  return { ...lists, constraints: { ...lists.constraints, mustNotSay } };
}

/** Whether a fact is too long for a wording, and neither quoted in the brief nor about a subject. */
function isVague(brief: string, { text, sources }: Fact): boolean {
  const quoted = sources.some(
    (source) => source.kind === 'brief' && /["“„«'‘‚]/.test(brief.charAt(source.start - 1)),
  );
  const fromAnswer = sources.some(({ kind }) => kind === 'answer');
  const short = text.split(/\s+/).length <= MAX_WORDING_WORDS;
  return !short && !quoted && !fromAnswer && !forbidsSubject(text);
}
