import { MAX_INFLECTION } from './inflection.ts';

const MASK = String.raw`*_#~^•·∙●○■□▪◦¤?%&=×§…`;
const SEPARATOR = String.raw`.'’\-`;
const LETTER = String.raw`[\p{L}\p{N}]`;
/** Letters with signs between them, or behind them where there are several: "f*ee", "gu.rantee", "gua***". */
const MASKED = new RegExp(
  String.raw`${LETTER}+(?:[${MASK}${SEPARATOR}]+${LETTER}+)+[${MASK}]*|${LETTER}+[${MASK}]{2,}`,
  'gu',
);
const RUN = new RegExp(String.raw`[${MASK}${SEPARATOR}]+`, 'gu');
const ONE_SEPARATOR = new RegExp(String.raw`^[${SEPARATOR}]$`, 'u');
const DOTS = /^(?:…|\.{2,})$/u;
const MAX_MASKED = 60;
const MOST_LETTERS = 8;
/** A short run of masks may hide some letters more than it has signs. */
const FEW_LETTERS = 3;

/**
 * Gives `text` with words whose letters are masked read as the forbidden word that they fit: "f*ee" as "free". What fits none
 * of `words` stays as it is, and so do words that are masked by nothing but their last letter: that is a footnote.
 *
 * @param words - Of a forbidden wording, of letters and digits alone.
 */
export function unmasked(text: string, words: readonly string[]): string {
  // A hyphen may be one of the masked signs, or stand between two words of the wording.
  const wordings = words.length > 1 ? [...words, words.join(' ')] : words;
  return text.replace(MASKED, (token) => {
    if (token.length > MAX_MASKED) return token;
    return wordings.find((word) => fits(token, word)) ?? token;
  });
}

function fits(token: string, word: string): boolean {
  return patternOf(token).test(word) || withoutEnding(token, word);
}

/** "gu*rantees" fits "guarantee": its last letters are an inflection. */
function withoutEnding(token: string, word: string): boolean {
  return Array.from({ length: MAX_INFLECTION }, (_, index) => token.slice(0, -index - 1)).some(
    (stem) => /\p{L}$/u.test(stem) && stem.length > 2 && patternOf(stem).test(word),
  );
}

function patternOf(token: string): RegExp {
  const source = token.replace(RUN, (run) => {
    if (ONE_SEPARATOR.test(run)) return '.';
    return `.{1,${DOTS.test(run) ? MOST_LETTERS : Math.max(run.length, FEW_LETTERS)}}`;
  });
  return new RegExp(`^${source}$`, 'iu');
}
