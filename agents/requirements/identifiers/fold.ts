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

const DIGITS_OF_ZERO = [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10];

function foldCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x80) return /[*_`~\\]/.test(character) || isInvisible(character) ? '' : character;
  if (code >= 0x2010 && code <= 0x2015) return '-';
  if (code === 0x2212 || code === 0xfe63 || code === 0xff0d) return '-';
  if (code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x3000)
    return ' ';
  const zero = DIGITS_OF_ZERO.find((first) => code >= first && code < first + 10);
  if (zero !== undefined) return String(code - zero);
  if (code >= 0xff21 && code <= 0xff5a) return String.fromCharCode(code - 0xfee0);
  return isInvisible(character) ? '' : character;
}
