import { isInvisible } from '../brief/invisible.ts';

/** A text as a detector reads it, with the way back to the text itself. */
export interface FoldedText {
  readonly text: string;
  /** Index in the original of each character of `text`, and at last the original's length. */
  readonly origin: Uint32Array;
}

const NEEDS_FOLDING = /[*_`~\\<>]|[^\n\r\t -~\u00c0-\u017f„“”‘’€£§–]/u;

/**
 * Removes what hides an identifier from a pattern and not from a person: invisible characters, emphasis marks and
 * tags inside it, digits and dashes of other scripts.
 */
export function foldText(original: string): FoldedText {
  const origin = new Uint32Array(original.length + 1);
  if (!NEEDS_FOLDING.test(original) && !original.includes('–')) return identity(original, origin);
  const characters: string[] = [];
  for (let index = 0; index < original.length; index += 1) {
    const folded = foldCharacter(original.charAt(index));
    if (folded === '') continue;
    origin[characters.length] = index;
    characters.push(folded);
  }
  origin[characters.length] = original.length;
  return { text: characters.join(''), origin };
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
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10];

function foldCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x80) return /[*_`~\\]/.test(character) || isInvisible(character) ? '' : character;
  if (isIn(DASHES, code)) return '-';
  if (isIn(SPACES, code)) return ' ';
  const zero = ZEROS.find((first) => code >= first && code < first + 10);
  if (zero !== undefined) return String(code - zero);
  if (code >= 0xff21 && code <= 0xff5a) return String.fromCharCode(code - 0xfee0);
  return isInvisible(character) ? '' : character;
}

function isIn(ranges: readonly (readonly [number, number])[], code: number): boolean {
  return ranges.some(([first, last]) => code >= first && code <= last);
}
