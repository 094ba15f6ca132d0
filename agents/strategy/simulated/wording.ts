import { sentenceTexts, type Requirements } from '../../requirements/artifact.ts';
import { figureKeys, figuresIn } from '../judging/figures.ts';
import type { ForbiddenPhrases } from '../judging/forbidden-phrases.ts';
import { textsOf } from '../judging/known-ids.ts';
import { fillPhrase } from '../phrases/fill-phrase.ts';

/** Fills a phrase and leaves out what must not be said and every figure that the requirements do not hold. */
export type Wording = (phrase: string, values?: Readonly<Record<string, string>>) => string;

/** Gives the wording that keeps to the rules of `requirements`. */
export function createWording(requirements: Requirements, forbidden: ForbiddenPhrases): Wording {
  const held = figureKeys(textsOf(requirements));
  return (phrase, values = {}) => {
    let text = fillPhrase(phrase, values);
    // Leaving out one thing can bring two others together, so this goes on until nothing is left to leave out.
    for (;;) {
      const kept = withoutFigures(forbidden.maskedIn(text), held);
      if (kept === text) return text;
      text = kept;
    }
  };
}

/** `text` on one line, as a sentence with its full stop. */
export function sentence(text: string): string {
  const line = onOneLine(text);
  return /[.!?…]["”“»)]?$/u.test(line) ? line : `${line}.`;
}

/**
 * `text` on one line, at most `maxCharacters` long: its first sentence if that fits, else cut between words. A figure is never cut from its unit.
 */
export function clipped(text: string, maxCharacters: number): string {
  const line = onOneLine(text);
  if (line.length <= maxCharacters) return unpointed(line);
  const opening = openingOf(line.slice(0, maxCharacters + LONGEST_FIGURE));
  if (opening !== undefined && opening.length <= maxCharacters) return opening;
  const words = line.slice(0, maxCharacters).split(' ').slice(0, -1);
  while (words.length > 1 && !endsWell(words.at(-1) ?? '')) words.pop();
  const kept = words.join(' ').replace(/[\p{P}\s]+$/u, '');
  return `${kept}…`;
}

const LEAST_OPENING = 20;
/** What is read beyond the room that there is, so that a figure at its end is seen whole. */
const LONGEST_FIGURE = 80;

/** The first sentence, or the first ones when it is short, without a full stop. */
function openingOf(line: string): string | undefined {
  const sentences = sentenceTexts(line);
  const figures = figuresIn(line);
  let opening = '';
  for (const each of sentences.slice(0, -1)) {
    opening = `${opening} ${each}`.trimStart();
    const { length } = opening;
    // "30. 30." reads as one figure: half of it would be another.
    const cutsOne = figures.some(({ start, end }) => start < length && length < end);
    if (length > LEAST_OPENING && !cutsOne) return unpointed(opening);
  }
  return undefined;
}

/** `text` without its full stop, unless that is part of a figure ("bis 14. 12."). */
function unpointed(text: string): string {
  return figuresIn(text).at(-1)?.end === text.length ? text : text.replace(/(?<=[^.\s])\.$/u, '');
}

function endsWell(word: string): boolean {
  return /\p{L}{3}/u.test(word) && !/\p{N}/u.test(word);
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

function withoutFigures(text: string, held: ReadonlySet<string>): string {
  return figuresIn(text)
    .filter(({ key }) => !held.has(key))
    .toReversed()
    .reduce((kept, { start, end }) => `${kept.slice(0, start)}…${kept.slice(end)}`, text);
}
