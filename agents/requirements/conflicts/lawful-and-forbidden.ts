import type { Candidate } from '../discovery/candidate.ts';
import { LAWFUL_AND_FORBIDDEN, NOT_FOR_THE_LAW, UNSUBSCRIBE } from '../wording/law.ts';
import { say } from '../wording/wording.ts';
import {
  conflictId,
  halves,
  quoteAll,
  shorten,
  type Conflict,
  type Resolution,
} from './conflict.ts';
import { candidatesOf, read, type Draft } from './draft.ts';
import { saysPhrase, wordsOf } from './words.ts';

/** A line that every email must have; the brief tells it, save that of the link. */
interface Line {
  readonly text: string;
  readonly statement: Candidate | undefined;
}

const MAX_COMPARED = 300;

/** Finds forbidden words that the law has in every email: such a rule can never be kept. */
export function lawfulAndForbidden(draft: Draft): readonly Conflict[] {
  const sender = candidatesOf(draft, 'sender.name', 'sender.postalAddress').slice(0, MAX_COMPARED);
  const lines: readonly Line[] = [
    { text: UNSUBSCRIBE[draft.language], statement: undefined },
    ...sender.map((statement) => ({ text: read(draft, statement).text, statement })),
  ];
  const rules = candidatesOf(draft, 'mustNotSay').slice(0, MAX_COMPARED);
  const words = lines.map(({ text }) => wordsOf(text));
  return rules.flatMap((rule) => {
    const phrase = wordsOf(read(draft, rule).text);
    const same = rules.filter((other) => sayTheSame(draft, rule, other));
    return lines
      .filter(
        (line, index) => saysPhrase(words[index] ?? [], phrase) && !isExempt(draft, line, rule),
      )
      .map((line) => toConflict(draft, line, same));
  });
}

function sayTheSame(draft: Draft, one: Candidate, other: Candidate): boolean {
  return read(draft, one).text.toLowerCase() === read(draft, other).text.toLowerCase();
}

function isExempt(draft: Draft, { statement }: Line, rule: Candidate): boolean {
  return draft.exemptions.some(
    (known) =>
      statement !== undefined &&
      sayTheSame(draft, known.statement, statement) &&
      sayTheSame(draft, known.forbidden, rule),
  );
}

function toConflict(draft: Draft, line: Line, rules: readonly Candidate[]): Conflict {
  const [rule] = rules;
  const not = rule === undefined ? '' : read(draft, rule).text;
  return {
    id: conflictId('constraints.mustNotSay', ['law', not.toLowerCase(), line.text]),
    field: 'constraints.mustNotSay',
    text: say(LAWFUL_AND_FORBIDDEN[draft.language], quoteAll([not, line.text])),
    sources: sourcesOf(rules, line),
    options: [say(NOT_FOR_THE_LAW[draft.language], shorten(line.text))],
    resolve: ({ option, text }) =>
      option === undefined ? otherWords(rules, text) : without(line, rules),
  };
}

function sourcesOf(rules: readonly Candidate[], { statement }: Line): Conflict['sources'] {
  const places = [...rules, ...(statement === undefined ? [] : [statement])];
  return places.length > 1 ? places : places.flatMap(halves);
}

/** The words of the link are nothing but what is forbidden, so the rule goes with it. */
function without({ statement }: Line, rules: readonly Candidate[]): Resolution {
  return statement === undefined
    ? { edits: [], drops: rules }
    : { edits: [], drops: [], exempts: rules.map((forbidden) => ({ statement, forbidden })) };
}

const MAX_WORDS = 8;
/** Says nothing that could be avoided. */
const NO_WORDS =
  /^\W*(?:yes|no|none|ok|okay|ja|nein|oui|non|sí|si|no|sì|nee|sim|não|don['’]?t know|\d+)\W*$/iu;

function otherWords(rules: readonly Candidate[], answer: string): Resolution | undefined {
  const text = answer.trim().replaceAll(/^["“„«]|["“”»]$/g, '');
  const count = wordsOf(text).length;
  if (count === 0 || count > MAX_WORDS || NO_WORDS.test(text)) return undefined;
  return { edits: rules.map(({ start, end }) => ({ start, end, text })), drops: [] };
}
