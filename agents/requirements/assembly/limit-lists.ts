import type { Answer } from '../../../src/state/index.ts';
import type { OpenQuestion } from '../artifact.ts';
import type { Language } from '../lexicon/languages.ts';
import type { Lists } from './lists.ts';
import { answeredFacts, answeredSegments } from './required.ts';
import { say, TOO_MANY } from '../wording/wording.ts';

/** More than this is no campaign brief, and is asked about rather than cut in silence. */
const LIMITS = {
  audience: 20,
  keyMessages: 60,
  'constraints.mustSay': 60,
  'constraints.mustNotSay': 200,
  complianceNotes: 100,
  deadlines: 60,
  channels: 20,
  metrics: 60,
} as const;

/** Lists of a bearable length, and a question for each that was longer. */
export interface Limited {
  readonly lists: Lists;
  readonly questions: readonly OpenQuestion[];
}

/** Cuts lists that are too long, and asks which of their entries are meant; an answer takes the list's place. */
export function limitLists(lists: Lists, language: Language, answers: readonly Answer[]): Limited {
  const questions: OpenQuestion[] = [];
  const limit = <Entry>(
    path: keyof typeof LIMITS,
    entries: Entry[],
    answered: (id: string) => Entry[],
  ): Entry[] => {
    if (entries.length <= LIMITS[path]) return entries;
    const id = `too-many-${path.replace('.', '-').toLowerCase()}`;
    const chosen = answered(id).slice(0, LIMITS[path]);
    if (chosen.length > 0) return chosen;
    questions.push({ id, text: say(TOO_MANY[language], path), path, options: [] });
    return entries.slice(0, LIMITS[path]);
  };
  const facts = (name: string) => (id: string) => answeredFacts(name, id, answers);
  const { mustSay, mustNotSay } = lists.constraints;
  return {
    lists: {
      ...lists,
      audience: limit('audience', lists.audience, (id) => answeredSegments(answers, id)),
      keyMessages: limit('keyMessages', lists.keyMessages, facts('key-message')),
      constraints: {
        ...lists.constraints,
        mustSay: limit('constraints.mustSay', mustSay, facts('must-say')),
        mustNotSay: limit('constraints.mustNotSay', mustNotSay, facts('must-not-say')),
      },
      complianceNotes: limit('complianceNotes', lists.complianceNotes, facts('compliance-note')),
      deadlines: limit('deadlines', lists.deadlines, (id) =>
        facts('deadline')(id).map((fact) => ({ ...fact, date: null })),
      ),
      channels: limit('channels', lists.channels, facts('channel')),
      metrics: limit('metrics', lists.metrics, facts('metric')),
    },
    questions,
  };
}
