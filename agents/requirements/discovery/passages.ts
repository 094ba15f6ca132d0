import type { Span } from '../brief/span.ts';
import type { Unit } from '../brief/units.ts';
import { readLabel, type Label } from '../lexicon/read-label.ts';
import type { Field } from '../lexicon/labels.ts';

/** A piece of the brief, and the field that its place in the brief gives it. */
export interface Passage extends Span {
  /** Undefined for prose that no label or heading assigns to a field. */
  readonly field: Field | undefined;
  readonly kind: 'prose' | 'item' | 'row' | 'subheading';
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

/** Sorts the units of a brief under its headings and labels. */
export function outlineOf(text: string, units: readonly Unit[]): Outline {
  const state: State = {
    text,
    passages: [],
    title: undefined,
    heading: undefined,
    label: undefined,
    group: 0,
    table: undefined,
    seen: 0,
  };
  for (const unit of units) {
    if (unit.kind === 'heading') addHeading(state, unit);
    else if (unit.kind === 'row') addRow(state, unit);
    else
      for (const [index, line] of piecesOf(text, unit).entries())
        addPiece(state, { unit, line, first: index === 0 });
    state.seen += 1;
  }
  return { passages: state.passages, title: state.title };
}

interface State {
  readonly text: string;
  readonly passages: Passage[];
  title: Span | undefined;
  heading:
    | { readonly field: Field | undefined; readonly level: number; readonly inferred: boolean }
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
}

interface Piece {
  readonly unit: Unit;
  readonly line: Span;
  /** Whether it is the first of its unit. */
  readonly first: boolean;
}

const MAX_TITLE = 90;

function addHeading(state: State, unit: Unit): void {
  const line = unit.lines[0];
  if (line === undefined) return;
  const label = readLabel(state.text, line);
  const hasValue = label !== undefined && label.value.end > label.value.start;
  const above = state.heading;
  state.label = undefined;
  if (
    label?.field === undefined &&
    above?.field !== undefined &&
    !above.inferred &&
    unit.level > above.level
  ) {
    push(state, { ...line, kind: 'subheading', field: above.field, level: unit.level });
    return;
  }
  state.group += 1;
  state.heading = { field: label?.field, level: unit.level, inferred: false };
  if (hasValue) push(state, { ...label.value, labelStart: line.start });
  else if (state.title === undefined && label?.field === undefined && unit.level === 1)
    state.title = line;
}

/** Lines that belong together: a label starts a piece of its own, wrapped prose stays in one. */
function piecesOf(text: string, unit: Unit): readonly Span[] {
  const pieces: { start: number; end: number }[] = [];
  let labelled = false;
  for (const line of unit.lines) {
    const bullet = /^[•·▪◦‣]\s/.test(text.slice(line.start, line.start + 2));
    const label =
      unit.lines.length > 1 || unit.kind === 'paragraph' ? readLabel(text, line, true) : undefined;
    const bare = label !== undefined && !label.colon;
    const last = pieces.at(-1);
    const starts =
      last === undefined ||
      bullet ||
      (label !== undefined && (!bare || isShout(text, line))) ||
      labelled;
    if (starts) pieces.push({ start: line.start + (bullet ? 2 : 0), end: line.end });
    else last.end = line.end;
    // What follows a label that stands alone is its value, not the rest of its line.
    labelled = label?.field !== undefined && label.value.end === label.value.start;
  }
  return pieces;
}

function isShout(text: string, line: Span): boolean {
  const words = text.slice(line.start, line.end);
  return words === words.toUpperCase();
}

function addPiece(state: State, piece: Piece): void {
  const { text } = state;
  const { unit, line } = piece;
  const label = readLabel(text, line, inSender(state));
  const taken = label === undefined ? false : addLabelled(state, piece, label);
  if (taken) return;
  if (isTitle(state, piece)) {
    state.title = line;
    return;
  }
  const scope = state.label;
  if (scope !== undefined && !belongsTo(scope, unit)) state.label = undefined;
  else if (scope?.pending === true) {
    scope.pending = false;
    scope.block = unit.block;
  }
  push(state, { ...line, kind: kindOf(text, piece), level: unit.level });
}

function kindOf(text: string, { unit, line }: Piece): 'item' | 'prose' {
  return unit.kind === 'item' ||
    /[•·▪◦‣]\s$/.test(text.slice(Math.max(0, line.start - 2), line.start))
    ? 'item'
    : 'prose';
}

/** Takes a line with a label. Returns false when its words are to be read as an ordinary line. */
function addLabelled(state: State, { unit, line, first }: Piece, label: Label): boolean {
  const { field, value, colon } = label;
  const section = state.heading?.field;
  const empty = value.end === value.start;
  if (field === undefined) {
    // An unknown label ends the value of a known one, and is a line like any other under a heading.
    if (state.label !== undefined && unit.kind !== 'item' && !state.label.pending)
      state.label = undefined;
    return false;
  }
  if (unit.kind === 'item' && section !== undefined && keepsItems(section, field)) return false;
  if (!colon) {
    if (!standsAlone(state, { unit, line, first })) return false;
    state.heading = { field, level: 7, inferred: true };
    state.label = { field, block: unit.block, level: unit.level, pending: true };
    state.group += 1;
    return true;
  }
  const opensList = empty || state.text.charAt(value.end - 1) === ':';
  const sameSection = field === section || (section === 'sender' && field.startsWith('sender.'));
  if (!sameSection || field !== 'deadlines') state.group += 1;
  state.label = { field, block: unit.block, level: unit.level, pending: opensList };
  if (!opensList)
    push(state, {
      ...value,
      labelStart: line.start,
      kind: unit.kind === 'item' ? 'item' : 'prose',
      level: unit.level,
    });
  return true;
}

/** Fields whose items may start like a label of another field: `- Offer ends: 3 May`, `- Orders: 1,500`. */
function keepsItems(section: Field, field: Field): boolean {
  if (section === field) return false;
  return [
    'deadlines',
    'metrics',
    'keyMessages',
    'audience',
    'channels',
    'mustSay',
    'mustNotSay',
  ].includes(section);
}

/** A label without a colon is a heading when it is written in capitals, or has its line and more to follow. */
function standsAlone(state: State, { unit, line, first }: Piece): boolean {
  if (unit.kind !== 'paragraph' || state.heading?.inferred === false) return false;
  return (
    isShout(state.text, line) ||
    first ||
    /^\*\*|^__/.test(state.text.slice(line.start, line.start + 2))
  );
}

function isTitle(state: State, { unit, line, first }: Piece): boolean {
  if (state.title !== undefined || state.seen > 0 || !first || unit.kind !== 'paragraph')
    return false;
  const words = state.text.slice(line.start, line.end);
  return (
    unit.lines.length === 1 &&
    words.length <= MAX_TITLE &&
    !/[.!?,;:]$/.test(words) &&
    words.includes(' ')
  );
}

function belongsTo(scope: NonNullable<State['label']>, unit: Unit): boolean {
  if (scope.pending) return scope.level === 0 || unit.level > scope.level;
  return scope.block === unit.block && (unit.level > scope.level || scope.level === 0);
}

function inSender(state: State): boolean {
  const field = state.label?.field ?? state.heading?.field;
  return (
    field === 'sender' || field?.startsWith('sender.') === true || state.heading?.field === 'sender'
  );
}

function addRow(state: State, unit: Unit): void {
  const [first, second] = unit.cells;
  if (first === undefined) return;
  if (state.table?.block !== unit.block) {
    startTable(state, unit);
    return;
  }
  if (state.table.columns !== undefined) {
    for (const [index, cell] of unit.cells.entries()) {
      const field = state.table.columns[index];
      if (field !== undefined)
        push(state, { ...cell, field, kind: 'item', level: 1, ownGroup: index });
    }
    return;
  }
  addKeyedRow(state, { first, second, unit });
}

/** The first row of a table names its columns, or is already a label and its value. */
function startTable(state: State, unit: Unit): void {
  const { text } = state;
  const section = state.label?.pending === true ? state.label.field : state.heading?.field;
  const columns = unit.cells.map((cell) => readLabel(text, cell)?.field);
  const named = columns.filter((field) => field !== undefined && field !== 'other');
  const byColumn = section === undefined && named.length >= 2;
  state.table = { block: unit.block, columns: byColumn ? columns : undefined };
  const [first, second] = unit.cells;
  if (byColumn || first === undefined || section !== undefined) return;
  addKeyedRow(state, { first, second, unit });
}

function addKeyedRow(
  state: State,
  row: { first: Span; second: Span | undefined; unit: Unit },
): void {
  const { first, second, unit } = row;
  const field =
    state.heading?.field === undefined ? readLabel(state.text, first)?.field : undefined;
  const whole = { start: first.start, end: unit.cells.at(-1)?.end ?? first.end };
  if (field !== undefined && second !== undefined) {
    state.group += 1;
    push(state, {
      start: second.start,
      end: whole.end,
      field,
      kind: 'prose',
      labelStart: first.start,
    });
  } else push(state, { ...whole, kind: 'row', cells: unit.cells });
}

interface NewPassage extends Span {
  readonly field?: Field;
  readonly kind?: Passage['kind'];
  readonly level?: number;
  readonly cells?: readonly Span[];
  readonly labelStart?: number;
  /** Sets passages of one table column apart from the others. */
  readonly ownGroup?: number;
}

function push(state: State, passage: NewPassage): void {
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
