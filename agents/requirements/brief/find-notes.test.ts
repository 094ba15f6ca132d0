import { expect, test } from 'vitest';

import { findNotes, withoutNotes } from './find-notes.ts';

const notesIn = (text: string): readonly string[] =>
  findNotes(text).map(({ start, end }) => text.slice(start, end));

test.each([
  ['20 % off. (Update from sales: it is 25 % now.)', '(Update from sales: it is 25 % now.)'],
  ['NB internal: the supplier changes.', 'NB internal: the supplier changes.'],
  ['- not for customers: last year’s stock', 'not for customers: last year’s stock'],
  ['- intern: mit Anna abklären', 'intern: mit Anna abklären'],
  ['Wir liefern frei. Nur intern: ab Juni nicht mehr.', 'Nur intern: ab Juni nicht mehr.'],
  ['Nicht für Kunden: Restposten', 'Nicht für Kunden: Restposten'],
  ['Note interne : marge faible', 'Note interne : marge faible'],
  ['Nota interna: margen bajo', 'Nota interna: margen bajo'],
  ['Nota per il team: margine basso', 'Nota per il team: margine basso'],
  ['Note to the agency: use blue.', 'Note to the agency: use blue.'],
  ['Doors open at six (tbc).', '(tbc)'],
  ['Doors open at six [TODO: ask Kim].', '[TODO: ask Kim]'],
  ['A spade (internal).', '(internal)'],
  ['Update from marketing: five emails.', 'Update from marketing: five emails.'],
  ['Correction: it ends on 5 May.', 'Correction: it ends on 5 May.'],
  ['Soup – internal: no longer vegan', 'internal: no longer vegan'],
])('%j holds a note', (text, note) => {
  expect(notesIn(text)).toEqual([note]);
});

test.each([
  'Internal medicine: new opening hours.',
  'International: we deliver to 30 countries.',
  'Update: our shop has moved.',
  'Note: bring your own spade.',
  'NB: bring your own spade.',
  'Your data stay confidential.',
  'Not for: students',
  'Internships: apply by May.',
  'Spades (new: with a longer handle).'.replace('new:', 'now'),
  'Für uns alle ist Mai der schönste Monat.',
  'Offer: 20 % off',
])('%j holds none', (text) => {
  expect(notesIn(text)).toEqual([]);
});

test('a section that is headed so is a note up to the next heading', () => {
  const text = '## Internal\n\nOne.\n\n- two\n\n## Offer\n\n20 % off.';
  expect(withoutNotes(text).trim()).toBe('## Offer\n\n20 % off.');
  expect(withoutNotes(text)).toHaveLength(text.length);
});

test('a note goes on in the next line when its own was full, and no further', () => {
  const text =
    'NB internal: this line was broken by the editor of its author since\nit was full.\nOffer: 20 % off';
  expect(withoutNotes(text).trim()).toBe('Offer: 20 % off');
});
