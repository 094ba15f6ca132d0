import { readSpan, type Edit, type Reading } from '../brief/plain-text.ts';
import type { Span } from '../brief/span.ts';
import type { Candidate } from '../discovery/candidate.ts';
import type { Language } from '../lexicon/languages.ts';

/** What is known of a brief so far: the candidates that still count, and the places that are read as other words. */
export interface Draft {
  /** The brief, with the notes to its makers as white space: nothing for readers is taken from these. */
  readonly text: string;
  /** The brief as it is written. */
  readonly brief: string;
  readonly language: Language;
  readonly candidates: readonly Candidate[];
  /** Sorted, without overlaps. */
  readonly edits: readonly Edit[];
  /** Statements that may be said although a constraint forbids words of theirs. */
  readonly exemptions: readonly DecidedExemption[];
  /** What no fact is made of, and may still contradict one. */
  readonly remarks: readonly Remark[];
  /** Places of the notes to the brief's makers. */
  readonly notes: readonly Span[];
}

/** A sentence of the brief that no fact is made of. */
export interface Remark extends Span {
  /** In one line, without identifiers of persons. */
  readonly text: string;
  /** Whether it is a note to the people who make the campaign. */
  readonly note: boolean;
}

/** A statement for which a constraint does not hold. */
export interface StatementExemption {
  readonly statement: Candidate;
  readonly forbidden: Candidate;
}

/** A statement that a person exempted from a constraint, with the question that was answered. */
export interface DecidedExemption extends StatementExemption {
  readonly question: string;
}

/** Reads a place of the draft's brief. */
export function read(draft: Draft, span: Span): Reading {
  return readSpan(draft, span);
}

/** Gives the candidates of some fields. */
export function candidatesOf(
  draft: Draft,
  ...fields: readonly Candidate['field'][]
): readonly Candidate[] {
  return draft.candidates.filter(({ field }) => fields.includes(field));
}

/** Adds edits; one that overlaps an earlier one takes its place. */
export function withEdits(edits: readonly Edit[], added: readonly Edit[]): readonly Edit[] {
  const kept = edits.filter(
    (edit) => !added.some((other) => edit.start < other.end && other.start < edit.end),
  );
  return [...kept, ...added].toSorted((one, other) => one.start - other.start);
}

/** Gives the edit by which a person corrected exactly this place. */
export function correctionAt(draft: Draft, span: Span): Edit | undefined {
  return draft.edits.find(
    (edit) => edit.question !== undefined && edit.start === span.start && edit.end === span.end,
  );
}
