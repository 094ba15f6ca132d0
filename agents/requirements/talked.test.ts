import { describe, expect, test } from 'vitest';

import { readBrief } from './testing/run-requirements.ts';

const SENDER =
  'From: Example Tools, 1 Example Street, Exampleton EX1 1AA, hello@spades.example.com\n';

describe('what people come to names the campaign', () => {
  test.each([
    ['- Workshop: Bread for beginners\n', 'Workshop: Bread for beginners'],
    ['Kurs: Brot für Einsteiger\n', 'Kurs: Brot für Einsteiger'],
    ['Event: Summer fair\n', 'Summer fair'],
    ['Hello,\n\nwe are hosting another supper club at the mill.\n', 'supper club'],
    ['Guten Tag,\n\nes geht um die Fachtagung „Wärme im Haus“.\n', 'Fachtagung „Wärme im Haus“'],
    ['# Mailing for June\n\nWorkshop: Bread for beginners\n', 'Workshop: Bread for beginners'],
  ])('%j', async (words, title) => {
    expect((await readBrief(`${words}\n${SENDER}`)).title?.text).toBe(title);
  });

  test('and is no title where it stands in a list of something else', async () => {
    const { title } = await readBrief(`# Spring\n\n## Dates\n- Workshop: 3 May 2027\n\n${SENDER}`);
    expect(title?.text).toBe('Spring');
  });
});

test.each([
  ['Book: https://spades.example.com/june', 'Book: https://spades.example.com/june'],
  ['Anmeldung: https://spades.example.com/j', 'Anmeldung: https://spades.example.com/j'],
  ['They can book at https://spades.example.com/j maybe.', 'book at https://spades.example.com/j'],
  [
    'Ask: Give a night at https://spades.example.com/j',
    'Give a night at https://spades.example.com/j',
  ],
])('reads what readers are to do from %j', async (words, action) => {
  expect((await readBrief(`${words}\n\n${SENDER}`)).callToAction?.text).toBe(action);
});

test('an address behind a name that is nothing to do is no call to action', async () => {
  const { callToAction } = await readBrief(`Website: https://spades.example.com\n\n${SENDER}`);
  expect(callToAction).toBeNull();
});

test.each([
  ['reminder on 12 May 2027 would be good', ['2027-05-12']],
  ['Erinnerung am 12. Mai 2027', ['2027-05-12']],
  [
    'We send the first mail on 3 May 2027 and a reminder on 12 May 2027.',
    ['2027-05-03', '2027-05-12'],
  ],
])('reads the days of the schedule from %j', async (words, dates) => {
  const { deadlines } = await readBrief(`Goal: sell spades\n\n${words}\n\n${SENDER}`);
  expect(deadlines.map(({ date }) => date)).toEqual(dates);
});

test.each([
  ['newsletter readers; also to past guests', ['newsletter readers', 'past guests']],
  ['Familien, auch an Schulen', ['Familien', 'Schulen']],
  ['past guests, they came to one of our dinners', ['past guests']],
])('reads the groups of %j', async (words, names) => {
  const { audience } = await readBrief(`Audience: ${words}\n\n${SENDER}`);
  expect(audience.map(({ name }) => name)).toEqual(names);
});

test.each([
  ['audience', 'Audience: only members, also to people who helped last winter'],
  ['offer', 'Everybody on the list gets 20% off jackets. Actually I think 25% off jackets.'],
  [
    'deadlines',
    'The sale starts on 1 October 2027 and runs until 24 October 2027, or was it the 17th, no, the poster says 31 October 2027.',
  ],
  ['offer', 'All jackets are 20% off. For jackets we give 25% off.'],
])('asks about the %s of %j', async (field, words) => {
  const { contradictions } = await readBrief(`${words}\n\n${SENDER}`);
  expect(contradictions.map((conflict) => conflict.field)).toEqual([field]);
});

test('two discounts of two things in one passage are told beside each other', async () => {
  const { contradictions } = await readBrief(
    `All jackets 20% off. All gloves 25% off.\n\n${SENDER}`,
  );
  expect(contradictions).toEqual([]);
});
