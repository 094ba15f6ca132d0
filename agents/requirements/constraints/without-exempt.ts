import { sentenceTexts } from '../brief/abbreviations.ts';

/** What stands in place of an exempt statement: a figure by itself, so that no wording is read across it. */
const GAP = ' 0 ';
/** A beginning of the statement counts for the statement from this many words on. */
const LEAST_WORDS = 4;
const MAX_WORDS = 400;

/** A statement that may be said, and the wording that is forbidden everywhere else. */
export interface ExemptStatement {
  readonly statement: string;
  readonly forbidden: RegExp;
}

/**
 * Gives `text` without the places where it says an exempt statement, or a beginning of it that reaches beyond the forbidden
 * wording: what a subject line keeps of a sentence. Whatever says the wording elsewhere stays.
 *
 * @param text - Written as the statement is: both in the same case and normal form.
 */
export function withoutExempt(text: string, { statement, forbidden }: ExemptStatement): string {
  return [statement, ...sentenceTexts(statement)]
    .filter((part) => forbidden.test(part))
    .reduce((rest, part) => rest.replace(patternOf(part, forbidden), GAP), text);
}

function patternOf(statement: string, forbidden: RegExp): RegExp {
  const words = statement.match(/[\p{L}\p{M}\p{N}]+/gu)?.slice(0, MAX_WORDS) ?? [];
  const match = forbidden.exec(statement);
  const reach = statement.slice(0, (match?.index ?? 0) + (match?.[0].length ?? 0));
  const through = reach.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? words.length;
  const least = Math.min(words.length, Math.max(through, LEAST_WORDS));
  const between = String.raw`[^\p{L}\p{N}]+`;
  const optional = words
    .slice(least)
    .reduceRight((rest, word) => `(?:${between}${word}${rest})?`, '');
  const head = words.slice(0, least).join(between);
  return new RegExp(`(?<![\\p{L}\\p{N}])${head}${optional}(?![\\p{L}\\p{N}])`, 'giu');
}
