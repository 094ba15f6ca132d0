/** Characters as bits: ASCII, and one for all others. */
export type Letters = bigint;

/** A piece of a regular expression. */
export interface Piece {
  /** What a single letter of it may be; undefined for a group. */
  readonly letters: Letters | undefined;
  /** The alternatives of a group. */
  readonly group: readonly (readonly Piece[])[];
  readonly min: number;
  /** Infinity for `*` and `+`. */
  readonly max: number;
}

const OTHERS = 128;
/** Every character. */
export const ALL: Letters = (1n << BigInt(OTHERS + 1)) - 1n;
const MAX_PATTERN = 5000;
const MAX_GROUPS = 100;

interface Reader {
  readonly text: string;
  readonly ignoresCase: boolean;
  at: number;
  groups: number;
}

/** Reads a regular expression; undefined for one that is too long or not understood. */
export function readPattern(
  text: string,
  flags: string,
): readonly (readonly Piece[])[] | undefined {
  if (text.length > MAX_PATTERN || flags.includes('v')) return undefined;
  const reader: Reader = { text, ignoresCase: flags.includes('i'), at: 0, groups: 0 };
  const alternatives = readAlternatives(reader);
  return reader.at < text.length || reader.groups > MAX_GROUPS ? undefined : alternatives;
}

function readAlternatives(reader: Reader): readonly (readonly Piece[])[] {
  const alternatives: Piece[][] = [[]];
  while (reader.at < reader.text.length && reader.text[reader.at] !== ')') {
    if (reader.text[reader.at] === '|') {
      reader.at += 1;
      alternatives.push([]);
      continue;
    }
    const piece = readPiece(reader);
    if (piece !== undefined) alternatives.at(-1)?.push({ ...piece, ...readRepeat(reader) });
  }
  return alternatives;
}

type Unrepeated = Pick<Piece, 'letters' | 'group'>;

/** Gives the next piece; undefined for one that takes no letter. */
function readPiece(reader: Reader): Unrepeated | undefined {
  const { text } = reader;
  const letter = text[reader.at] ?? '';
  switch (letter) {
    case '^':
    case '$':
      reader.at += 1;
      return undefined;
    case '(':
      return readGroup(reader);
    case '[':
      return { letters: readClass(reader), group: [] };
    case '.':
      reader.at += 1;
      return { letters: ALL & ~bit('\n'), group: [] };
    case '\\':
      return readEscape(reader);
    default: {
      const [point = ''] = text.slice(reader.at, reader.at + 2);
      reader.at += point.length;
      return { letters: inCase(reader, bit(point)), group: [] };
    }
  }
}

function readGroup(reader: Reader): Unrepeated | undefined {
  const [opening = '('] =
    /^\((?:\?(?:[:=!]|<[=!]|<[^>]*>|[ims-]*:))?/.exec(reader.text.slice(reader.at)) ?? [];
  reader.at += opening.length;
  reader.groups += 1;
  if (reader.groups > MAX_GROUPS) {
    reader.at = reader.text.length + 1;
    return undefined;
  }
  const group = readAlternatives(reader);
  reader.at += 1;
  const isLook = /[=!]$/.test(opening);
  if (!isLook) return { letters: undefined, group };
  // What only looks takes no letter.
  readRepeat(reader);
  return undefined;
}

const CLASSES: Readonly<Record<string, RegExp>> = { d: /\d/, w: /\w/, s: /\s/ };

function readEscape(reader: Reader): Unrepeated | undefined {
  const rest = reader.text.slice(reader.at);
  const [long = ''] =
    /^\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]+\}|[pP]\{[^}]*\}|k<[^>]*>|c[A-Za-z])/.exec(
      rest,
    ) ?? [];
  const escape = long === '' ? rest.slice(0, 2) : long;
  reader.at += escape.length;
  if (/^\\[bB]$/.test(escape)) return undefined;
  return { letters: inCase(reader, lettersOf(escape)), group: [] };
}

function lettersOf(escape: string): Letters {
  const name = escape[1] ?? '';
  if (/^\\(?:[pPk1-9])/.test(escape)) return ALL;
  const known = CLASSES[name.toLowerCase()];
  if (known !== undefined && escape.length === 2) {
    const letters = matching(known);
    return name === name.toLowerCase() ? letters : ALL & ~letters;
  }
  const hex = /^\\[xu]\{?([0-9a-fA-F]+)/.exec(escape)?.[1];
  if (hex !== undefined) return bitOf(Number.parseInt(hex, 16));
  const controls: Readonly<Record<string, string>> = {
    n: '\n',
    r: '\r',
    t: '\t',
    f: '\f',
    v: '\v',
    0: '\0',
  };
  return bit(controls[name] ?? name);
}

function readClass(reader: Reader): Letters {
  const { text } = reader;
  reader.at += 1;
  const isNegated = text[reader.at] === '^';
  if (isNegated) reader.at += 1;
  let letters = 0n;
  while (reader.at < text.length && text[reader.at] !== ']') {
    const [from, low] = readMember(reader);
    letters |= from;
    if (text[reader.at] !== '-' || text[reader.at + 1] === ']' || low === undefined) continue;
    reader.at += 1;
    const [to, high] = readMember(reader);
    letters |= to;
    if (high !== undefined) letters |= between(low, high);
  }
  reader.at += 1;
  const cased = inCase(reader, letters);
  return isNegated ? ALL & ~cased : cased;
}

function readMember(reader: Reader): readonly [Letters, number | undefined] {
  if (reader.text[reader.at] === '\\') {
    if (reader.text[reader.at + 1] === 'b') {
      reader.at += 2;
      return [bit('\b'), undefined];
    }
    const letters = readEscape(reader)?.letters ?? 0n;
    return [letters, onlyCode(letters)];
  }
  const point = reader.text.codePointAt(reader.at) ?? 0;
  reader.at += point > 0xff_ff ? 2 : 1;
  return [bitOf(point), point];
}

function readRepeat(reader: Reader): Pick<Piece, 'min' | 'max'> {
  const found = /^(?:([*+?])|\{(\d+)(,(\d*))?\})[?]?/.exec(
    reader.text.slice(reader.at, reader.at + 24),
  );
  if (found === null) return { min: 1, max: 1 };
  reader.at += found[0].length;
  const [, sign, least, comma, most] = found;
  if (sign !== undefined) return { min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Infinity };
  const min = Number(least);
  if (comma === undefined) return { min, max: min };
  return { min, max: most === '' || most === undefined ? Infinity : Number(most) };
}

function bit(letter: string): Letters {
  return bitOf(letter.codePointAt(0) ?? 0);
}

function bitOf(code: number): Letters {
  return 1n << BigInt(Math.min(code, OTHERS));
}

function between(low: number, high: number): Letters {
  let letters = 0n;
  for (let code = low; code <= Math.min(high, OTHERS); code += 1) letters |= bitOf(code);
  return letters;
}

function onlyCode(letters: Letters): number | undefined {
  for (let code = 0; code < OTHERS; code += 1) if (letters === bitOf(code)) return code;
  return undefined;
}

function matching(pattern: RegExp): Letters {
  let letters = 0n;
  for (let code = 0; code < OTHERS; code += 1)
    if (pattern.test(String.fromCodePoint(code))) letters |= bitOf(code);
  return letters;
}

function inCase({ ignoresCase }: Reader, letters: Letters): Letters {
  if (!ignoresCase) return letters;
  const upper = between(65, 90);
  const lower = between(97, 122);
  return letters | ((letters & upper) << 32n) | ((letters & lower) >> 32n);
}
