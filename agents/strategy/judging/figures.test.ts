import { expect, test } from 'vitest';

import { figureKeys, figuresIn } from './figures.ts';

const keys = (text: string): readonly string[] => figuresIn(text).map(({ key }) => key);

test.each([
  ['20% off', ['n:20%']],
  ['20 percent, 20 Prozent', ['n:20%', 'n:20%']],
  ['€49.90 or 49,90 Euro', ['n:49.9EUR', 'n:49.9EUR']],
  ['1,250.50 and 1.250,50', ['n:1250.5', 'n:1250.5']],
  ['1 000 places, 1,000 places', ['n:1000', 'n:1000']],
  ['ends 3 June 2027', ['date:2027-06-03']],
  ['June 3rd, 2027', ['date:2027-06-03']],
  ['am 3. Juni 2027', ['date:2027-06-03']],
  ['am 3.6.2027', ['date:2027-06-03']],
  ['until 2027-06-03', ['date:2027-06-03']],
  ['until 3 June', ['date:06-03']],
  ['code SAVE20', ['code:save20']],
  ['half ½', ['code:½']],
  ['no figure here', []],
])('reads the figures of "%s"', (text, expected) => {
  expect(keys(text)).toEqual(expected);
});

test('tells a share from a bare number of the same size', () => {
  const held = figureKeys(['20 shops']);
  expect(keys('20% off').some((key) => held.has(key))).toBe(false);
});

test('holds a date without its year when it holds it with the year, and not the other way round', () => {
  expect(figureKeys(['3 June 2027'])).toContain('date:06-03');
  expect(figureKeys(['3 June'])).not.toContain('date:2027-06-03');
});

test('reads 100,000 digits without hanging', () => {
  const startedAt = performance.now();
  figuresIn('9'.repeat(100_000));
  figuresIn('a1'.repeat(50_000));
  figuresIn('1,'.repeat(50_000));
  expect(performance.now() - startedAt).toBeLessThan(20_000);
});
