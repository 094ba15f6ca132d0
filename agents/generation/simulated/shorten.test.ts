import { expect, test } from 'vitest';

import { clip, shorten } from './shorten.ts';

test.each([
  'In detail: our teachers explain every pose step by step, in groups of at most eight people.',
  'Please note: the hall opens its doors at six in the evening and closes them after midnight',
])('%j is not left with its label alone', (text) => {
  expect(shorten(text, 50)).toBeUndefined();
});

test('a beginning of several words may stand in front of its colon', () => {
  expect(shorten('Borrow a bicycle today: open the app and unlock it with your card', 40)).toBe(
    'Borrow a bicycle today',
  );
});

test('something is left of a first word that is too long', () => {
  expect(clip('Gesellschaftskapitänsmützenabzeichenverleih mit Rabatt', 20)).toBe(
    'Gesellschaftskapitä…',
  );
});
