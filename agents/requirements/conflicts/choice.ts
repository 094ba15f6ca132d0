import { plainText } from '../brief/plain-text.ts';
import type { Choice } from './conflict.ts';

/** Reads an answer: an option's words or how it alone begins, its number, or words of the person's own. */
export function choiceOf(answer: string, options: readonly string[]): Choice {
  const text = plainText(answer.slice(0, 2000));
  const words = text.toLowerCase().replace(/[\s.!:]+$/, '');
  const same = options.findIndex((option) => option.toLowerCase() === text.toLowerCase());
  if (same >= 0) return { option: same, text };
  const number = /^\(?(\d{1,2})[.)]?$/.exec(text)?.[1];
  const index = number === undefined ? -1 : Number(number) - 1;
  if (index >= 0 && index < options.length) return { option: index, text };
  const begun = options.flatMap((option, at) => (beginsWith(option, words) ? [at] : []));
  return begun.length === 1
    ? { option: begun[0], text }
    : { option: undefined, text: withoutDenied(text) };
}

/** Whether `words` are the first words of `option`; a figure must not go on behind them. */
function beginsWith(option: string, words: string): boolean {
  const rest = option.slice(words.length);
  return (
    words.length > 1 &&
    option.toLowerCase().startsWith(words) &&
    !/^(?:[\p{L}\p{N}]|[.,]\d)/u.test(rest)
  );
}

/** Denies what stands behind it: "15 February, not 1 February". */
const DENIED =
  /[\s,;(–—-]+(?:and |und |et |y |e |en )?(?:not|instead of|rather than|nicht|statt|anstatt|et non|pas|plutôt que|no|en vez de|en lugar de|non|invece di|niet|in plaats van|não|em vez de)(?:\s[^,;]*)/giu;

function withoutDenied(answer: string): string {
  return answer.replaceAll(DENIED, ' ').trim();
}

const BOTH =
  /(?<![\p{L}])(?:both|beides?|alle beide|les deux|tou(?:te)?s les deux|ambos|ambas|(?:los|las) dos|entramb[ie]|tutt[ie] e due|allebei|alle twee|os dois|as duas)(?![\p{L}])/iu;
const NUMBERS = /^\(?\d{1,2}[.)]?(?:\s*(?:,|;|&|\+|\/|\p{L}{1,3})\s*\(?\d{1,2}[.)]?)+$/u;
const JOINING =
  /^(?:and|or|und|oder|et|ou|y|o|e|en|of|the|der|die|das|den|dem|le|la|les|el|los|las|il|lo|gli|i|de|het|a|os|as|on|at|am|in|to|it|is|du|del)$/u;

/**
 * Tells whether an answer in words of its own names several of the options, of which only one can hold: "both", "1 and 2", or
 * words of two of them that the others do not have.
 */
export function namesSeveral(answer: string, options: readonly string[]): boolean {
  const text = withoutDenied(plainText(answer.slice(0, 2000)));
  if (options.length === 0) return false;
  if (BOTH.test(text) || (NUMBERS.test(text) && optionNumbers(text, options).length > 1))
    return true;
  const told = new Set(wordsIn(text));
  const words = options.map(wordsIn);
  const named = words.filter((own, index) =>
    own.some(
      (word) => told.has(word) && words.every((other, at) => at === index || !other.includes(word)),
    ),
  );
  return named.length > 1;
}

function optionNumbers(text: string, options: readonly string[]): readonly string[] {
  return [...new Set(text.match(/\d+/g))].filter(
    (number) => Number(number) >= 1 && Number(number) <= options.length,
  );
}

function wordsIn(text: string): readonly string[] {
  const words = text.toLowerCase().match(/\p{N}+(?:[.,]\p{N}+)*|\p{L}+/gu) ?? [];
  return words.filter((word) => !JOINING.test(word));
}
