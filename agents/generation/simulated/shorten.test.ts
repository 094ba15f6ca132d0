import { expect, test } from 'vitest';

import { clip, shorten, wholeForms } from './shorten.ts';

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

test.each([
  [
    'First month free for everyone who joins by 31 December 2027.',
    'First month free for everyone who joins',
  ],
  [
    'Zu jedem Frühlingsbrot gibt es bis 28. März 2027 eine Brezel gratis dazu.',
    'Zu jedem Frühlingsbrot gibt es eine Brezel gratis dazu',
  ],
  [
    'Half price until Sunday, 31 March 2027 for every single member',
    'Half price for every single member',
  ],
  ['The desk on the ground floor closes by 31 March 2027 at noon, as ever', undefined],
  ['Half price for every member', 'Half price for every member'],
])('of %j a whole phrase is kept, without its term where it must be shorter', (text, phrase) => {
  expect(wholeForms(text, 56)[0]).toBe(phrase);
});
