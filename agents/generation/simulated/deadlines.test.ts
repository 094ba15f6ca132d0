import { expect, test } from 'vitest';

import { isBareDeadline } from './deadlines.ts';
import { shorten } from './shorten.ts';

test.each([
  'Start: 12 May 2027',
  'ab 8. März 2027',
  'Schluss am 28. März 2027',
  'Fin: 15 de junio de 2027',
  'Bis 3. Mai 2027',
  'until 2027-05-03',
])('%j is a date and nothing that it is about', (text) => {
  expect(isBareDeadline(text)).toBe(true);
});

test.each(['Offer ends: 3 May 2027', 'Orders close on 3 May 2027', 'The shop opens on 3 May 2027'])(
  '%j says what it is about',
  (text) => {
    expect(isBareDeadline(text)).toBe(false);
  },
);

test('a long line of digits is told apart at once', () => {
  expect(isBareDeadline(`${'1'.repeat(5000)}!`)).toBe(false);
});

test('a sentence is not torn apart before a term in its middle', () => {
  const offer = 'Zu jedem Brot gibt es bis 28. März 2027 eine Brezel gratis dazu';
  expect(shorten(offer, 50)).toBeUndefined();
  expect(shorten('20 % off all tool sets until Sunday, 11 April 2027', 40)).toBe(
    '20 % off all tool sets',
  );
});

test('what is shortened ends in no comma', () => {
  expect(shorten('Un biglietto a 12 € invece di 18 €, fino al 20 giugno 2027', 45)).toBe(
    'Un biglietto a 12 € invece di 18 €',
  );
  expect(shorten('Dos clases por 30 €, válido hasta el 15 de junio de 2027', 40)).toBe(
    'Dos clases por 30 €',
  );
});
