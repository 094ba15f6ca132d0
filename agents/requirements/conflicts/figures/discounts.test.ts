import { expect, test } from 'vitest';

import { readCompleteWith } from '../../testing/complete-brief.ts';

test.each([
  'We offer 20% off every service.\n\nLater note from Kim: the discount is 15% for everyone.',
  'We offer 20% off every service.\n\nThe discount is 15% off all services.',
  'Offer: 20 % off all spades\n\nBy the way, everybody gets a discount of 10 %.',
])('two discounts for everybody contradict each other: %j', async (words) => {
  const { contradictions } = await readCompleteWith(words);
  expect(contradictions.map(({ field }) => field)).toEqual(['offer']);
});

test.each([
  'Offer: 20 % off every spade\n\nMembers get a discount of 25 %.',
  'Offer: 20 % off every spade. The second spade has a discount of 50 %.',
])('two discounts for different people or cases do not: %j', async (words) => {
  expect((await readCompleteWith(words)).contradictions).toEqual([]);
});
