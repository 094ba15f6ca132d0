import { isInvisible } from './invisible.ts';
import type { ReadingCopy } from './reading-copy.ts';
import type { Span } from './span.ts';

const SHORTEST = 2;

/**
 * Gives a function that finds a quotation in a brief: word for word, with white space, emphasis marks and the form of
 * quotation marks and dashes left out of account. The first place counts.
 */
export function quoteFinder(copy: ReadingCopy): (quote: string) => Span | undefined {
  const folded = fold(copy.text);
  return (quote) => {
    const wanted = fold(quote).text.trim();
    if (wanted.length < SHORTEST || wanted.includes('[withheld]')) return undefined;
    const at = folded.text.indexOf(wanted);
    if (at < 0) return undefined;
    const first = folded.origin[at] ?? 0;
    const last = folded.origin[at + wanted.length - 1] ?? first;
    return { start: copy.origin[first] ?? 0, end: (copy.origin[last] ?? 0) + 1 };
  };
}

function fold(text: string): { readonly text: string; readonly origin: Uint32Array } {
  const origin = new Uint32Array(text.length + 1);
  const characters: string[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = foldCharacter(text.charAt(index));
    if (character === '' || (character === ' ' && characters.at(-1) === ' ')) continue;
    origin[characters.length] = index;
    characters.push(character);
  }
  origin[characters.length] = text.length;
  return { text: characters.join(''), origin };
}

function foldCharacter(character: string): string {
  if (/\s/.test(character)) return ' ';
  if (/[*`]/.test(character)) return '';
  if (/[“”„«»]/.test(character)) return '"';
  if (/[‘’]/.test(character)) return "'";
  if (/[‐-―]/.test(character)) return '-';
  return isInvisible(character) ? '' : character;
}
