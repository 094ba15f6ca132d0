import { isAbbreviated } from './abbreviations.ts';
import { trimSpan, type Span } from './span.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The segmenter takes time quadratic in its text, so it is given pieces of bounded length. */
const PIECE_CHARACTERS = 2000;

/**
 * Gives the sentences of `span`, each without white space at its ends; a line break ends one only where a whole sentence
 * follows on a line of its own, and none is longer than 2,000 characters.
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
  const flat = withBreaks(text.slice(piece.start, piece.end));
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

/** A line that is no longer than this when the first word of the next is added was not broken for want of room. */
const SHORT_LINE = 60;
const LINE_END = /\r\n|[\r\n\u2028\u2029\u0085]/g;
/** At least four words, from a capital letter to the mark that ends the line. */
const OWN_SENTENCE = /^[ \t]*(?:\p{Lu}|\d+ \p{Lu})\S*(?: \S+){3,}[.!?][ \t]*(?=[\r\n]|$)/u;
/** Goes on in the next line. */
const GOES_ON = /(?:[,;:–—(/&+-]|(?<![\p{L}])\p{Ll}{1,4})[ \t]*$/u;

/** The text in one line, with a mark where one line ends and another says something of its own. */
function withBreaks(text: string): string {
  let from = 0;
  return text.replaceAll(LINE_END, (mark, at: number) => {
    const line = text.slice(from, at);
    from = at + mark.length;
    const space = ' '.repeat(mark.length);
    if (line.length > SHORT_LINE || line.trim() === '') return space;
    const next = text.slice(from, from + MAX_LINE);
    const first = /^[ \t]*\S*/.exec(next)?.[0].length ?? 0;
    const full = line.length + first > SHORT_LINE;
    return !full && !GOES_ON.test(line) && OWN_SENTENCE.test(next)
      ? '\u2029'.padEnd(mark.length)
      : space;
  });
}

const MAX_LINE = 400;

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
