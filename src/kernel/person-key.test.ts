import fc from 'fast-check';
import { expect, test } from 'vitest';

import { personIdProblem, personKey, samePerson } from './index.ts';

const UNSEEN = Array.from({ length: 0x110000 }, (_, point) => point)
  .filter((point) => point < 0xd800 || point > 0xdfff)
  .map((point) => String.fromCodePoint(point))
  .filter((letter) => /[\p{Cf}\p{Cc}\p{Z}\p{Mn}]/u.test(letter));

const name = fc.oneof(
  fc.constantFrom(
    'root',
    'alice',
    'Maria.Keller',
    'j.o-hara@example.test',
    'Νίκος',
    'straße',
    '김철수',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
);

test('an id with anything unseen put in anywhere is the same person', () => {
  fc.assert(
    fc.property(name, fc.constantFrom(...UNSEEN), fc.nat(), (id, unseen, at) => {
      const letters = [...id];
      letters.splice(at % (letters.length + 1), 0, unseen);
      expect(personKey(letters.join(''))).toBe(personKey(id));
    }),
    { numRuns: 3_000 },
  );
});

test('each unseen character leaves "root" the same person', () => {
  expect(UNSEEN.filter((unseen) => !samePerson(`ro${unseen}ot`, 'root'))).toEqual([]);
});

test('the case of an id and folding it again make no other person', () => {
  fc.assert(
    fc.property(name, (id) => {
      // The one mark that is a letter when it is a capital.
      fc.pre(!id.normalize('NFD').includes('\u0345'));
      expect(personKey(id.toUpperCase())).toBe(personKey(id));
      expect(personKey(personKey(id))).toBe(personKey(id));
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['a zero width space', 'ro\u200bot', 'root'],
  ['a soft hyphen', 'ro\u00adot', 'root'],
  ['NUL', 'root\u0000', 'root'],
  ['spaces', ' r oot ', 'root'],
  ['accents', 'ro\u0301ot', 'root'],
  ['a Hangul filler', 'ro\u3164ot', 'root'],
  ['full width', 'ｒｏｏｔ', 'root'],
  ['a Cyrillic а', 'аlice', 'alice'],
  ['Cyrillic capitals', 'РЕТЕР', 'PETEP'],
  ['a Greek ο', 'rοot', 'root'],
  ['a lunate sigma', 'ali\u03f2e', 'alice'],
  ['small capitals', 'ᴀʟɪᴄᴇ', 'alice'],
  ['trailing dots', 'alice..', 'alice'],
  ['another dash', 'ann\u2010lee', 'ann-lee'],
  ['a sharp s', 'STRASSE', 'straße'],
])('%s makes no other person', (_, one, other) => {
  expect(samePerson(one, other)).toBe(true);
});

test.each([
  ['alice', 'alicia'],
  ['maria.keller', 'mariakeller'],
  ['kim1', 'kiml'],
  ['иван', 'юрий'],
])('%s and %s are two', (one, other) => {
  expect(samePerson(one, other)).toBe(false);
});

test.each([
  'alice',
  'Maria Keller',
  "j.o'hara-2",
  'Müller',
  'иван',
  'иван@example.test',
  '山田カナ',
  'Νίκος',
])('takes %s as an id', (id) => {
  expect(personIdProblem(id)).toBeUndefined();
});

test.each([
  ['ro\u200bot', 'cannot be seen'],
  ['root\u0000', 'cannot be seen'],
  ['ro\u00adot', 'cannot be seen'],
  ['ro\u{e0fff}ot', 'cannot be seen'],
  ['ro\u3164ot', 'cannot be seen'],
  ['...', 'nothing'],
  ['\u0301', 'nothing'],
  ['аlice', 'several scripts'],
  ['rοot', 'several scripts'],
])('refuses %j as an id', (id, problem) => {
  expect(personIdProblem(id)).toContain(problem);
});
