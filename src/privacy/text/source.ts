import { RANK, type Match, type PrivacyType } from '../finding.ts';
import type { Labels, Topic } from './labels.ts';
import type { Tables } from './table-cells.ts';

/** A text that is being looked through. */
export interface Source {
  /** Folded. */
  readonly text: string;
  readonly labels: Labels;
  readonly tables: Tables;
  /** How much of the text is not the caller's, but what announces it. */
  readonly label: number;
  /** Throws when the time is over. Called for every candidate. */
  spend(): void;
}

/** Finds what it knows in a source. */
export type Find = (source: Source) => Iterable<Match>;

/** A candidate: what a pattern found, and where. */
export interface Candidate {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
}

/**
 * Gives the candidates of a pattern, and watches the time.
 *
 * @yields Each of them.
 */
export function* candidatesOf(source: Source, pattern: RegExp): Iterable<Candidate> {
  for (const match of source.text.matchAll(pattern)) {
    source.spend();
    const [text] = match;
    yield { text, start: match.index, end: match.index + text.length, groups: match };
  }
}

/** Makes a match of a candidate. */
export function matchOf(
  type: PrivacyType,
  { start, end }: Pick<Candidate, 'start' | 'end'>,
  weight: { readonly rank: number; readonly confidence: number },
): Match {
  return { type, start, end, ...weight };
}

/** The digits of a text. */
export function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}

/** What a candidate gains when the label that stands nearest before it says what it is. */
export function bonusOf(
  { labels }: Source,
  { start }: Pick<Candidate, 'start'>,
  topic: Topic,
): number {
  return labels.closest(start, topic) ? RANK.nearest : 0;
}
