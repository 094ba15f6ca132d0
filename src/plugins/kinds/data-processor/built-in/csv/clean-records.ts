import { createHash } from 'node:crypto';

import { z } from 'zod';

import { CELL_TYPES, typedCell } from './cell-types.ts';
import {
  lastRecord,
  READER_START,
  readRecords,
  writeRecord,
  type CsvRecord,
} from './record-reader.ts';

/** What is to be done with a file. */
export const CsvOptions = z.strictObject({
  /** `auto` takes the sign that parts the header most often. */
  delimiter: z.enum(['auto', ',', ';', '\t', '|']).default('auto'),
  /** Types by column name, as it stands in the file without blanks around it. */
  types: z.record(z.string(), z.enum(CELL_TYPES)).default({}),
  decimalSign: z.enum(['.', ',']).default('.'),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']).default('ymd'),
  /** Words that stand for nothing, in any case. */
  emptyWords: z.array(z.string().max(40)).max(20).default(['n/a', 'null', '#n/a']),
  /** What becomes of a cell that is not of its column's type. */
  badCells: z.enum(['keep', 'empty', 'drop-row']).default('keep'),
  /** Columns that tell rows apart; `all` for every column, `none` to keep repeated rows. */
  duplicates: z.union([z.enum(['all', 'none']), z.array(z.string()).min(1).max(50)]).default('all'),
  /** Puts an apostrophe before cells that a spreadsheet would take for a formula. */
  disarmFormulas: z.boolean().default(true),
});
export type CsvOptions = z.infer<typeof CsvOptions>;

const Count = z.int().nonnegative();
const Problem = z.strictObject({ line: z.int().positive(), column: z.string(), why: z.string() });

/** What was changed, without the values. */
export const CsvReport = z.strictObject({
  delimiter: z.string(),
  columns: z.array(z.string()),
  rowsIn: Count,
  rowsOut: Count,
  trimmed: Count,
  emptied: Count,
  retyped: Count,
  disarmed: Count,
  /** Rows that were shorter or longer than the header: cells were added, or empty ones at the end removed. */
  reshaped: Count,
  duplicates: Count,
  dropped: Count,
  badCells: Count,
  /** The first hundred. */
  problems: z.array(Problem),
});
export type CsvReport = z.infer<typeof CsvReport>;

/** Where the cleaning of a file stands between two chunks. */
export const CsvState = z.strictObject({
  options: CsvOptions,
  /** Text before the first line end, while the delimiter is not known. */
  pending: z.string(),
  reader: z.strictObject({
    mode: z.enum(['start', 'plain', 'quoted', 'after-quote', 'after-return']),
    field: z.string(),
    fields: z.array(z.string()),
    line: z.int().positive(),
    breaks: Count,
  }),
  seen: z.array(z.string()),
  report: CsvReport,
});
export type CsvState = z.infer<typeof CsvState>;

const MAX_PROBLEMS = 100;
/** Rows whose digests are remembered; more would make the state larger than a call may be. */
const MAX_SEEN = 200_000;
const FORMULA = /^[=+\-@\t\r]/;
const PLAIN_NUMBER = /^[+-]?\d+([.,]\d+)*%?$/;

/** Begins with a file. */
export function openCsv(options: CsvOptions): CsvState {
  const counts = { rowsIn: 0, rowsOut: 0, trimmed: 0, emptied: 0, retyped: 0, disarmed: 0 };
  const report = { ...counts, reshaped: 0, duplicates: 0, dropped: 0, badCells: 0, problems: [] };
  return {
    options,
    pending: '',
    reader: { ...READER_START, fields: [] },
    seen: [],
    report: { delimiter: '', columns: [], ...report },
  };
}

/** Cleans the next piece of a file. */
export function feedCsv(
  state: CsvState,
  chunk: string,
): { readonly state: CsvState; readonly text: string } {
  const text = state.pending + chunk;
  const { delimiter } = state.report;
  if (delimiter === '' && headerEnd(text) < 0)
    return { state: { ...state, pending: text }, text: '' };
  return takeText(state, text);
}

/** Cleans what is left. */
export function endCsv(state: CsvState): { readonly text: string; readonly report: CsvReport } {
  const taken = takeText(state, state.pending);
  const last = lastRecord(taken.state.reader);
  const table = new Table({ ...taken.state, pending: '' });
  if (last !== undefined) table.take(last);
  return { text: taken.text + table.text, report: table.state().report };
}

function takeText(
  state: CsvState,
  text: string,
): { readonly state: CsvState; readonly text: string } {
  const begins = state.report.delimiter === '';
  const sound = begins ? text.replace(/^\uFEFF/, '') : text;
  const delimiter = begins ? delimiterOf(state.options, sound) : state.report.delimiter;
  const { state: reader, records } = readRecords(state.reader, sound, delimiter);
  const report = { ...state.report, delimiter };
  const held = { ...reader, fields: [...reader.fields] };
  const table = new Table({ ...state, pending: '', reader: held, report });
  for (const record of records) table.take(record);
  return { state: table.state(), text: table.text };
}

