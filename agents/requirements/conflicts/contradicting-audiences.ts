import type { Span } from '../brief/span.ts';
import type { Candidate } from '../discovery/candidate.ts';
import { ALL_OF_THEM } from '../wording/rules.ts';
import { CONFLICT, say } from '../wording/wording.ts';
import { conflictId, quoteAll, shorten, type Conflict, type Resolution } from './conflict.ts';
import { candidatesOf, read, type Draft } from './draft.ts';
import { topicOf } from './words.ts';

const ONLY =
  /(?:^|(?<=[\s(]))(?:only|just|solely|exclusively|nur|ausschließlich|seulement|uniquement|exclusivement|solo|sólo|solamente|únicamente|exclusivamente|soltanto|esclusivamente|alleen|uitsluitend|enkel|apenas|só|somente)(?![\p{L}])\s?/iu;
const EVERYBODY =
  /(?<![\p{L}])(?:everybody|everyone|anybody|anyone|all|every|alle[rn]?|jede[rn]?|jedermann|tout le monde|tous|toutes|chacun|todo el mundo|todos|todas|cualquiera|tutt[ie]|chiunque|ognuno|iedereen|elke|toda a gente|qualquer)(?![\p{L}])/iu;
const NOT =
  /(?<![\p{L}])(?:not?|non|nicht|keine?|kein|pas|ne|niet|geen|não)(?![\p{L}])|(?<![\p{L}])(?:non|no|nicht|niet|não)[- ]?(?=\p{L}{3})/iu;
const ALSO =
  /(?<![\p{L}])(?:also|as well|auch|aussi|également|también|anche|ook|também)(?:\s\p{L}+){0,3}\s*$/iu;
const MAX_COMPARED = 100;

/** Finds people who alone are to be written to, and others who are to be written to as well. */
export function contradictingAudiences(draft: Draft): readonly Conflict[] {
  const groups = candidatesOf(draft, 'audience').slice(0, MAX_COMPARED);
  const texts = groups.map((candidate) => ({ candidate, text: read(draft, candidate).text }));
  const alone = texts.filter(({ text }) => ONLY.test(text));
  return alone.flatMap((sole) => {
    const others = texts.filter((other) => other !== sole && goesBeyond(draft, sole, other));
    return others.length === 0 ? [] : [toConflict(draft, sole, others)];
  });
}

interface Group {
  readonly candidate: Candidate;
  readonly text: string;
}

/** Everybody, those who are none of the only ones, or another group that is added by an "also". */
function goesBeyond(draft: Draft, sole: Group, other: Group): boolean {
  const own = topicOf(sole.text.replace(ONLY, ''));
  const words = topicOf(other.text);
  const { start } = other.candidate;
  const same = [...own].some((word) => [...words].some((each) => isAlike(word, each)));
  if (same) return NOT.test(other.text);
  const added = ALSO.test(draft.brief.slice(Math.max(0, start - ALSO_CHARACTERS), start));
  return added || EVERYBODY.test(other.text);
}

const ALSO_CHARACTERS = 60;

/** "Mitglieder" and "Nichtmitglieder", "members" and "non-members". */
function isAlike(word: string, other: string): boolean {
  return word.length > 3 && (other.endsWith(word) || other.startsWith(word));
}

function toConflict(draft: Draft, sole: Group, others: readonly Group[]): Conflict {
  const all = [sole, ...others];
  const texts = all.map(({ text }) => text);
  return {
    id: conflictId('audience', ['only', ...texts]),
    field: 'audience',
    text: say(CONFLICT.several[draft.language], quoteAll(texts)),
    sources: all.map(({ candidate }) => candidate),
    options: [...texts.map(shorten), ALL_OF_THEM[draft.language]],
    resolve: ({ option }) => (option === undefined ? undefined : chosen(draft, all, option)),
  };
}

/** One of the groups, or all of them: then the first one is not alone any more. */
function chosen(draft: Draft, all: readonly Group[], option: number): Resolution {
  const kept = all[option];
  if (kept !== undefined)
    return {
      edits: [],
      drops: all.filter((group) => group !== kept).map(({ candidate }) => candidate),
    };
  return {
    edits: all.slice(0, 1).map(({ candidate }) => ({ ...onlyIn(draft, candidate), text: '' })),
    drops: [],
  };
}

function onlyIn(draft: Draft, { start, end }: Span): Span {
  const match = ONLY.exec(draft.text.slice(start, end));
  const from = start + (match?.index ?? 0);
  return { start: from, end: from + (match?.[0].length ?? 0) };
}
