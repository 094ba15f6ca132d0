import { describe, expect, test } from 'vitest';

import { closed, isSentence, tidy, unclosed } from './say.ts';
import { clip, shorten } from './shorten.ts';

describe('tidy', () => {
  test.each([
    ['- free delivery', 'Free delivery'],
    ['**20 %** off', '20 % off'],
    ['see [our page](https://a.example/x)', 'See our page (https://a.example/x)'],
    ['two  spaces\nand a line', 'Two spaces and a line'],
    ['Really!!', 'Really!'],
    ['wait...', 'Wait.'],
    ['iPhone owners', 'iPhone owners'],
    ['a_b_c stays', 'A_b_c stays'],
    ['ends with a comma,', 'Ends with a comma'],
  ])('makes %j into %j', (text, expected) => {
    expect(tidy(text)).toBe(expected);
  });
});

test.each([
  ['Passes are free', 'en', true],
  ['20 % off every pass', 'en', false],
  ['Wir bieten Kurse', 'de', true],
  ['keine Gebühren', 'de', false],
  ['Anything.', 'en', true],
] as const)('tells sentences from lines: %j', (text, language, expected) => {
  expect(isSentence(text, language)).toBe(expected);
});

test('closes and opens sentences without doubling or breaking marks', () => {
  expect(closed('Free')).toBe('Free.');
  expect(closed('Free?')).toBe('Free?');
  expect(unclosed('Free.')).toBe('Free');
  expect(unclosed('2,4 % p. a.')).toBe('2,4 % p. a.');
  expect(unclosed('am 15.')).toBe('am 15.');
});

describe('shorten', () => {
  test.each([
    ['A season pass costs €79.00, and you can pause it', 40, 'A season pass costs €79.00'],
    ['Zinsen von 2,4 % p. a. bei zwölf Monaten', 30, undefined],
    ['From 1,299.00 to 1,500.00 euros for everyone', 20, undefined],
    ['Short enough', 40, 'Short enough'],
    ['One sentence here. Another one there.', 25, 'One sentence here'],
  ])('cuts %j to %i characters as %j', (text, max, expected) => {
    expect(shorten(text, max)).toBe(expected);
  });

  test('clips before a figure rather than through it', () => {
    expect(clip('Every single season pass is yours for €1,299.00 per year, in town', 48)).toBe(
      'Every single season pass is yours…',
    );
  });
});
