import type { Span } from '../brief/span.ts';
import type { Unit } from '../brief/units.ts';
import { readLabel } from '../lexicon/read-label.ts';
import { push, type OutlineState } from './outline-state.ts';

/** Sorts a row of a table under the field of its section, of its column, or of the label in its first cell. */
export function addRow(state: OutlineState, unit: Unit): void {
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
function startTable(state: OutlineState, unit: Unit): void {
  const { text, label } = state;
  if (label?.pending === true) {
    label.pending = false;
    label.block = unit.block;
  } else if (label !== undefined && label.block !== unit.block) state.label = undefined;
  const section = state.label === undefined ? state.heading?.field : state.label.field;
  const columns = unit.cells.map((cell) => readLabel(text, cell)?.field);
  const named = columns.filter((field) => field !== undefined && field !== 'other');
  const byColumn = section === undefined && named.length >= 2;
  state.table = { block: unit.block, columns: byColumn ? columns : undefined };
  const [first, second] = unit.cells;
  if (byColumn || first === undefined || section !== undefined) return;
  addKeyedRow(state, { first, second, unit });
}

function addKeyedRow(
  state: OutlineState,
  row: { first: Span; second: Span | undefined; unit: Unit },
): void {
  const { first, second, unit } = row;
  const section = state.label === undefined ? state.heading?.field : state.label.field;
  const field = section === undefined ? readLabel(state.text, first)?.field : undefined;
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
