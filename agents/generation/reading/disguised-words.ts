import { plainText } from './plain-text.ts';
import { withoutEntities } from './readings.ts';

const WORD = /[\p{L}\p{M}\p{N}\p{S}†‡]+/gu;
const ORDINARY = /[a-zßæœøłđħı]/u;
/** Capitals in circles and squares, regional indicators, and letters that only fingers read. */
const LETTER_SIGN = /[\u{1F100}-\u{1F1FF}\u2800-\u28FF]/u;
const SIGN_IN_WORD = /\p{L}(?:(?!\p{ASCII})[\p{S}†‡])+\p{L}/u;

/**
 * Gives the words of `text` that are written with other letters than those of the seven languages, which are all written in
 * Latin letters with accents, or with signs between letters; lower case, each once. What Unicode holds to be the same letter
 * in another shape (full width, mathematical) counts as that letter.
 */
export function disguisedWords(text: string): ReadonlySet<string> {
  const words = plainText(withoutEntities(text)).toLowerCase().match(WORD) ?? [];
  return new Set(words.filter(isDisguised));
}

function isDisguised(word: string): boolean {
  // Most words are plain, and need no closer look.
  if (/^[a-z\d]+$/u.test(word)) return false;
  if (LETTER_SIGN.test(word) || SIGN_IN_WORD.test(word)) return true;
  const letters = word.normalize('NFKD').match(/[\p{L}\p{Nl}]/gu) ?? [];
  return letters.some((letter) => !ORDINARY.test(letter));
}
