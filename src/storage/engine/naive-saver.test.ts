import { expect, test } from 'vitest';

import { BEHAVIOURS } from './fixtures/behaviours.ts';
import { NaiveSaver } from './fixtures/naive-saver.ts';

test.each(BEHAVIOURS)('a naive saver does not pass: $name', async ({ assertHolds }) => {
  const saver = new NaiveSaver();
  await expect(assertHolds(saver, () => saver.reopened())).rejects.toBeInstanceOf(Error);
});
