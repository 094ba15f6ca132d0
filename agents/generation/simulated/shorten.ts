import { isAbbreviated, sentenceTexts } from '../../requirements/artifact.ts';
import { MONTH_NAME } from '../figures/month-names.ts';
import { unclosed } from './say.ts';

/** Where a sentence can be left without being cut in the middle of a thought: after a label or an aside, before a term. */
const SEAMS =
  /\s*[;:–—]\s+|\s+-\s+|\s+(?=\()|\s+(?=(?:until|before|bis|jusqu\S{1,3}|hasta|fino|tot|até)\s)/giu;
/** What waits for the term that was left out: "..., valid until". */
const WAITING =
  /(?:[\s,;:]+(?:and |und )?(?:good|valid|gültig|valable|válid[oa]|valid[oa]|geldig))?[\s,;:]*$/iu;
/** A term closes a sentence with its date; before anything else, leaving it out would tear the sentence apart. */
const ENDS_IN_TERM = /^\s+\S+\s(?:[^.;]{0,30}|[^.;]{0,80}\d{4})[)]?$/u;
/** A comma before the second clause. A list of things is never cut at its commas: what is left would claim less, or more. */
const CLAUSE =
  /^[^,]*(?=,\s+(?:and|but|so|while|und|aber|denn|sodass|mais|donc|pero|ma|quindi|maar|dus|mas)\s)/iu;
/** What a clipped line must not end with: figures, short words, and words that wait for another. */
const DANGLING =
  /[\d€$£%]|^\p{L}{1,3}$|^(?:with|from|that|into|than|have|only|until|before|ohne|oder|sowie|über|unter|innerhalb|zwischen|avec|pour|dans|sans|para|desde|sobre|dalla|della|voor|over|zonder|pela|pelo)$/iu;
const MIN_LENGTH = 12;

const DATE = String.raw`(?:\d{1,2}(?:\.|st|nd|rd|th|er|º|°)?\s(?:de\s|of\s)?(?:${MONTH_NAME})(?:,?\s(?:de\s|del\s|do\s)?\d{4})?|(?:${MONTH_NAME})\s\d{1,2}(?:,?\s\d{4})?|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2})(?![\p{L}\d])`;
/** "until Sunday, 11 April 2027" inside a sentence. Of what goes on with an hour or a second date, nothing is left out. */
const TERM = new RegExp(
  String.raw`(?<=[\p{L}\d)])\s(?:until|till|through|by|before|bis(?: einschließlich)?(?: zum)?|spätestens (?:am|zum)|vor dem|jusqu['’]au|avant le|d['’]ici au|hasta el|antes del|fino al|entro il|prima del|tot(?: en met)?|vóór|uiterlijk|até(?: ao?)?|antes de)\s(?:\p{L}+,?\s)?${DATE}(?!\s(?:\d|(?:um|at|à|a las|alle|om|às|and|und|et|y|e|en|or|oder)(?!\p{L})))`,
  'iu',
);

/** Gives the term in a sentence with the space in front of it: " until Sunday, 11 April 2027"; undefined without one. */
export function termOf(text: string): string | undefined {
  return TERM.exec(text)?.[0];
}

/** Gives the whole phrases of at most `max` characters that `text` holds: itself, without its term, or its longest beginning. */
export function wholeForms(text: string, max: number): readonly string[] {
  const whole = unclosed(text.trim());
  if (whole.length <= max) return [whole];
  const forms = [unclosed(whole.replace(TERM, '')), shorten(whole, max)];
  return [...new Set(forms)]
    .filter((form) => form !== undefined && form.length <= max)
    .toSorted((one = '', other = '') => other.length - one.length)
    .filter((form) => form !== undefined);
}

/**
 * Gives the longest beginning of `text` that ends at a seam (sentence, clause, aside, term) and has at most `max` characters,
 * so that no price, date or number is ever cut. Undefined when there is none.
 */
export function shorten(text: string, max: number): string | undefined {
  const whole = unclosed(text.trim());
  if (whole.length <= max) return whole;
  return [
    sentenceTexts(whole)[0] ?? '',
    CLAUSE.exec(whole)?.[0] ?? '',
    ...[...whole.matchAll(SEAMS)]
      .filter(({ 0: seam, index }) => !isTerm(seam) || ENDS_IN_TERM.test(whole.slice(index)))
      .map(({ index }) => whole.slice(0, index)),
  ]
    .map((beginning) => unclosed(beginning.trim().replace(WAITING, '')))
    .filter(({ length }) => length <= max && length >= MIN_LENGTH)
    .filter(isBalanced)
    .filter((beginning) => !isLabel(beginning, whole))
    .toSorted((one, other) => other.length - one.length)[0];
}

/**
 * Gives the beginning of `text` up to the last word that fits into `max` characters with an ellipsis, left off before any
 * figure that it would otherwise cut or orphan. The last resort for one long clause; a first word that is too long is cut.
 */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const words = text
    .slice(0, max - 1)
    .split(' ')
    .slice(0, -1);
  while (words.length > 1 && dangles(words)) words.pop();
  const kept = words.join(' ').replace(/[,;:–—-]+$/u, '');
  return `${kept === '' ? text.slice(0, max - 1).toWellFormed() : kept}…`;
}

function dangles(words: readonly string[]): boolean {
  return DANGLING.test(words.at(-1) ?? '') || isAbbreviated(words.join(' '), '');
}

/** A word or two in front of a colon announce what is left out, and say nothing by themselves. */
function isLabel(beginning: string, whole: string): boolean {
  const next = whole.slice(beginning.length).trimStart();
  return next.startsWith(':') && beginning.split(/\s+/u).length < LEAST_HEAD_WORDS;
}

const LEAST_HEAD_WORDS = 3;

/** A seam before a term is nothing but a space: the term's words are looked ahead for. */
function isTerm(seam: string): boolean {
  return seam.trim() === '';
}

function isBalanced(text: string): boolean {
  return (
    (text.match(/\(/gu) ?? []).length === (text.match(/\)/gu) ?? []).length &&
    !/[„“«]/u.test(text.replace(/[„“«][^”“»]*[”“»]/gu, ''))
  );
}
