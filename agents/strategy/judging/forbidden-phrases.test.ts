import { expect, test } from 'vitest';

import { fact } from '../fixtures/requirements-fixtures.ts';
import { forbiddenPhrases, phrasesOf } from './forbidden-phrases.ts';

test.each([
  ['Never say "waterproof forever" or "cheap".', ['waterproof forever', 'cheap']],
  ['Nicht sagen: „explosionsgeschützt“', ['explosionsgeschützt']],
  ['Do not mention price cuts', ['price cuts']],
  ["Don't say guaranteed, risk-free or miracle", ['guaranteed', 'risk-free', 'miracle']],
  ['garantierter Erfolg', ['garantierter Erfolg']],
  ['Keine Heilversprechen erwähnen.', ['Heilversprechen']],
  [
    'No comparison with the products of other makers',
    ['comparison with the products of other makers'],
  ],
])('reads what "%s" forbids', (text, expected) => {
  expect(phrasesOf(text)).toEqual(expected);
});

const forbidden = forbiddenPhrases({
  exemptions: [],
  mustNotSay: [fact('one', 'Never say "risk-free"'), fact('two', 'never say "100%"')],
});

test.each(['A risk free trial', 'RISK-FREE!', 'is it risk - free?'])(
  'finds a phrase in "%s"',
  (text) => {
    expect(forbidden.saidIn(text)).toEqual(['one']);
  },
);

test('finds a phrase that ends in a sign, and not the number alone', () => {
  expect(forbidden.saidIn('We are 100 % sure')).toEqual(['two']);
  expect(forbidden.saidIn('100 seats')).toEqual([]);
});

test('does not find a phrase inside other words', () => {
  expect(forbidden.saidIn('asterisk freedom')).toEqual([]);
});

test('masks every place where a phrase is said', () => {
  expect(forbidden.maskedIn('Risk free and risk-free.')).toBe('… and ….');
});

test('finds and masks a phrase whose letters are masked', () => {
  expect(forbidden.saidIn('Quite R*sk-free')).toEqual(['one']);
  expect(forbidden.maskedIn('Quite R*sk-free today')).toBe('Quite … today');
  expect(forbidden.saidIn('A r*ck-free field')).toEqual([]);
});

test('leaves a statement alone that a person exempted, and no other', () => {
  const sources = fact('any', 'any').sources;
  const exempting = forbiddenPhrases({
    mustNotSay: [fact('one', '"risk-free"')],
    exemptions: [
      { id: 'exemption-1', mustNotSay: 'one', text: 'No saving is risk-free, ever.', sources },
    ],
  });
  expect(exempting.saidIn('No saving is risk-free, ever.')).toEqual([]);
  expect(exempting.maskedIn('No saving is risk-free, ever.')).toBe('No saving is risk-free, ever.');
  expect(exempting.saidIn('Our saving is risk-free.')).toEqual(['one']);
});
