import { scanText } from '../../privacy/index.ts';
import { defineAgent } from '../../workflow/index.ts';
import { comparableId } from '../person-decides.ts';
import { Reading, Submission, type Measures } from './facts.ts';
import kinds from './kinds.json' with { type: 'json' };

const DAY_MS = 86_400_000;
const PLACEHOLDER =
  /\b(?:todo|tbd|tbc|fixme|xxx+|lorem ipsum)\b|\[(?:insert|name|date|your)[^\]]*\]|_{4,}/gi;

/** Reads a document and says what is there. */
export const readingAgent = defineAgent({
  id: 'document-reading',
  input: Submission,
  artifact: Reading,
  reads: {},
  simulated: ({ input }): Reading => ({
    author: comparableId(input.author),
    measures: measured(input.body, input.kind),
    reviewDays: Math.round((Date.parse(input.reviewOn) - Date.parse(input.effectiveOn)) / DAY_MS),
  }),
});

/** Measures a body. */
export function measured(body: string, kind: Submission['kind']): Measures {
  const sections = sectionsOf(body).map(({ heading }) => heading);
  const names = sections.map((section) => section.toLowerCase());
  const text = body.replaceAll(/^#+ .*$/gm, '');
  return {
    sections,
    missing: kinds[kind].filter((needed) => !names.some((name) => name.includes(needed))),
    words: wordsOf(text),
    placeholders: [...body.matchAll(PLACEHOLDER)].length,
    // Dates and addresses of pages are what documents are made of.
    personal: scanText(body).filter(({ type }) => type !== 'DATE_TIME' && type !== 'URL').length,
    longestSentence: Math.max(0, ...sentencesOf(text).map(wordsOf)),
  };
}

/** Gives the sections of a body: its headings and the text below each. */
export function sectionsOf(
  body: string,
): readonly { readonly heading: string; readonly text: string }[] {
  return [...body.matchAll(/^#{1,6} +(.+)\n?([\s\S]*?)(?=^#{1,6} |(?![\s\S]))/gm)].map(
    ([, heading = '', text = '']) => ({ heading: heading.trim(), text: text.trim() }),
  );
}

/** Gives the sentences of a text; points of a list are sentences. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.replace(/^[-*\d. ]+/, '').trim())
    .filter((sentence) => sentence !== '');
}

/** Counts words. */
export function wordsOf(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
