import type { Span } from '../brief/span.ts';
import type { Field } from '../lexicon/field.ts';

/** A place of the brief that may fill a field. */
export interface Candidate extends Span {
  readonly field: Exclude<Field, 'other' | 'sender'>;
  /** What pointed to it: a label or heading, a phrase in prose, or a model. */
  readonly origin: 'label' | 'cue' | 'model';
  /** Candidates of one group stand under one label; statements of one group do not contradict each other. */
  readonly group: number;
  /** The statement that it was taken from, when its own words do not say enough. */
  readonly context?: Span;
  /** The question whose answer said what the place means, when neither label nor phrase did. */
  readonly question?: string;
}