/** Where the first line ends that is not inside quotes and not empty. */
function headerEnd(text: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    else if (!quoted && /[\r\n]/.test(text[at] ?? '') && text.slice(0, at).trim() !== '') return at;
  }
  return -1;
}

function delimiterOf({ delimiter }: CsvOptions, text: string): string {
  if (delimiter !== 'auto') return delimiter;
  const end = headerEnd(text);
  const header = (end < 0 ? text : text.slice(0, end)).replaceAll(/"[^"]*"/g, '');
  const counted = [',', ';', '\t', '|'].map((sign) => ({ sign, count: header.split(sign).length }));
  return counted.toSorted((one, other) => other.count - one.count)[0]?.sign ?? ',';
}

/** Rows on their way from what was read to what is written. */
class Table {
  text = '';
  readonly #state: CsvState;
  readonly #seen: Set<string>;
  readonly #report: CsvReport;

  constructor(state: CsvState) {
    this.#state = state;
    this.#seen = new Set(state.seen);
    this.#report = { ...state.report, problems: [...state.report.problems] };
  }

  state(): CsvState {
    return { ...this.#state, seen: [...this.#seen], report: this.#report };
  }

  take(record: CsvRecord): void {
    if (this.#report.columns.length === 0) this.#takeHeader(record);
    else this.#takeRow(record);
  }

  #takeHeader({ fields }: CsvRecord): void {
    const names: string[] = [];
    for (const [index, field] of fields.entries()) {
      const wanted = field.trim() === '' ? `column_${index + 1}` : field.trim();
      let name = wanted;
      for (let copy = 2; names.includes(name); copy++) name = `${wanted}_${copy}`;
      names.push(name);
    }
    this.#report.columns = names;
    this.text += writeRecord(names.map((name) => this.#disarmed(name)));
  }

  #takeRow({ line, fields }: CsvRecord): void {
    this.#report.rowsIn += 1;
    const cells = this.#shaped(fields, line);
    let keep = cells !== undefined;
    const cleaned = (cells ?? []).map((cell, index) => {
      const { value, bad } = this.#cleaned(cell, this.#report.columns[index] ?? '', line);
      if (bad && this.#state.options.badCells === 'drop-row') keep = false;
      return value;
    });
    if (!keep) this.#report.dropped += 1;
    else if (this.#repeats(cleaned)) this.#report.duplicates += 1;
    else {
      this.#report.rowsOut += 1;
      this.text += writeRecord(cleaned);
    }
  }

  /** A row with as many cells as the header; undefined for one that holds more than the header has names for. */
  #shaped(fields: readonly string[], line: number): readonly string[] | undefined {
    const width = this.#report.columns.length;
    if (fields.length === width) return fields;
    const over = fields.slice(width);
    if (over.some((cell) => cell.trim() !== '')) {
      this.#note(line, '', `it has ${fields.length} cells, and the header has ${width}`);
      return undefined;
    }
    this.#report.reshaped += 1;
    return [...fields, ...Array<string>(Math.max(0, width - fields.length)).fill('')].slice(
      0,
      width,
    );
  }

  #cleaned(
    cell: string,
    column: string,
    line: number,
  ): { readonly value: string; readonly bad: boolean } {
    const { options } = this.#state;
    const trimmed = cell.trim();
    if (trimmed !== cell) this.#report.trimmed += 1;
    if (trimmed === '') return { value: '', bad: false };
    if (options.emptyWords.some((word) => word.toLowerCase() === trimmed.toLowerCase())) {
      this.#report.emptied += 1;
      return { value: '', bad: false };
    }
    const type = Object.hasOwn(options.types, column) ? (options.types[column] ?? 'text') : 'text';
    const typed = typedCell(trimmed, type, options);
    if (typed === undefined) {
      this.#report.badCells += 1;
      this.#note(line, column, `it is no ${type}`);
      return { value: options.badCells === 'empty' ? '' : this.#disarmed(trimmed), bad: true };
    }
    if (typed !== trimmed) this.#report.retyped += 1;
    return { value: this.#disarmed(typed), bad: false };
  }

  /** A cell that begins like a formula and is no number would run in a spreadsheet. */
  #disarmed(cell: string): string {
    if (!this.#state.options.disarmFormulas || !FORMULA.test(cell) || PLAIN_NUMBER.test(cell))
      return cell;
    this.#report.disarmed += 1;
    return `'${cell}`;
  }

  #repeats(cells: readonly string[]): boolean {
    const { duplicates } = this.#state.options;
    if (duplicates === 'none') return false;
    const { columns } = this.#report;
    const told =
      duplicates === 'all' ? cells : duplicates.map((name) => cells[columns.indexOf(name)]);
    const text = JSON.stringify(told);
    const digest = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    if (this.#seen.has(digest)) return true;
    if (this.#seen.size >= MAX_SEEN)
      throw new RangeError(`More than ${MAX_SEEN} different rows: set duplicates to "none".`);
    this.#seen.add(digest);
    return false;
  }

  #note(line: number, column: string, why: string): void {
    if (this.#report.problems.length < MAX_PROBLEMS)
      this.#report.problems.push({ line, column, why });
  }
}
