import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

import { hanging } from './hanging.ts';

/** How a table is laid out. */
export interface TableOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** Columns, counted from 0, that are never wrapped, because they are there to be copied. */
  readonly whole?: readonly number[];
  /** Styles the heads of columns. */
  readonly head?: (text: string) => string;
  /** Styles the line under the heads; no line is drawn without it. */
  readonly rule?: (text: string) => string;
}

const GAP = '  ';
/** A word up to so many columns is never broken. */
const LONGEST_WORD = 20;

/**
 * Lays rows out in columns that fit the width: the widest columns give way first, and what does not fit is wrapped between
 * words. Where even that does not fit, each row becomes a list of its cells, each behind the name of its column.
 *
 * @param heads - Names of the columns.
 * @param rows - Cells, which may hold styles; each row as long as `heads`.
 */
export function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  options: TableOptions,
): string {
  const { width, whole = [], head = (text) => text, rule } = options;
  const available = width - GAP.length * (heads.length - 1);
  const widths = fitted(columnsOf([heads, ...rows], whole), available);
  if (widths === undefined) return rows.map((row) => listed(heads, row, options)).join('\n\n');
  const lines = [layRow(heads.map(head), widths)];
  if (rule !== undefined) lines.push(rule(widths.map((columns) => '─'.repeat(columns)).join(GAP)));
  return [...lines, ...rows.map((row) => layRow(row, widths))].join('\n');
}

/** How wide a column would be, and how narrow it may become. */
interface ColumnWidth {
  readonly natural: number;
  readonly least: number;
}

function columnsOf(
  rows: readonly (readonly string[])[],
  whole: readonly number[],
): readonly ColumnWidth[] {
  const count = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, column) => {
    const cells = rows.map((row) => row[column] ?? '');
    const natural = Math.max(1, ...cells.map((cell) => stringWidth(cell)));
    const words = cells.flatMap((cell) => cell.split(/\s+/)).map((word) => stringWidth(word));
    const least = Math.min(Math.max(1, ...words), LONGEST_WORD);
    return { natural, least: whole.includes(column) ? natural : least };
  });
}

/** Undefined where the columns cannot be made to fit. */
function fitted(columns: readonly ColumnWidth[], available: number): readonly number[] | undefined {
  const widths = columns.map(({ natural }) => natural);
  for (let excess = sumOf(widths) - available; excess > 0; excess -= 1) {
    const giving = widths.map((now, at) => (now > (columns[at]?.least ?? now) ? now : 0));
    const widest = Math.max(...giving);
    if (widest === 0) return undefined;
    widths[giving.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function listed(
  heads: readonly string[],
  row: readonly string[],
  { width, head = (text) => text }: TableOptions,
): string {
  const longest = Math.max(...heads.map((name) => stringWidth(name)));
  return heads
    .map((name, at) => ({ name, cell: row[at] ?? '' }))
    .filter(({ cell }) => cell !== '')
    .map(({ name, cell }) => hanging(head(padded(name, longest)) + GAP, cell, width))
    .join('\n');
}

function layRow(cells: readonly string[], widths: readonly number[]): string {
  const wrapped = widths.map((columns, column) =>
    wrapAnsi(cells[column] ?? '', columns, { hard: true }).split('\n'),
  );
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    widths
      .map((columns, column) => padded(wrapped[column]?.[line] ?? '', columns))
      .join(GAP)
      .trimEnd(),
  ).join('\n');
}

function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
}
