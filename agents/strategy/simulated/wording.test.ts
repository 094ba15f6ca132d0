import fc from 'fast-check';
import { expect, test } from 'vitest';

import { figuresIn } from '../judging/figures.ts';
import { forbiddenPhrases } from '../judging/forbidden-phrases.ts';
import { retail } from '../fixtures/requirements-fixtures.ts';
import { clipped, createWording, sentence } from './wording.ts';

const word = createWording(retail, forbiddenPhrases(retail.constraints));

test.each([
  [
    '20 % off all tools until 11 April 2027. Delivery is free from 40 euros on.',
    '20 % off all tools until 11 April 2027',
  ],
  [
    'Der Nachlass gilt bis zum 30. Juni auf alle Jahresbeiträge der Wartung',
    'Der Nachlass gilt bis zum 30. Juni auf alle Jahresbeiträge…',
  ],
  [
    'All prices for the whole season in the new shop are now 1 000 euros lower',
    'All prices for the whole season in the new shop are now…',
  ],
  [
    'Offers for all our members every 14. 12. Then there are new ones for everyone who asks',
    'Offers for all our members every 14. 12. Then there are new…',
  ],
  ['Nur bis 14. 12.', 'Nur bis 14. 12.'],
  ['Short.', 'Short'],
  ['Two\nlines', 'Two lines'],
])('cuts "%s" where it reads well', (text, expected) => {
  expect(clipped(text, 60)).toBe(expected);
});

test('never cuts a figure into another one', () => {
  const words = fc.constantFrom(
    'prices',
    '1 000',
    '20 %',
    '€ 49.90',
    'until',
    '3 June 2027',
    'now',
    'EUR',
    '30.',
    'Juni',
  );
  fc.assert(
    fc.property(
      fc.array(words, { minLength: 8, maxLength: 30 }),
      fc.integer({ min: 30, max: 80 }),
      (list, length) => {
        const text = list.join(' ');
        const cut = clipped(`Offer now ${text}`, length).replace(/…$/, '');
        const held = new Set(
          figuresIn(`Offer now ${text}`).map(({ key }) => key.replace(/^date:\d{4}-/, 'date:')),
        );
        for (const { key } of figuresIn(cut))
          expect(held).toContain(key.replace(/^date:\d{4}-/, 'date:'));
      },
    ),
    { numRuns: 3000 },
  );
});

test.each([
  ['A full stop', 'A full stop.'],
  ['A question?', 'A question?'],
  ['“Quoted.”', '“Quoted.”'],
])('ends "%s" as a sentence', (text, expected) => {
  expect(sentence(text)).toBe(expected);
});

test('leaves out what must not be said and figures that nobody gave', () => {
  expect(word('A {fact} at 20%', { fact: 'cheap jacket for 99 €' })).toBe(
    'A … jacket for … at 20%',
  );
});
