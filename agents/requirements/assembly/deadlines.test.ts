import { expect, test } from 'vitest';

import { readBrief } from '../testing/run-requirements.ts';

test.each([
  ['We want 60 bookings by 15 May 2027 for the camp (2 to 6 August 2027).', '2027-05-15'],
  ['Dates:\n- Book until 15 May 2027 (camp: 2 August 2027)', '2027-05-15'],
  ['Dates:\n- Camp (2 to 6 August 2027)', '2027-08-06'],
  ['Dates:\n- Camp from 2 to 6 August 2027', '2027-08-06'],
])('a date in brackets counts only where there is no other: %j', async (words, date) => {
  const { deadlines } = await readBrief(`${words}\n`);
  expect(deadlines.map((deadline) => deadline.date)).toEqual([date]);
});
