import { expect, test } from 'vitest';

import type { Language } from '../../content.ts';
import { asTold } from './as-told.ts';
import { isPriceFirst } from './typed-fact.ts';

const told = (text: string, segment = '', language: Language = 'en') =>
  asTold(text, { language, segment });

test.each([
  ['so basically they get 15% off if they book by Friday', 'You get 15% off if you book by Friday'],
  ['They can choose their seat first.', 'You can choose your seat first.'],
  ['everyone gets a free drink', 'You get a free drink'],
  ['Everybody on the customer list gets 20% off jackets.', 'You get 20% off jackets.'],
  ['Everyone who’s been before gets 15% off', 'If you’ve been before, you get 15% off'],
  ['Anyone who books early gets a seat', 'If you book early, you get a seat'],
  ['Everybody who bought a bike saves 5%', 'If you bought a bike, you save 5%'],
])('says %j to its reader as %j', (text, said) => {
  expect(told(text)).toBe(said);
});

test('says what is told of a segment to its readers, and of nobody else', () => {
  expect(told('Past guests get a free starter.', 'Past guests')).toBe('You get a free starter.');
  expect(told('All our members save 10%.', 'members')).toBe('You save 10%.');
  expect(told('Members save 10%.', 'Newsletter readers')).toBe('Members save 10%.');
});

test.each([
  'They come in three colours.',
  'So soft that they never scratch.',
  'The bakers and their bread are back.',
  'Now 20% off all jackets.',
  'Right at the harbour.',
])('leaves %j as it is', (text) => {
  expect(told(text)).toBe(text);
});

test.each<[Language, string, string]>([
  ['en', 'They might get 15% off until 20 May 2027, I guess', '15% off until 20 May 2027'],
  ['en', 'I think 25% off jackets, sorry', '25% off jackets'],
  ['de', 'alle, die kommen, kriegen 15 % Rabatt bis 20. Mai 2027', '15 % Rabatt bis 20. Mai 2027'],
  ['fr', 'ils ont 15 % de réduction', '15 % de réduction'],
  ['es', 'todos los que vengan pagan 20 €', '20 €'],
  ['it', 'tutti quelli che vengono hanno il 15 % di sconto', '15 % di sconto'],
  ['nl', 'iedereen krijgt 15 % korting', '15 % korting'],
  ['pt', 'toda a gente tem 15 % de desconto', '15 % de desconto'],
])('tells what it comes down to where a sentence speaks of its readers in %s', (...each) => {
  const [language, text, said] = each;
  expect(told(text, '', language)).toBe(said);
});

test('tells nothing of a sentence that speaks of its readers and holds no figure', () => {
  expect(told('They will love it, I guess.')).toBeUndefined();
});

test.each<[Language, string, string]>([
  ['en', "It's $75 a head, wine included", '$75 a head, wine included'],
  ['de', 'Es kostet 48 Euro pro Person', '48 Euro pro Person'],
  ['fr', 'C’est 48 € par personne', '48 € par personne'],
])('leaves the price without what points at nothing in %s', (language, text, said) => {
  const plain = told(text.replace('’', "'"), '', language) ?? '';
  expect(plain).toBe(said);
  expect(isPriceFirst(plain)).toBe(true);
});
