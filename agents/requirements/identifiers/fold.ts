import { isInvisible } from '../brief/invisible.ts';

/** A text as a detector reads it, with the way back to the text itself. */
export interface FoldedText {
  readonly text: string;
  /** Index in the original of each character of `text`, and at last the original's length. */
  readonly origin: Uint32Array;
}

const NEEDS_FOLDING = /[*_`~\\<>–]|[^\n\r\t -~\u00c0-\u017f„“”‘’€£§]/u;

/**
 * Removes what hides an identifier from a pattern and not from a person: invisible characters, emphasis marks and
 * tags inside it, compatibility forms (NFKC), digits of other scripts and in circles, other dashes.
 */
export function foldText(original: string): FoldedText {
  if (!NEEDS_FOLDING.test(original))
    return identity(original, new Uint32Array(original.length + 1));
  const origin: number[] = [];
  const characters: string[] = [];
  let index = 0;
  for (const character of original) {
    const joins = character === '_' && joinsWords(original, index);
    for (const folded of joins ? '_' : foldCharacter(character)) {
      characters.push(folded);
      // A character outside the basic plane has two units, and patterns count in units.
      for (let unit = 0; unit < folded.length; unit += 1) origin.push(index);
    }
    index += character.length;
  }
  origin.push(original.length);
  return { text: characters.join(''), origin: Uint32Array.from(origin) };
}

/** An underscore between letters or digits is no emphasis. */
function joinsWords(text: string, index: number): boolean {
  return /^[A-Za-z0-9]_[A-Za-z0-9]$/.test(text.slice(Math.max(0, index - 1), index + 2));
}

function identity(text: string, origin: Uint32Array): FoldedText {
  for (let index = 0; index <= text.length; index += 1) origin[index] = index;
  return { text, origin };
}

/** First and last character of each range that stands for a dash, or for a space. */
const DASHES = [
  [0x2010, 0x2015],
  [0x2212, 0x2212],
  [0xfe63, 0xfe63],
  [0xff0d, 0xff0d],
] as const;
const SPACES = [
  [0xa0, 0xa0],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x3000, 0x3000],
] as const;
/** First and last of each run of digits in circles that NFKC leaves alone, and what the first stands for. */
const CIRCLED = [
  [0x24f5, 0x24fd, 1],
  [0x24ff, 0x24ff, 0],
  [0x2776, 0x277e, 1],
  [0x2780, 0x2788, 1],
  [0x278a, 0x2792, 1],
  [0x1f10b, 0x1f10c, 0],
] as const;
const MIDDLE_DOTS = /[\u2022\u2027\u2219\u22c5\u30fb]/;

function foldCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return /[*_`~\\]/.test(character) || isInvisible(character) ? '' : character;
  if (isIn(DASHES, code)) return '-';
  if (isIn(SPACES, code)) return ' ';
  if (isInvisible(character)) return '';
  const circled = CIRCLED.find(([first, last]) => code >= first && code <= last);
  if (circled !== undefined) return String(code === 0x1f10c ? 0 : code - circled[0] + circled[2]);
  if (MIDDLE_DOTS.test(character)) return '·';
  return character.normalize('NFKC').replaceAll(/\p{Nd}/gu, asciiDigit);
}

/** Decimal digits stand in blocks of ten, from nought to nine; what NFKC folds is folded before. */
function asciiDigit(digit: string): string {
  let code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1))) {
    code -= 1;
    value += 1;
  }
  return String(value);
}

function isIn(ranges: readonly (readonly [number, number])[], code: number): boolean {
  return ranges.some(([first, last]) => code >= first && code <= last);
}
