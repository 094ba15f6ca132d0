import { ABOUT_SOUND, findToneWords, type ToneWord } from '../lexicon/tone-words.ts';
import type { Span } from '../brief/span.ts';
import type { Candidate } from '../discovery/candidate.ts';
import { CONFLICT, say } from '../wording/wording.ts';
import { conflictId, halves, quoteAll, type Conflict, type Resolution } from './conflict.ts';
import { candidatesOf, read, type Draft } from './draft.ts';

/** A statement about how the emails sound. */
interface Statement extends Span {
  readonly text: string;
  readonly words: readonly ToneWord[];
  /** Undefined for a remark that no fact is made of. */
  readonly candidate: Candidate | undefined;
}

/** Finds tones that exclude each other, such as formal and cheeky, in one statement or in several. */
export function contradictingTones(draft: Draft): readonly Conflict[] {
  const statements = statementsOf(draft);
  const axes = [...new Set(statements.flatMap(({ words }) => words.map(({ axis }) => axis)))];
  return axes.flatMap((axis) => {
    const all = statements.filter(({ words }) => words.some((word) => word.axis === axis));
    const found = all
      .flatMap(({ words }) => words)
      .filter((word) => word.axis === axis && !word.limited);
    const poles = [0, 1].map((pole) => wordsOf(found.filter((word) => word.pole === pole)));
    if (poles.some((words) => words.length === 0)) return [];
    return [toConflict(draft, all, { axis, poles })];
  });
}

function statementsOf(draft: Draft): readonly Statement[] {
  const told = candidatesOf(draft, 'tone').map((candidate): Statement => {
    const { text } = read(draft, candidate);
    return {
      start: candidate.start,
      end: candidate.end,
      text,
      words: findToneWords(text),
      candidate,
    };
  });
  const remarks = draft.remarks
    .filter(({ text }) => ABOUT_SOUND.test(text))
    .map(({ start, end, text }): Statement => {
      return { start, end, text, words: findToneWords(text), candidate: undefined };
    });
  return [...told, ...remarks];
}

function wordsOf(found: readonly ToneWord[]): readonly string[] {
  return [...new Map(found.map(({ written }) => [written.toLowerCase(), written])).values()];
}

interface Poles {
  readonly axis: string;
  readonly poles: readonly (readonly string[])[];
}

function toConflict(
  draft: Draft,
  statements: readonly Statement[],
  { axis, poles }: Poles,
): Conflict {
  const options = poles.map((words) => words.join(', '));
  const places = statements.map(({ start, end }) => ({ start, end }));
  const [first] = places;
  return {
    id: conflictId('tone', [axis, ...options]),
    field: 'tone',
    text: say(CONFLICT.tones[draft.language], quoteAll(statements.map(({ text }) => text))),
    // A statement that contradicts itself stands against itself.
    sources: places.length > 1 || first === undefined ? places : halves(first),
    options,
    resolve: ({ option }) =>
      option === undefined
        ? undefined
        : resolved(statements, axis, { pole: option, words: options[option] ?? '' }),
  };
}

/** Statements of the other tone alone go; where one says both, or none would be left, the chosen words take its place. */
function resolved(
  statements: readonly Statement[],
  axis: string,
  { pole, words }: { readonly pole: number; readonly words: string },
): Resolution {
  const told = statements.filter(({ candidate }) => candidate !== undefined);
  const says = (statement: Statement, wanted: boolean): boolean =>
    statement.words.some((word) => word.axis === axis && (word.pole === pole) === wanted);
  const wrong = told.filter((statement) => says(statement, false));
  const kept = told.filter((statement) => says(statement, true));
  const rewritten =
    kept.length > 0 ? wrong.filter((statement) => kept.includes(statement)) : wrong.slice(0, 1);
  return {
    edits: rewritten.map(({ start, end }) => ({ start, end, text: words })),
    drops: wrong
      .filter((statement) => !rewritten.includes(statement))
      .flatMap(({ candidate }) => (candidate === undefined ? [] : [candidate])),
  };
}
