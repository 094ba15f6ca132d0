import type { Requirements } from '../../requirements/artifact.ts';
import { phrasesByLanguage } from '../phrases/phrases-by-language.ts';

const STEM = 5;
/** Shorter words say little, and differ from one wording to the next: articles, prepositions. */
const SHORTEST_TELLING = 4;
const LEARN_MORE: Readonly<Record<Requirements['language'], readonly string[]>> = {
  en: ['Learn more'],
  de: ['Mehr erfahren'],
  fr: ['En savoir plus'],
  es: ['Más información'],
  it: ['Maggiori informazioni', 'Scopri di più'],
  nl: ['Meer informatie'],
  pt: ['Saber mais'],
};

/**
 * Tells whether a call to action promises nothing of its own: each of its longer words is one of the brief's call to
 * action or of the plain ones of the language ("Read more"). Letters that stand alone are no words of any language, so they
 * count as long ones; inflections that leave the first five letters as they are make no difference.
 */
export function isSupportedAction(
  text: string,
  { callToAction, language }: Pick<Requirements, 'callToAction' | 'language'>,
): boolean {
  const plain = [...Object.values(phrasesByLanguage[language].action), ...LEARN_MORE[language]];
  const known = new Set([...plain, callToAction?.text ?? ''].flatMap(stems));
  return stems(text).every((stem) => known.has(stem) || isSmallWord(stem));
}

function isSmallWord(stem: string): boolean {
  if (stem.length === 1) return /[aeouyi]/u.test(stem);
  return stem.length < SHORTEST_TELLING && /^[a-z]+$/u.test(stem);
}

function stems(text: string): readonly string[] {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, STEM));
}
