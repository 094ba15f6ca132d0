/** A text without typographic disguises, and where each of its units came from. */
export interface FoldedText {
  readonly text: string;
  /** Gives the place in the original for a span of the folded text. */
  original(start: number, end: number): readonly [number, number];
}

// oxlint-disable-next-line no-control-regex -- the range is ASCII
const ASCII = /^[\u0000-\u007F]*$/;
/** Formats, variation selectors, fillers, and joiners of graphemes. */
const INVISIBLE = /\p{Cf}|\p{Default_Ignorable_Code_Point}|\u20E3/u;
const LINE_END = /[\u0085\u2028\u2029]/;
const SPACE = /\p{Zs}/u;
const DASH = /[\p{Pd}\u2212\u00B7\u2043]/u;
const DIGIT = /\p{Nd}/u;
/** The zeros of scripts whose digits have no compatibility form. */
const ZEROS = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66,
  0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810,
];
/** Letters of other scripts that look like Latin ones. */
const LOOKALIKES = new Map(
  [...'АВЕКМНОРСТХІЈЅавеопрсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο'].map((letter, index) => [
    letter,
    'ABEKMHOPCTXIJSaBeonpcyxijsABEZHIKMNOPTYXo'[index] ?? letter,
  ]),
);

/**
 * Folds full-width and other digits, spaces, dashes and lookalike letters to ASCII, and takes out what is invisible.
 * Case is kept.
 */
export function foldText(original: string): FoldedText {
  if (ASCII.test(original)) {
    return { text: withoutMarks(original), original: (start, end) => [start, end] };
  }
  const starts: number[] = [];
  const ends: number[] = [];
  const parts: string[] = [];
  let at = 0;
  for (const letter of original) {
    const next = original.charAt(at + letter.length);
    const folded =
      letter < '\u0080' ? letter : isBreak(letter, parts.at(-1), next) ? ' ' : foldLetter(letter);
    for (let unit = 0; unit < folded.length; unit += 1) {
      starts.push(at);
      ends.push(at + letter.length);
    }
    parts.push(folded);
    at += letter.length;
  }
  return {
    text: withoutMarks(parts.join('')),
    original: (start, end) => [starts[start] ?? original.length, ends[end - 1] ?? original.length],
  };
}

/** A long dash parts the digits of a number, and otherwise the words of a sentence. */
function isBreak(letter: string, before: string | undefined, after: string): boolean {
  const isLong = letter === '\u2014' || letter === '\u2015';
  return isLong && !(/\d$/.test(before ?? '') && /\d/.test(after));
}

/** Ends of lines, tabs, and marks of HTML, as JSON and programs write them in a text; letters that follow are not of one word with them. */
const ESCAPE = /\\[nrt]|\\u00(?:0[9ad]|2[0267]|3[ce]|a0)/gi;

function withoutMarks(text: string): string {
  const emphasised = withoutEmphasis(text);
  if (!emphasised.includes('\\')) return emphasised;
  return emphasised.replaceAll(ESCAPE, (escape) =>
    (/[nrad]$/i.test(escape) ? '\n' : /[t9]$/i.test(escape) ? '\t' : ' ').padEnd(escape.length),
  );
}

/** What stands between two underscores, as Markdown has it; not a mail address, whose name may begin with one. */
const EMPHASIS = /(?<![\w@.+%-])_(?=[A-Za-z0-9(+])([^_\n@]{4,80})_(?![\w@.+%-])/g;

function withoutEmphasis(text: string): string {
  return text.includes('_') ? text.replaceAll(EMPHASIS, ' $1 ') : text;
}

const known = new Map<string, string>();
const MOST_KNOWN = 4_096;

function foldLetter(letter: string): string {
  const found = known.get(letter);
  if (found !== undefined) return found;
  const folded = foldAnew(letter);
  if (known.size < MOST_KNOWN) known.set(letter, folded);
  return folded;
}

function foldAnew(letter: string): string {
  if (INVISIBLE.test(letter)) return '';
  if (SPACE.test(letter)) return ' ';
  if (LINE_END.test(letter)) return '\n';
  if (DASH.test(letter)) return '-';
  const lookalike = LOOKALIKES.get(letter);
  if (lookalike !== undefined) return lookalike;
  const compatible = letter.normalize('NFKC');
  if (compatible.length === 1 && compatible < '\u0080') return compatible;
  if (letter === '\u3002' || letter === '\u2024') return '.';
  return DIGIT.test(letter) ? digitOf(letter) : letter;
}

function digitOf(letter: string): string {
  const point = letter.codePointAt(0) ?? 0;
  const zero = ZEROS.find((candidate) => point >= candidate && point < candidate + 10);
  return zero === undefined ? letter : String(point - zero);
}
