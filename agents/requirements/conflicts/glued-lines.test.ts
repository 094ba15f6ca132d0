import { describe, expect, test } from 'vitest';

import { readCompleteWith } from '../testing/complete-brief.ts';

describe('two sentences of one statement contradict each other', () => {
  test.each([
    ['offer', '- Offer: 10 class card for 90 euros\nThe 10 class card costs 110 euros.'],
    ['offer', '- Offer: 10 class card for 90 euros\r\nThe 10 class card costs 110 euros.'],
    ['offer', '- Offer: 10 class card for 90 euros\n  The 10 class card costs 110 euros.'],
    ['offer', '## Facts\n\n- 10 class card for 90 euros\nThe 10 class card costs 110 euros.'],
    ['offer', 'Offer: 10 class card for 90 euros\nThe 10 class card costs 110 euros.'],
    ['offer', 'Offer: 10 class card for 90 euros. The 10 class card costs 110 euros.'],
    ['deadlines', '- Our hall opens on 1 February 2027\nOur hall opens on 15 February 2027.'],
    ['deadlines', '- Offer ends: 3 May 2027\nThe offer ends on 10 May 2027.'],
  ])('about the %s: %j', async (field, words) => {
    const { contradictions } = await readCompleteWith(words);
    expect(contradictions.map((conflict) => conflict.field)).toEqual([field]);
  });

  test('and a person settles it', async () => {
    const words = '- Offer: 10 class card for 90 euros\nThe 10 class card costs 110 euros.';
    const { questions } = await readCompleteWith(words);
    const settled = await readCompleteWith(words, { [questions[0]?.id ?? '']: '110 euros' });
    expect(settled.questions).toEqual([]);
    expect(settled.offer?.text).not.toContain('90');
  });

  test.each([
    '- Offer: 10 class card for 90 euros instead of\n  Dear 110 euros before.',
    'Offer: the 10 class card, which is the best that we ever made, costs\nExample Tools 90 euros.',
    '- Offer: 10 class card for 90 euros\nBring your own mat, please.',
  ])('and none does in %j', async (words) => {
    expect((await readCompleteWith(words)).contradictions).toEqual([]);
  });
});
