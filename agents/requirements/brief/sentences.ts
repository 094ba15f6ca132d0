import { isAbbreviated } from './abbreviations.ts';
import { trimSpan, type Span } from './span.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The segmenter takes time quadratic in its text, so it is given pieces of bounded length. */
const PIECE_CHARACTERS = 2000;

/**
 * Gives the sentences of `span`, each without white space at its ends; a line break alone ends none, and none is
 * longer than 2,000 characters.
 */
export function sentencesOf(text: string, span: Span): readonly Span[] {
  const sentences: Span[] = [];
  let { start } = span;
  while (start < span.end) {
    const piece = pieceOf(text, { start, end: span.end });
    addSentences(sentences, text, piece);
    start = piece.end;
  }
  return sentences;
}

function addSentences(sentences: Span[], text: string, piece: Span): void {
  const flat = text.slice(piece.start, piece.end).replaceAll(/[\r\n\u2028\u2029\u0085]/g, ' ');
  let start = 0;
  for (const { segment, index } of segmenter.segment(flat)) {
    const end = index + segment.length;
    if (end < flat.length && isAbbreviated(flat.slice(start, end), flat.slice(end))) continue;
    const sentence = trimSpan(flat, { start, end });
    start = end;
    if (sentence.end > sentence.start) {
      sentences.push({ start: piece.start + sentence.start, end: piece.start + sentence.end });
    }
  }
}

/** The longest piece that ends with a sentence, or else with a word, and is not too long to be segmented. */
function pieceOf(text: string, { start, end }: Span): Span {
  if (end - start <= PIECE_CHARACTERS) return { start, end };
  const window = text.slice(start, start + PIECE_CHARACTERS);
  const cut = Math.max(window.lastIndexOf('. ') + 1, window.lastIndexOf('.\n') + 1);
  const word = Math.max(window.lastIndexOf(' '), window.lastIndexOf('\n'));
  const length = cut > 1 ? cut : word;
  if (length > 0) return { start, end: start + length };
  const splitsPair = /[\ud800-\udbff]/.test(window.slice(-1));
  return { start, end: start + PIECE_CHARACTERS - (splitsPair ? 1 : 0) };
}
