import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

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
const NARROWEST = 8;

/**
 * Lays rows out in columns that fit the width: the widest columns give way first, and what does not fit is wrapped.
 *
 * @param heads - Names of the columns.
 * @param rows - Cells, which may hold styles; each row as long as `heads`.
 */
export function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  { width, whole = [], head = (text) => text, rule }: TableOptions,
): string {
  const available = width - GAP.length * (heads.length - 1);
  const widths = fitted(naturalWidths([heads, ...rows]), available, whole);
  const lines = [layRow(heads.map(head), widths)];
  if (rule !== undefined) lines.push(rule(widths.map((columns) => '─'.repeat(columns)).join(GAP)));
  return [...lines, ...rows.map((row) => layRow(row, widths))].join('\n');
}

function naturalWidths(rows: readonly (readonly string[])[]): number[] {
  const columns = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) =>
    Math.max(1, ...rows.map((row) => stringWidth(row[column] ?? ''))),
  );
}

function fitted(
  natural: readonly number[],
  available: number,
  whole: readonly number[],
): readonly number[] {
  const widths = [...natural];
  for (;;) {
    const excess = widths.reduce((sum, columns) => sum + columns, 0) - available;
    const giving = widths.map((columns, at) => (whole.includes(at) ? 0 : columns));
    const widest = Math.max(...giving);
    if (excess <= 0 || widest <= NARROWEST) return widths;
    const at = giving.indexOf(widest);
    const second = Math.max(NARROWEST, ...giving.filter((_, column) => column !== at));
    widths[at] = Math.max(widest - excess, Math.min(second, widest - 1), NARROWEST);
  }
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
