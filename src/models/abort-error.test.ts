import { expect, test } from 'vitest';

import { abortError } from './abort-error.ts';

test('gives the reason of the caller back where it is an error, and an AbortError otherwise', () => {
  const left = new Error('left');
  expect(abortError(AbortSignal.abort(left))).toBe(left);
  expect(abortError(AbortSignal.abort('left'))).toMatchObject({ name: 'AbortError' });
});
