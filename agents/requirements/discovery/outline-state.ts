import type { Span } from '../brief/span.ts';
import type { Field } from '../lexicon/field.ts';

/** A piece of the brief, and the field that its place in the brief gives it. */
export interface Passage extends Span {
  /** Undefined for prose that no label or heading assigns to a field. */
  readonly field: Field | undefined;
  readonly kind: 'prose' | 'item' | 'row' | 'subheading' | 'header';
  /** Depth of a list item, from 1; otherwise 0. */
  readonly level: number;
  /** Passages with one number stand under one label or heading. */
  readonly group: number;
  /** A table row's cells. */
  readonly cells: readonly Span[];
  /** Where the line starts, with its label, when the passage is a label's value. */
  readonly labelStart: number | undefined;
}

/** The brief cut into passages. */
export interface Outline {
  readonly passages: readonly Passage[];
  /** The heading that names the brief, when it has one. */
  readonly title: Span | undefined;
}

/** What is known while the units of a brief are read one after the other. */
export interface OutlineState {
  readonly text: string;
  readonly passages: Passage[];
  title: Span | undefined;
  heading:
    | {
        readonly field: Field | undefined;
        readonly level: number;
        readonly inferred: boolean;
        listed: boolean;
      }
    | undefined;
  /** The label whose value the next units may be. `pending` while nothing of it has come. */
  label:
    | { readonly field: Field | undefined; block: number; readonly level: number; pending: boolean }
    | undefined;
  group: number;
  table:
    | { readonly block: number; readonly columns: readonly (Field | undefined)[] | undefined }
    | undefined;
  /** Units so far. */
  seen: number;
  /** Lines that a mail program wrote. */
  readonly headers: readonly Span[];
}

/** A passage before its place among the others is known. */
export interface NewPassage extends Span {
  readonly field?: Field;
  readonly kind?: Passage['kind'];
  readonly level?: number;
  readonly cells?: readonly Span[];
  readonly labelStart?: number;
  /** Sets passages of one table column apart from the others. */
  readonly ownGroup?: number;
}

/** Adds a passage under the label, or else the heading, that it stands under. */
export function push(state: OutlineState, passage: NewPassage): void {
  state.passages.push({
    start: passage.start,
    end: passage.end,
    field: passage.field ?? (state.label === undefined ? state.heading?.field : state.label.field),
    kind: passage.kind ?? 'prose',
    level: passage.level ?? 0,
    group: state.group + (passage.ownGroup ?? 0) / 100,
    cells: passage.cells ?? [],
    labelStart: passage.labelStart,
  });
}
