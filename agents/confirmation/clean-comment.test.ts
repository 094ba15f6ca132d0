import fc from 'fast-check';
import { expect, test } from 'vitest';

import { cleanComment } from './clean-comment.ts';

test('keeps line breaks and drops control characters and invisible marks', () => {
  expect(cleanComment(' Shorter,\r\nplease\u0007\u001b[31m\u202e now\u200b. ')).toBe(
    'Shorter,\nplease[31m now.',
  );
});

test('gives any text back short, well formed and without control characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 5000 }), (text) => {
      const comment = cleanComment(text);
      expect(comment.length).toBeLessThanOrEqual(2000);
      expect(comment.isWellFormed()).toBe(true);
      expect(comment).not.toMatch(/[^\n\P{Cc}]/u);
      expect(cleanComment(comment)).toBe(comment);
    }),
  );
});

test('never cuts a character in two', () => {
  const comment = cleanComment(`a${'😀'.repeat(1500)}`);
  expect(comment.isWellFormed()).toBe(true);
  expect(comment.endsWith('😀…')).toBe(true);
});
