import { describe, expect, test } from 'vitest';

import { sentenceTexts } from './abbreviations.ts';
import { sentencesOf } from './sentences.ts';

const spans = (text: string): string[] =>
  sentencesOf(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end));

const WHOLE = [
  'Für E-Bikes 69 € inkl. Versicherung und Helm.',
  'Der Kurs kostet 69 € zzgl. Material.',
  'Nur ca. Zwanzig Plätze.',
  'Räder, z. B. Lastenräder, und z.B. Klappräder.',
  'Wir sitzen im Haus Nr. Sieben.',
  'Fragen an Dr. Muster, bzw. Frau Muster.',
  'Bikes, e.g. Cargo bikes, cost approx. Ten pounds incl. VAT.',
  'Ask Mr. Sample or Mrs. Sample at St. Mary.',
  'M. Exemple et Mme. Exemple, env. Dix places, p. ex. Paris.',
  'Bicis, p. ej. Plegables, aprox. Diez, Sra. Ejemplo.',
  'Biciclette, p. es. Pieghevoli, dott. Esempio.',
  'Fietsen, bijv. Bakfietsen, incl. Helm, evt. Slot.',
  'Bicicletas, p. ex. Dobráveis, aprox. Dez, Sr. Exemplo.',
  'Ab 12. Mai, max. 10 Personen, Art. 5 Abs. 2.',
];

describe('an abbreviation ends no sentence', () => {
  test.each(WHOLE)('in the brief: %s', (text) => {
    expect(spans(text)).toEqual([text]);
  });

  test.each(WHOLE)('in an email: %s', (text) => {
    expect(sentenceTexts(text)).toEqual([text]);
  });
});

test.each([
  ['The work is art. Never say cheap.'],
  ['Spring ends in mar. Call us.'],
  ['Inklusive Helm. Nie billig sagen.'],
])('a word that only looks like one ends its sentence: %s', (text) => {
  expect(spans(text)).toHaveLength(2);
  expect(sentenceTexts(text)).toHaveLength(2);
});
