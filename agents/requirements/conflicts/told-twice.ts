import { CONFLICT, say } from '../wording/wording.ts';
import type { Candidate } from '../discovery/candidate.ts';
import { languageNamed, type Language } from '../lexicon/languages.ts';
import { conflictId, quoteAll, shorten, type Conflict } from './conflict.ts';
import { candidatesOf, read, type Draft } from './draft.ts';
import { wordsOf } from './words.ts';

/** Fields of which there is one, with whether a phrase in prose may contradict a label. */
const SINGLE = [
  { field: 'tone', cues: true },
  { field: 'sender.name', cues: true },
  { field: 'sender.email', cues: true },
  { field: 'sender.postalAddress', cues: true },
  { field: 'callToAction', cues: false },
  { field: 'offer', cues: false },
] as const;

/** Finds fields of which there is one and that the brief fills in several ways: two senders, two tones. */
export function toldTwice(draft: Draft): readonly Conflict[] {
  return SINGLE.flatMap(({ field, cues }) => {
    const all = candidatesOf(draft, field).filter(({ origin }) => cues || origin !== 'cue');
    const ways = distinct(draft, all);
    if (ways.length < 2) return [];
    return [toConflict(draft, field, { all, ways })];
  });
}

interface Way {
  readonly text: string;
  readonly words: string;
  readonly candidate: Candidate;
}

/** One of each group, unless its words stand in another one. */
function distinct(draft: Draft, all: readonly Candidate[]): readonly Way[] {
  const ways: Way[] = [];
  const groups = new Set<number>();
  for (const candidate of all.slice(0, 50)) {
    const text = read(draft, candidate).text;
    const words = ` ${wordsOf(text).join(' ')} `;
    const known = ways.some((way) => way.words.includes(words) || words.includes(way.words));
    const sameGroup = groups.has(candidate.group) && candidate.origin === 'label';
    if (!known && !sameGroup && words.trim() !== '') ways.push({ text, words, candidate });
    groups.add(candidate.group);
  }
  return ways;
}

function toConflict(
  draft: Draft,
  field: Candidate['field'],
  { all, ways }: { readonly all: readonly Candidate[]; readonly ways: readonly Way[] },
): Conflict {
  return {
    id: conflictId(
      field,
      ways.map(({ words }) => words),
    ),
    field,
    text: say(CONFLICT.several[draft.language], quoteAll(ways.map(({ text }) => text))),
    sources: ways.map(({ candidate }) => candidate),
    options: ways.map(({ text }) => shorten(text)),
    resolve: ({ option }) => {
      const kept = ways[option ?? -1];
      return kept === undefined
        ? undefined
        : { edits: [], drops: all.filter((candidate) => candidate !== kept.candidate) };
    },
  };
}

/** Finds a language that is asked for and that the brief is not written in. */
export function otherLanguage(draft: Draft): readonly Conflict[] {
  const stated = candidatesOf(draft, 'language')
    .map((candidate) => ({ candidate, language: languageNamed(read(draft, candidate).text) }))
    .find(({ language }) => language !== undefined && language !== draft.language);
  const written = candidatesOf(draft, 'objective', 'keyMessages', 'title', 'audience')[0];
  if (stated?.language === undefined || written === undefined) return [];
  const choices = [draft.language, stated.language];
  const options = choices.map((language) => nameOf(language, draft.language));
  return [
    {
      id: conflictId('language', choices),
      field: 'language',
      text: say(CONFLICT.language[draft.language], quoteAll(options)),
      sources: [stated.candidate, written],
      options,
      resolve: ({ option, text }) => {
        const language = choices[option ?? -1] ?? soleLanguage(text);
        return language === undefined
          ? undefined
          : { edits: [], drops: candidatesOf(draft, 'language'), language };
      },
    },
  ];
}

/** "German (de)", as the brief's own language calls it. */
function nameOf(language: Language, shownIn: Language): string {
  const name = new Intl.DisplayNames([shownIn], { type: 'language' }).of(language) ?? '';
  return `${name} (${language})`;
}

/** The language that an answer names; undefined when it names several. */
function soleLanguage(answer: string): Language | undefined {
  const named = answer.match(/\p{L}{4,}/gu)?.map(languageNamed) ?? [];
  const others = new Set(named.filter((language) => language !== undefined));
  return others.size > 1 ? undefined : languageNamed(answer);
}
