import fc from 'fast-check';
import { expect, test } from 'vitest';

import { reviewComment, reviewMessage } from './artifact.ts';

test('gives back every comment that was put into a message', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('rejected', 'responded'),
      fc.string({ unit: 'grapheme' }),
      (decision, comment) => {
        const expected = comment.trim() === '' ? '' : comment;
        expect(reviewComment(reviewMessage(decision, comment))).toBe(expected);
      },
    ),
  );
});

test('takes no other message for a comment', () => {
  expect(reviewComment('The emails are not in order.')).toBeUndefined();
  expect(reviewComment('The strategy was rejected by nobody')).toBeUndefined();
});
