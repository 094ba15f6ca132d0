/** A cell of a table, below the line that names its columns. */
export interface Cell {
  readonly start: number;
  readonly end: number;
  /** Where the row begins. */
  readonly row: number;
  /** Where the name of the column stands. */
  readonly name: readonly [number, number];
  /** Whether it cannot well be anything but a table: other columns say nothing of this one then. */
  readonly isCertain: boolean;
}

/** The tables of a text: CSV, with tabs, semicolons or bars, in Markdown; and lists below a heading. */
export interface Tables {
  /** The cell that holds a place. */
  cellAt(place: number): Cell | undefined;
}

interface Line {
  readonly start: number;
  readonly end: number;
}

interface Header extends Line {
  readonly separator: string;
  /** Where cells begin, and at last where the one after the last would. */
  readonly cells: readonly number[];
}

interface Table {
  readonly header: Header;
  isCertain: boolean;
}

const SEPARATORS = ['\t', '|', ';', ','];
const LONGEST_HEADER = 2_000;
const LONGEST_NAME = 60;
const MOST_WORDS = 8;
/** So many lines may not fit before a table is over: what is quoted may have ends of lines. */
const MOST_STRAY = 2;
/** What stands in no name of a column. */
const NO_NAME = /\d{3}|[{}=<>:@]/;
const RULE = /^[ |+:=-]{2,}$/;
const LISTED = /^[^{}=<>:,;|\t]*\d[^{}=<>:,;|\t]*$/;

/** Finds the tables of a text in one pass; `from` is where the text itself begins. */
export function findTables(text: string, from: number): Tables {
  const cells = new CellList();
  const lines = linesOf(text, from);
  for (let index = 0; index < lines.length;) {
    const header = headerAt(text, lines, index);
    index = header === undefined ? index + 1 : addRows(cells, text, { lines, index, header });
  }
  return cells;
}

/** The cells of all tables, as numbers: there may be very many. */
class CellList implements Tables {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #rows: number[] = [];
  readonly #columns: number[] = [];
  readonly #tables: Table[] = [];

  add(table: Table, row: number, cells: readonly number[]): void {
    for (let column = 0; column + 1 < cells.length; column += 1) {
      this.#starts.push(cells[column] ?? 0);
      this.#ends.push((cells[column + 1] ?? 0) - 1);
      this.#rows.push(row);
      this.#columns.push(column);
      this.#tables.push(table);
    }
  }

  cellAt(place: number): Cell | undefined {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= place) low = middle + 1;
      else high = middle;
    }
    const at = low - 1;
    const table = this.#tables[at];
    const end = this.#ends[at] ?? -1;
    if (table === undefined || place > end) return undefined;
    const { cells } = table.header;
    const column = this.#columns[at] ?? 0;
    return {
      start: this.#starts[at] ?? 0,
      end,
      row: this.#rows[at] ?? 0,
      name: [cells[column] ?? 0, (cells[column + 1] ?? 1) - 1],
      isCertain: table.isCertain,
    };
  }
}

function linesOf(text: string, from: number): readonly Line[] {
  const lines: Line[] = [];
  for (let start = from; start < text.length;) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    lines.push({ start, end: text[end - 1] === '\r' ? end - 1 : end });
    start = end + 1;
  }
  return lines;
}

/** The line at `index`, if it names columns and what comes below it fits. */
function headerAt(text: string, lines: readonly Line[], index: number): Header | undefined {
  const line = inString(text, lines[index]);
  const body = bodyBelow(text, lines, index);
  if (line === undefined || body === undefined) return undefined;
  const names = text.slice(line.start, Math.min(line.end, line.start + LONGEST_HEADER + 1));
  const isShort = names.length <= LONGEST_HEADER && names.trim() !== '';
  if (!isShort || NO_NAME.test(names.replace(/:$/, ''))) return undefined;
  for (const separator of SEPARATORS.filter((one) => names.includes(one))) {
    const cells = cellsOf(text, line, separator);
    const isTable =
      namesColumns(text, cells) && fitting(text, body, { separator, cells }) !== undefined;
    if (isTable) return { ...line, separator, cells };
  }
  const isHeading = isName(names) && isListed(text, body);
  return isHeading ? { ...line, separator: '', cells: [line.start, line.end + 1] } : undefined;
}

