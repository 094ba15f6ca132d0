import fc from 'fast-check';
import { expect, test } from 'vitest';

import { flowedText, wrapText } from './wrap-text.ts';

const LINK = `https://wheelhouse.example/${'a'.repeat(90)}`;
const texts = fc
  .array(fc.constantFrom('pass', 'season', '{{first_name}},', LINK, '20 %', '\n', '- item'), {
    minLength: 1,
    maxLength: 80,
  })
  .map((words) => words.join(' ').replaceAll(/ ?\n ?/gu, '\n'));

test('no line has more than 76 columns, unless it is one word, and no word is broken', () => {
  fc.assert(
    fc.property(texts, (text) => {
      for (const wrap of [wrapText, flowedText]) {
        for (const line of wrap(text).split('\n'))
          expect(line.length <= 76 || !line.trimEnd().includes(' ')).toBe(true);
        expect(wrap(text).split(/\s+/u)).toEqual(text.split(/\s+/u));
      }
    }),
  );
});

test('a flowed text read as one gives its paragraphs back', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(flowedText(text).replaceAll(' \n', ' ')).toBe(text.replaceAll(/ +$/gmu, ''));
    }),
  );
});

test('a link that is too long for the line stands on one of its own', () => {
  expect(wrapText(`Book the whole season now: ${LINK}`)).toBe(
    `Book the whole season now:\n${LINK}`,
  );
});

test('a flowed line does not look quoted, or like the beginning of another message', () => {
  expect(flowedText('From here on\n> 5 places')).toBe(' From here on\n > 5 places');
});
