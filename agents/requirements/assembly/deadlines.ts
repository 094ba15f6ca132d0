import type { Deadline, OpenQuestion } from '../artifact.ts';
import type { Answer } from '../../../src/state/index.ts';
import type { Span } from '../brief/span.ts';
import { candidatesOf, correctionAt, read, withEdits, type Draft } from '../conflicts/draft.ts';
import { choiceOf } from '../conflicts/choice.ts';
import type { Candidate } from '../discovery/candidate.ts';
import { writeDate } from '../lexicon/calendar.ts';
import { findDates, soleDate, type WrittenDate } from '../lexicon/find-dates.ts';
import { inBrief, toFact } from './facts.ts';
import { shorten, type Conflict } from '../conflicts/conflict.ts';
import { say, UNCLEAR_DATE } from '../wording/wording.ts';

/** Deadlines, and what must be asked before they can be read. */
export interface ReadDeadlines {
  readonly deadlines: readonly Deadline[];
  readonly questions: readonly OpenQuestion[];
}

/** A date of a deadline that cannot be read in one way: month or day first, no year, no such day. */
interface Unclear extends Span {
  readonly id: string;
  readonly statement: Candidate;
  readonly date: WrittenDate;
}

/** Writes the answers about unclear dates into the draft. */
export function withAnsweredDates(draft: Draft, answers: readonly Answer[]): Draft {
  let result = draft;
  for (const unclear of unclearDates(draft)) {
    const options = optionsOf(unclear.date, draft);
    const answer = answers.findLast(
      ({ question, text }) => question === unclear.id && dateIn(text, options) !== undefined,
    );
    const date = answer === undefined ? undefined : dateIn(answer.text, options);
    if (date === undefined) continue;
    const edit = {
      start: unclear.start,
      end: unclear.end,
      text: writeDate(date, draft.language),
      question: unclear.id,
    };
    result = { ...result, edits: withEdits(result.edits, [edit]) };
  }
  return result;
}

function dateIn(answer: string, options: readonly string[]): string | undefined {
  const { option, text } = choiceOf(answer, options);
  return soleDate(option === undefined ? text : (options[option] ?? ''));
}

/** Makes deadlines of the statements that set one. Statements of one date in prose are one deadline. */
export function readDeadlines(draft: Draft, conflicts: readonly Conflict[] = []): ReadDeadlines {
  const deadlines: Deadline[] = [];
  const labels = candidatesOf(draft, 'deadlines').filter(({ origin }) => origin !== 'cue');
  const cues = candidatesOf(draft, 'deadlines').filter(({ origin }) => origin === 'cue');
  // By when the sender wants to reach something comes last: where an offer ends on the same day, its words count.
  const goals = cues.filter((candidate) => isGoal(draft, candidate));
  const others = cues.filter((candidate) => !goals.includes(candidate));
  for (const candidate of [...labels, ...others, ...goals]) {
    const date = dateOf(draft, candidate);
    const same = deadlines.findIndex((deadline) => deadline.date === date && date !== null);
    const known = deadlines[same];
    if (candidate.origin === 'cue' && known !== undefined) {
      deadlines[same] = { ...known, sources: [...known.sources, inBrief(candidate)] };
      continue;
    }
    const fact = toFact(draft, `deadline-${deadlines.length + 1}`, candidate);
    if (fact !== undefined && !deadlines.some(({ text }) => text === fact.text))
      deadlines.push({ ...fact, date });
  }
  return { deadlines, questions: questionsOf(draft, deadlines, conflicts) };
}

/** Whether a date is set for the objective or a metric. */
function isGoal(draft: Draft, { start, end }: Candidate): boolean {
  return candidatesOf(draft, 'objective', 'metrics').some(
    (goal) => goal.start < end && start < goal.end,
  );
}

/** A date in brackets says when something is, beside the one that must be respected. */
const ASIDE = /\([^()]*\)/g;

/** A period ends with its last date, which is the one that must be respected. */
function dateOf(draft: Draft, candidate: Candidate): string | null {
  const words = draft.text.slice(candidate.start, candidate.end);
  const plain = findDates(words.replaceAll(ASIDE, (aside) => ' '.repeat(aside.length)));
  const last = plain.at(-1) ?? findDates(words).at(-1);
  if (last === undefined) return null;
  const correction = correctionAt(draft, {
    start: candidate.start + last.start,
    end: candidate.start + last.end,
  });
  if (correction !== undefined) return soleDate(correction.text) ?? null;
  return last.readings.length === 1 ? (last.readings[0] ?? null) : null;
}

/** A date whose beginning and end are asked for together is not asked for by itself as well. */
function questionsOf(
  draft: Draft,
  deadlines: readonly Deadline[],
  conflicts: readonly Conflict[],
): readonly OpenQuestion[] {
  const questions = new Map<string, OpenQuestion>();
  const disputed = conflicts
    .filter(({ field }) => field === 'deadlines')
    .flatMap(({ sources }) => sources.map(({ start }) => start));
  for (const { id, statement, date } of unclearDates(draft)) {
    if (disputed.includes(statement.start)) continue;
    const place = deadlines.find(({ sources }) =>
      sources.some((source) => source.kind === 'brief' && source.start === statement.start),
    );
    questions.set(id, {
      id,
      text: say(UNCLEAR_DATE[draft.language], shorten(read(draft, statement).text)),
      path: `deadlines.${place?.id ?? 'deadline'}.date`,
      options: optionsOf(date, draft),
    });
  }
  return [...questions.values()];
}

const MAX_UNCLEAR = 20;

function unclearDates(draft: Draft): readonly Unclear[] {
  const found = new Map<number, Unclear>();
  for (const statement of candidatesOf(draft, 'deadlines')) {
    if (found.size >= MAX_UNCLEAR) break;
    for (const date of findDates(draft.text.slice(statement.start, statement.end))) {
      const place = { start: statement.start + date.start, end: statement.start + date.end };
      if (
        date.readings.length === 1 ||
        found.has(place.start) ||
        correctionAt(draft, place) !== undefined
      )
        continue;
      found.set(place.start, { ...place, id: idOf(read(draft, place).text), statement, date });
    }
  }
  return [...found.values()];
}

function idOf(written: string): string {
  const slug = written
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  return `date-${slug === '' ? 'unreadable' : slug}`;
}

function optionsOf(date: WrittenDate, draft: Draft): string[] {
  return date.readings.map((reading) => writeDate(reading, draft.language));
}