/** Without what stands before a text in JSON whose first line this is. */
function inString(text: string, line: Line | undefined): Line | undefined {
  if (line === undefined) return undefined;
  const quote = text.slice(line.start, line.end).lastIndexOf('"');
  if (quote < 1) return line;
  const place = line.start + quote;
  const isOpening = /[:[,]\s?$/.test(text.slice(Math.max(line.start, place - 2), place));
  return isOpening ? { start: place + 1, end: line.end } : line;
}

/** The line below the one at `index`, or below the rule there. */
function bodyBelow(text: string, lines: readonly Line[], index: number): Line | undefined {
  const below = lines[index + 1];
  return below !== undefined && isRule(text, below) ? lines[index + 2] : below;
}

function namesColumns(text: string, cells: readonly number[]): boolean {
  const names = cells
    .slice(0, -1)
    .map((start, column) => text.slice(start, (cells[column + 1] ?? 1) - 1));
  return names.every(isName) && names.filter((name) => name.trim() !== '').length > 1;
}

function isName(name: string): boolean {
  const trimmed = name.trim();
  return trimmed.length <= LONGEST_NAME && trimmed.split(/\s+/).length <= MOST_WORDS;
}

function isRule(text: string, { start, end }: Line): boolean {
  if (end - start > LONGEST_HEADER) return false;
  const line = text.slice(start, end);
  return line.includes('--') && RULE.test(line);
}

function isListed(text: string, { start, end }: Line): boolean {
  return end - start <= LONGEST_NAME && LISTED.test(text.slice(start, end));
}

/** Adds the rows below a header, and gives the line after them. */
function addRows(
  cells: CellList,
  text: string,
  {
    lines,
    index,
    header,
  }: { readonly lines: readonly Line[]; readonly index: number; readonly header: Header },
): number {
  const table: Table = { header, isCertain: false };
  let next = index + 1;
  let rows = 0;
  for (let stray = 0; next < lines.length && stray <= MOST_STRAY; next += 1) {
    const line = lines[next];
    if (line === undefined || line.end === line.start) break;
    if (isRule(text, line)) {
      table.isCertain ||= header.separator === '|';
      continue;
    }
    const found = rowOf(text, line, header);
    if (found === undefined) {
      if (header.separator === '') break;
      stray += 1;
      continue;
    }
    stray = 0;
    rows += 1;
    table.isCertain ||= rows > 1 && header.separator !== '';
    cells.add(table, line.start, found);
  }
  return next;
}

function rowOf(text: string, line: Line, header: Header): readonly number[] | undefined {
  if (header.separator === '') {
    return isListed(text, line) ? [line.start, line.end + 1] : undefined;
  }
  return fitting(text, line, header);
}

/** The cells of a line, if there are as many as in the header; an empty one more may stand at its end. */
function fitting(
  text: string,
  line: Line,
  { separator, cells }: Pick<Header, 'separator' | 'cells'>,
): readonly number[] | undefined {
  const found = cellsOf(text, line, separator);
  if (found.length === cells.length) return found;
  const isEmptyLast =
    found.length === cells.length + 1 && text.slice(found.at(-2), line.end).trim() === '';
  return isEmptyLast ? found.slice(0, -1) : undefined;
}

/** Where the cells of a line begin, and at last where the one after the last would. Separators between quotes part nothing. */
function cellsOf(text: string, line: Line, separator: string): readonly number[] {
  const quote = separator === '|' ? undefined : '"';
  // A quotation that does not end in the line may be of what the table stands in.
  return partedBy(text, line, { separator, quote }) ?? partedBy(text, line, { separator }) ?? [];
}

function partedBy(
  text: string,
  { start, end }: Line,
  { separator, quote }: { readonly separator: string; readonly quote?: string | undefined },
): readonly number[] | undefined {
  const cells = [start];
  let isQuoted = false;
  for (let place = start; place < end; place += 1) {
    const letter = text[place];
    if (letter === quote) isQuoted = !isQuoted;
    else if (letter === separator && !isQuoted) cells.push(place + 1);
  }
  cells.push(end + 1);
  return isQuoted ? undefined : cells;
}
