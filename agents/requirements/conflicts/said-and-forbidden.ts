import { CONFLICT, INCLUDE_OR_NOT, SAY_OR_NOT, say } from '../wording/wording.ts';
import { unmasked } from '../constraints/unmasked.ts';
import type { Candidate } from '../discovery/candidate.ts';
import { conflictId, quoteAll, shorten, type Conflict } from './conflict.ts';
import { candidatesOf, read, type Draft } from './draft.ts';
import { containsPhrase, saysPhrase, wordsOf } from './words.ts';

/** More than this is asked about as a whole, so pairs beyond it need not be compared. */
const MAX_COMPARED = 300;

/** Finds statements that hold words which the brief forbids: in what must be said, offered, or told. */
export function saidAndForbidden(draft: Draft): readonly Conflict[] {
  const statements = candidatesOf(
    draft,
    'mustSay',
    'offer',
    'keyMessages',
    'callToAction',
    'title',
  ).slice(0, MAX_COMPARED);
  const spoken = statements.map((statement) => {
    const text = read(draft, statement).text.toLowerCase();
    return { statement, text, words: wordsOf(text), masked: /\S[*_#•·?.…'-]+\S/u.test(text) };
  });
  const conflicts: Conflict[] = [];
  for (const forbidden of candidatesOf(draft, 'mustNotSay').slice(0, MAX_COMPARED)) {
    const phrase = wordsOf(read(draft, forbidden).text);
    for (const { statement, text, words: plain, masked } of spoken) {
      const words = masked ? wordsOf(unmasked(text, phrase)) : plain;
      const exempt = draft.exemptions.some(
        (known) => known.statement === statement && known.forbidden === forbidden,
      );
      if (!exempt && saysPhrase(words, phrase))
        conflicts.push(toConflict(draft, statement, forbidden));
    }
  }
  return conflicts;
}

function toConflict(draft: Draft, statement: Candidate, forbidden: Candidate): Conflict {
  const said = read(draft, statement).text;
  const not = read(draft, forbidden).text;
  const field = statement.field === 'mustSay' ? 'constraints.mustSay' : statement.field;
  return {
    id: conflictId(field, ['forbidden', said, not]),
    field,
    text: say(CONFLICT.forbidden[draft.language], quoteAll([said, not])),
    sources: [statement, forbidden],
    options: SAY_OR_NOT[draft.language].map((option) => say(option, shorten(said))),
    resolve: ({ option }) => {
      if (option === undefined) return undefined;
      return option === 0
        ? { edits: [], drops: [], exempts: [{ statement, forbidden }] }
        : { edits: [], drops: [statement] };
    },
  };
}

/** Finds people whom the brief includes and excludes. */
export function includedAndExcluded(draft: Draft): readonly Conflict[] {
  const segments = candidatesOf(draft, 'audience').slice(0, MAX_COMPARED);
  const conflicts: Conflict[] = [];
  for (const excluded of candidatesOf(draft, 'excluded').slice(0, MAX_COMPARED)) {
    const not = read(draft, excluded).text;
    const phrase = wordsOf(not);
    for (const segment of segments) {
      const text = read(draft, segment).text;
      const name = wordsOf(text.split(/[:–(]|,\s/)[0] ?? text);
      if (!containsPhrase(name, phrase)) continue;
      conflicts.push({
        id: conflictId('audience', ['excluded', name.join(' '), phrase.join(' ')]),
        field: 'audience',
        text: say(
          CONFLICT.audience[draft.language],
          quoteAll([text, read(draft, excluded.context ?? excluded).text]),
        ),
        sources: [segment, excluded],
        options: INCLUDE_OR_NOT[draft.language].map((option) => say(option, shorten(not))),
        resolve: ({ option }) =>
          option === undefined
            ? undefined
            : { edits: [], drops: [option === 0 ? excluded : segment] },
      });
    }
  }
  return conflicts;
}
