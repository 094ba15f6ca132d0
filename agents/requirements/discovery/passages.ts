import { findMailHeaders } from '../brief/mail-headers.ts';
import { firstIndex, type Span } from '../brief/span.ts';
import type { Unit } from '../brief/units.ts';
import type { Field } from '../lexicon/field.ts';
import { readLabel, type Label } from '../lexicon/read-label.ts';
import { isShout, piecesOf, type Line } from './pieces.ts';
import { push, type Outline, type OutlineState } from './outline-state.ts';
import { addRow } from './table-rows.ts';

/** Sorts the units of a brief under its headings and labels. */
export function outlineOf(text: string, units: readonly Unit[]): Outline {
  const state: OutlineState = {
    text,
    passages: [],
    title: undefined,
    heading: undefined,
    label: undefined,
    group: 0,
    table: undefined,
    seen: 0,
    headers: findMailHeaders(text),
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

interface Piece {
  readonly unit: Unit;
  readonly line: Line;
  /** Whether it is the first of its unit. */
  readonly first: boolean;
}

const MAX_TITLE = 90;

function addHeading(state: OutlineState, unit: Unit): void {
  const line = unit.lines[0];
  if (line === undefined) return;
  const label = readLabel(state.text, line);
  state.label = undefined;
  if (label?.field === undefined && isBelow(state.heading, unit)) {
    push(state, { ...line, kind: 'subheading', level: unit.level });
    return;
  }
  openSection(state, { unit, line, label });
}

/** A heading of the first level that is no label of ours names the brief, also with a colon in it. */
function openSection(
  state: OutlineState,
  {
    unit,
    line,
    label,
  }: { readonly unit: Unit; readonly line: Span; readonly label: Label | undefined },
): void {
  state.group += 1;
  state.heading = { field: label?.field, level: unit.level, inferred: false, listed: false };
  const names = unit.level === 1 && label?.field === undefined && state.title === undefined;
  if (label !== undefined && label.value.end > label.value.start && !names) {
    push(state, { ...label.value, labelStart: line.start });
  } else if (names) state.title = line;
}

function isBelow(heading: OutlineState['heading'], unit: Unit): boolean {
  return heading?.field !== undefined && !heading.inferred && unit.level > heading.level;
}

function addPiece(state: OutlineState, piece: Piece): void {
  const { text } = state;
  const { unit, line } = piece;
  leaveScopes(state, piece);
  if (isIn(state.headers, line)) {
    state.label = undefined;
    push(state, { start: line.start, end: line.end, field: 'other', kind: 'header' });
    return;
  }
  const label = readLabel(text, line, inSender(state));
  if (label !== undefined && addLabelled(state, piece, label)) return;
  if (isTitle(state, piece)) {
    state.title = { start: line.start, end: line.end };
    return;
  }
  if (state.label?.pending === true) {
    state.label.pending = false;
    state.label.block = unit.block;
  }
  const kind = kindOf(text, piece);
  if (state.heading !== undefined && kind === 'item') state.heading.listed = true;
  push(state, { start: line.start, end: line.end, kind, level: unit.level });
}

/** A header of the mail that the brief came in is no part of what stands above it. */
function isIn(headers: readonly Span[], line: Span): boolean {
  const next = headers[firstIndex(headers.length, (at) => (headers[at]?.end ?? 0) > line.start)];
  return next !== undefined && next.start < line.end;
}

function leaveScopes(state: OutlineState, { unit, line }: Piece): void {
  const left = state.label !== undefined && !belongsTo(state.label, unit);
  if (line.fresh || left) state.label = undefined;
  if (endsList(state, unit)) state.heading = undefined;
}

/** Under a line that only serves as a heading, a paragraph after a list is something else. */
function endsList({ heading }: OutlineState, unit: Unit): boolean {
  return (
    heading?.inferred === true && heading.listed && unit.kind === 'paragraph' && unit.level === 0
  );
}

function kindOf(text: string, { unit, line }: Piece): 'item' | 'prose' {
  const bullet = /[•·▪◦‣]\s$/.test(text.slice(Math.max(0, line.start - 2), line.start));
  return unit.kind === 'item' || bullet ? 'item' : 'prose';
}

/** Takes a line with a label. Returns false when its words are to be read as an ordinary line. */
function addLabelled(state: OutlineState, piece: Piece, label: Label): boolean {
  const { unit } = piece;
  const { field, colon } = label;
  if (field === undefined) {
    // An unknown label ends the value of a known one, and is a line like any other under a heading.
    const ends = unit.kind !== 'item' && state.label?.pending !== true;
    if (ends) state.label = undefined;
    return false;
  }
  if (isPlainItem(state, piece, field)) return false;
  if (colon) addValue(state, piece, { field, value: label.value });
  else if (standsAlone(state, piece)) {
    state.heading = { field, level: 7, inferred: true, listed: false };
    state.label = { field, block: unit.block, level: unit.level, pending: true };
    state.group += 1;
  } else return false;
  return true;
}

function addValue(
  state: OutlineState,
  { unit, line, first }: Piece,
  { field, value }: { field: Field; value: Span },
): void {
  // Without an indent it stands behind the list, whatever Markdown takes it for.
  const behind = unit.kind === 'item' && !first && /[\r\n]/.test(state.text.charAt(line.start - 1));
  const level = behind ? 0 : unit.level;
  const opensList = value.end === value.start || state.text.charAt(value.end - 1) === ':';
  // Dates under one heading are one group, whatever their labels.
  if (field !== 'deadlines' || state.heading?.field !== 'deadlines') state.group += 1;
  state.label = { field, block: unit.block, level, pending: opensList };
  if (opensList) return;
  const kind = unit.kind === 'item' ? 'item' : 'prose';
  push(state, { ...value, labelStart: line.start, kind, level: unit.level });
}

/** Fields whose items may start like a label of another field: `- Offer ends: 3 May`, `- Orders: 1,500`. */
function keepsItems(section: Field, field: Field): boolean {
  if (section === field || isRule(field)) return false;
  // "Workshop: three hours" in a list of something names no campaign.
  if (field === 'title') return true;
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

/** An item that only looks like one with a label. */
function isPlainItem(state: OutlineState, piece: Piece, field: Field): boolean {
  const section = state.heading?.field;
  if (piece.unit.kind !== 'item') return false;
  if (section !== undefined && keepsItems(section, field)) return true;
  return field === 'mustNotSay' && leavesOutPeople(state, piece);
}

/** In a list of people, "please not: dealers" forbids no word. */
function leavesOutPeople({ text, label, heading }: OutlineState, { line }: Piece): boolean {
  return (
    (label?.field ?? heading?.field) === 'audience' &&
    /^[\s*_(]*(?:please |bitte )?(?:not|never|no|nicht|nie|pas|jamais|non|mai|niet|nooit|não|nunca)\s*:/i.test(
      text.slice(line.start, Math.min(line.end, line.start + 30)),
    )
  );
}

/** Whom not to write to, and what to say or not, is no entry of another list. */
function isRule(field: Field): boolean {
  return field === 'excluded' || field === 'mustNotSay' || field === 'mustSay';
}

/** A label without a colon is a heading when it is written in capitals, or has its line and more to follow. */
function standsAlone(state: OutlineState, { unit, line, first }: Piece): boolean {
  if (unit.kind !== 'paragraph' || state.heading?.inferred === false) return false;
  return (
    isShout(state.text, line) ||
    first ||
    /^\*\*|^__/.test(state.text.slice(line.start, line.start + 2))
  );
}

function isTitle(state: OutlineState, { unit, line, first }: Piece): boolean {
  if (state.title !== undefined || state.seen > 0 || !first || unit.kind !== 'paragraph')
    return false;
  const words = state.text.slice(line.start, line.end);
  return (
    !/[\r\n]/.test(words) &&
    words.length <= MAX_TITLE &&
    !/[.!?,;:]$/.test(words) &&
    words.includes(' ')
  );
}

function belongsTo(scope: NonNullable<OutlineState['label']>, unit: Unit): boolean {
  if (scope.pending) return scope.level === 0 || unit.level > scope.level;
  return scope.block === unit.block && (unit.level > scope.level || scope.level === 0);
}

function inSender(state: OutlineState): boolean {
  const field = state.label?.field ?? state.heading?.field;
  return (
    field === 'sender' || field?.startsWith('sender.') === true || state.heading?.field === 'sender'
  );
}
