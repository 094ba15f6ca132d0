import type { JsonValue } from '../../../../../kernel/index.ts';
import { redact, ScanBudgetError, type Detector } from '../../../../../privacy/index.ts';
import { isFields } from './treatment.ts';

/** Members whose texts name somebody or where somebody is, wherever they stand. */
const NAMING = new Set(['name', 'address', 'telecom', 'contact', 'identifier', 'alias']);
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu;
const SHORTEST = 2;
const MAX_WORDS = 20_000;
const MAX_CHARACTERS = 65_536;
/** Words of the elements' own, such as codes of use, that are nobody's name. */
const OF_FHIR = new Set(
  'official usual old home work mobile temp phone email fax url postal physical both system use'.split(
    ' ',
  ),
);

/** Gives a text without what identifies somebody; undefined for one that cannot be kept. */
export type Redaction = (text: string) => string | undefined;

/**
 * Makes the redaction of one resource's texts: what `phasegate/privacy` finds, dates included, and every word of the names,
 * addresses and identifiers that stand elsewhere in the same resource. A name that stands in a text alone is not found.
 */
export function createRedaction(resource: JsonValue): Redaction {
  const words = new Set<string>();
  collect(resource, false, words);
  // Nobody has that many names: what cannot be looked for is not kept.
  if (words.size > MAX_WORDS) return () => undefined;
  const detector: Detector = {
    name: 'named-in-the-resource',
    detect: (text) =>
      [...text.matchAll(WORD)]
        .filter(([word]) => words.has(word.toLowerCase()))
        .map(({ 0: word, index }) => ({
          type: 'NAMED',
          start: index,
          end: index + word.length,
          confidence: 1,
        })),
  };
  return (text) => {
    try {
      const bounds = { minConfidence: 0.3, maxCharacters: MAX_CHARACTERS };
      // Names come last: one that stands in an address of mail must not leave the rest of the address.
      const rest = redact(text, bounds).text;
      return redact(rest, { types: ['NAMED'], detectors: [detector] }).text;
    } catch (error) {
      // What takes too long to look through may hold anything.
      if (error instanceof ScanBudgetError) return undefined;
      throw error;
    }
  };
}

function collect(value: JsonValue, isNaming: boolean, words: Set<string>): void {
  if (typeof value === 'string') {
    if (isNaming && words.size <= MAX_WORDS) addWords(value, words);
  } else if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[]) collect(item, isNaming, words);
  } else if (isFields(value)) {
    for (const [name, member] of Object.entries(value))
      collect(member, isNamed(name, value, isNaming), words);
  }
}

function addWords(text: string, words: Set<string>): void {
  for (const [word] of text.matchAll(WORD)) {
    const small = word.toLowerCase();
    if (small.length >= SHORTEST && !OF_FHIR.has(small)) words.add(small);
  }
}

function isNamed(
  name: string,
  of: Readonly<Record<string, JsonValue>>,
  isNaming: boolean,
): boolean {
  if (NAMING.has(name)) return true;
  if (name === 'display') return isNaming || typeof of['reference'] === 'string';
  // The type of an identifier is a code, and no name.
  return isNaming && name !== 'type' && name !== 'use';
}
