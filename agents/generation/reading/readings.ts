import { parseFragment } from 'parse5';

import { skeleton } from './skeleton.ts';

const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});?/giu;
const MAX_DECODING = 3;
/** Signs that are written for letters; `1` is read as `i` and as `l`. */
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '+': 't',
  '|': 'l',
  '†': 't',
  '‡': 't',
  '€': 'e',
  ℮: 'e',
  '¢': 'c',
  '©': 'c',
  '®': 'r',
  '∂': 'd',
  '£': 'l',
  '¥': 'y',
};
const LEET_WORD = /[\p{L}\d@$!+|†‡€℮¢©®∂£¥]+/gu;

/** Gives every way in which `text` may be read: as it stands, and with digits and signs read as the letters that they resemble. */
export function readingsOf(text: string): readonly string[] {
  const seen = skeleton(withoutEntities(text));
  const readings = ['i', 'l'].map((one) =>
    seen.replace(LEET_WORD, (word) =>
      /\p{L}/u.test(word)
        ? word.replace(/[^\p{L}]/gu, (sign) => (sign === '1' ? one : (LEET[sign] ?? sign)))
        : word,
    ),
  );
  return [...new Set([seen, ...readings])];
}

/** Gives `text` with character references of HTML decoded, also those that were encoded again. */
export function withoutEntities(text: string): string {
  let decoded = text;
  for (let round = 0; round < MAX_DECODING; round += 1) {
    const next = decoded.replace(ENTITY, decodedEntity);
    if (next === decoded) return decoded;
    decoded = next;
  }
  return decoded;
}

function decodedEntity(entity: string): string {
  const [node] = parseFragment(entity).childNodes;
  return node !== undefined && 'value' in node ? node.value : entity;
}
