import { unclosed } from './say.ts';

/** Where a sentence can be left without being cut in the middle of a thought. */
const SEAMS = /(?<=\p{L}{3}[.!?])\s+(?=\p{Lu})|\s*[;:–—]\s+|\s+-\s+|,\s+(?!\d)|\s+(?=\()/gu;
const MIN_LENGTH = 12;

/**
 * Gives the longest beginning of `text` that ends at a seam (sentence, clause, bracket) and has at most `max` characters, so
 * that no price, date or number is ever cut. Undefined when there is none.
 */
export function shorten(text: string, max: number): string | undefined {
  const whole = unclosed(text.trim());
  if (whole.length <= max) return whole;
  const beginnings = [...whole.matchAll(SEAMS)]
    .map(({ index }) => unclosed(whole.slice(0, index).trim()))
    .filter(
      (beginning) =>
        beginning.length <= max && beginning.length >= MIN_LENGTH && isBalanced(beginning),
    );
  return beginnings.at(-1);
}

/** Gives the first of `candidates` that fits into `max` characters, whole if possible, else shortened. */
export function firstThatFits(candidates: readonly string[], max: number): string | undefined {
  return candidates.map((candidate) => shorten(candidate, max)).find((text) => text !== undefined);
}

/**
 * Gives the beginning of `text` up to the last word that fits into `max` characters with an ellipsis, left off before any
 * figure that it would otherwise cut or orphan. The last resort for one long clause.
 */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const words = text
    .slice(0, max - 1)
    .split(' ')
    .slice(0, -1);
  while (words.length > 1 && /[\d€$£%]|^\p{L}{1,3}$/u.test(words.at(-1) ?? '')) words.pop();
  return `${words.join(' ').replace(/[,;:–—-]+$/u, '')}…`;
}

function isBalanced(text: string): boolean {
  return (
    (text.match(/\(/gu) ?? []).length === (text.match(/\)/gu) ?? []).length &&
    !/[„“«]/u.test(text.replace(/[„“«][^”“»]*[”“»]/gu, ''))
  );
}
