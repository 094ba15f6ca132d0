/** Where a reader of records stands: JSON, so that it can be put aside between two chunks. */
export interface ReaderState {
  readonly mode: 'start' | 'plain' | 'quoted' | 'after-quote' | 'after-return';
  readonly field: string;
  readonly fields: readonly string[];
  /** The line on which the record begins, counted from 1. */
  readonly line: number;
  /** Line breaks inside quotes of the record so far. */
  readonly breaks: number;
}

/** One record, and the line on which it begins. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** The state before the first character. */
export const READER_START: ReaderState = Object.freeze({
  mode: 'start',
  field: '',
  fields: [],
  line: 1,
  breaks: 0,
});

/**
 * Reads records from a piece of text; what is not finished is in the state that it gives.
 *
 * A quote inside of a field that does not begin with one is taken as it stands, as is what follows a closing quote: such files
 * exist, and nothing is lost that way. Line ends are CRLF, LF or CR.
 *
 * @see RFC 4180, section 2
 */
export function readRecords(
  state: ReaderState,
  text: string,
  delimiter: string,
): { readonly state: ReaderState; readonly records: readonly CsvRecord[] } {
  const reader = new Reader(state, delimiter);
  for (const character of text) reader.take(character);
  return { state: reader.state(), records: reader.records };
}

/** Gives the record that the text ended in, if there is one. */
export function lastRecord({ mode, field, fields, line }: ReaderState): CsvRecord | undefined {
  if (mode === 'start' && fields.length === 0) return undefined;
  if (mode === 'after-return') return undefined;
  return { line, fields: [...fields, field] };
}

class Reader {
  readonly records: CsvRecord[] = [];
  readonly #delimiter: string;
  #mode: ReaderState['mode'];
  #field: string;
  #fields: string[];
  #line: number;
  #breaks: number;

  constructor({ mode, field, fields, line, breaks }: ReaderState, delimiter: string) {
    this.#delimiter = delimiter;
    this.#mode = mode;
    this.#field = field;
    this.#fields = [...fields];
    this.#line = line;
    this.#breaks = breaks;
  }

  state(): ReaderState {
    const [mode, field, fields] = [this.#mode, this.#field, this.#fields];
    return { mode, field, fields, line: this.#line, breaks: this.#breaks };
  }

  take(character: string): void {
    if (this.#mode === 'quoted') this.#takeQuoted(character);
    else if (this.#mode === 'after-return' && character === '\n') this.#mode = 'start';
    else this.#takeOpen(character);
  }

  #takeQuoted(character: string): void {
    if (character === '"') this.#mode = 'after-quote';
    else {
      this.#field += character;
      if (character === '\n') this.#breaks += 1;
    }
  }

  #takeOpen(character: string): void {
    const opens = this.#mode === 'start' || this.#mode === 'after-return';
    if (character === this.#delimiter) this.#endField();
    else if (character === '\n' || character === '\r') this.#endRecord(character);
    else if (character !== '"') this.#add(character);
    else if (opens) this.#mode = 'quoted';
    else if (this.#mode === 'after-quote') {
      // A doubled quote stands for one.
      this.#field += '"';
      this.#mode = 'quoted';
    } else this.#field += '"';
  }

  #add(character: string): void {
    this.#field += character;
    this.#mode = 'plain';
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = '';
    this.#mode = 'start';
  }

  #endRecord(character: string): void {
    const empty = this.#mode === 'start' || this.#mode === 'after-return';
    // An empty line is no record.
    if (!empty || this.#fields.length > 0)
      this.records.push({ line: this.#line, fields: [...this.#fields, this.#field] });
    this.#field = '';
    this.#fields = [];
    this.#line += 1 + this.#breaks;
    this.#breaks = 0;
    this.#mode = character === '\r' ? 'after-return' : 'start';
  }
}

/** Writes a record: fields are quoted where they have to be, and lines end in CRLF. */
export function writeRecord(fields: readonly string[]): string {
  const cells = fields.map((field) =>
    /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field,
  );
  // A record of one empty field would be an empty line, which is no record.
  const [only] = cells;
  return `${cells.length === 1 && only === '' ? '""' : cells.join(',')}\r\n`;
}
