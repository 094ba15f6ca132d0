import { digestOf } from '../../../src/kernel/index.ts';
import type { Edit } from '../brief/plain-text.ts';
import type { Span } from '../brief/span.ts';
import type { Candidate } from '../discovery/candidate.ts';
import type { Language } from '../lexicon/languages.ts';
import type { StatementExemption } from './draft.ts';

/** What a person's choice changes. */
export interface Resolution {
  readonly edits: readonly Omit<Edit, 'question'>[];
  readonly drops: readonly Candidate[];
  readonly language?: Language;
  /** Statements that stand, while what forbids their words holds for everything else. */
  readonly exempts?: readonly StatementExemption[];
}

/** Places that cannot all be true, and the ways out. */
export interface Conflict {
  /** The same as long as the same values stand against each other, wherever they stand in the brief. */
  readonly id: string;
  readonly field: string;
  /** What is asked of the person; also says what is wrong. */
  readonly text: string;
  readonly sources: readonly Span[];
  readonly options: readonly string[];
  /** Gives what an answer changes; undefined when the answer settles nothing. */
  resolve(answer: Choice): Resolution | undefined;
}

/** A person's answer: one of the options, or words of their own. */
export interface Choice {
  readonly option: number | undefined;
  readonly text: string;
}

/** Names a conflict by what stands against each other. */
export function conflictId(field: string, values: readonly string[]): string {
  const digest = digestOf({
    field,
    values: [...new Set(values)].toSorted().map((value) => value.toWellFormed()),
  });
  return `contradiction-${field.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}-${digest.slice(0, 8)}`;
}

/** Shows statements next to each other. */
export function quoteAll(statements: readonly string[]): string {
  return [...new Set(statements)].map((statement) => `“${shorten(statement)}”`).join(' / ');
}

const MAX_SHOWN = 160;

/** Shortens a statement for a question. */
export function shorten(text: string): string {
  if (text.length <= MAX_SHOWN) return text;
  const cut = text.lastIndexOf(' ', MAX_SHOWN);
  return `${text.slice(0, cut > MAX_SHOWN / 2 ? cut : MAX_SHOWN).toWellFormed()} …`;
}

/** Two places of one statement that stands against itself. */
export function halves({ start, end }: Span): readonly Span[] {
  const middle = start + Math.max(1, Math.floor((end - start) / 2));
  return [
    { start, end: middle },
    { start: middle, end },
  ];
}
