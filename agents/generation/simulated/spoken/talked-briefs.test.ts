import { expect, test } from 'vitest';

import { deliverableChecks } from '../../deliverable-checks.ts';
import { judge } from '../../fixtures/judge.ts';
import { briefNamed, settledFrom } from '../../fixtures/written-from.ts';

const NAMES = [
  'supper-chat.md',
  'workshop-list.md',
  'tagung-foermlich.md',
  'bicycle-ramble.md',
  'winter-appeal.md',
];

test.each(NAMES)('what is written from %s passes its gate', async (name) => {
  const artifacts = await settledFrom(await briefNamed(name));
  for (const check of deliverableChecks)
    expect([check.id, judge(check, artifacts).message]).toEqual([check.id, undefined]);
});

test.each(NAMES)('no email of %s speaks of its readers, or thinks aloud', async (name) => {
  const { generation } = await settledFrom(await briefNamed(name));
  for (const { subject, preheader, text } of generation.emails)
    expect(`${subject}\n${preheader}\n${text}`).not.toMatch(
      /(?<!\p{L})(?:they|everyone|everybody|basically|or was it|I think)(?!\p{L})/iu,
    );
});

test.each([
  ['supper-chat.md', 'Supper club'],
  ['workshop-list.md', 'Workshop: Sourdough for Beginners'],
  ['tagung-foermlich.md', 'Fachtagung „Wärmepumpen im Bestand“'],
])('every email of %s begins with what people come to', async (name, event) => {
  const { generation } = await settledFrom(await briefNamed(name));
  for (const { subject, text } of generation.emails)
    expect(`${subject}\n${text.split('\n')[0] ?? ''}`).toContain(event);
});

test.each(NAMES)('no subject line of %s is a price, a day or a single word', async (name) => {
  const { generation } = await settledFrom(await briefNamed(name));
  for (const { subject } of generation.emails) {
    expect(subject).not.toMatch(/^(?:[€$£]\s?\d|\d[\d.,]*\s?(?:€|Euro))/u);
    expect(subject).toMatch(/\p{L}{3,}.*\s.*\p{L}{3,}/u);
  }
});

test('a chat about a dinner is told to past guests, and its reminder goes out on its day', async () => {
  const { generation } = await settledFrom(await briefNamed('supper-chat.md'));
  const [first, second, last] = generation.emails;
  expect(first?.text).toContain('If you’ve been before, you get 15% off if you book before');
  expect(first?.text).toMatch(/^Supper club\n\nHello /u);
  expect(second).toMatchObject({ purpose: 'remind', send: { on: '2027-05-12' } });
  expect(last).toMatchObject({ purpose: 'last-call', send: { on: '2027-05-19' } });
});

test('a last call says its date where the brief does not say it to readers', async () => {
  const { generation } = await settledFrom(await briefNamed('bicycle-ramble.md'));
  const last = generation.emails.at(-1);
  expect(last?.purpose).toBe('last-call');
  expect(last?.text).toContain('The closing date is 24 October 2027');
});

test('what leads an offer in leads in one sentence of an email only', async () => {
  const { generation } = await settledFrom(
    `${await briefNamed('workshop-list.md')}- Offer: 10 tickets. 20 seats. 30 rolls.\n`.replace(
      '- Price:',
      '- Note:',
    ),
  );
  for (const { text } of generation.emails)
    expect(text.split('Here is our offer:').length).toBeLessThanOrEqual(2);
});

test('a label is no sentence: the day that it stands in front of is told', async () => {
  const brief = (await briefNamed('workshop-list.md'))
    .replace('- When: Sunday 9 May 2027, 10:00 to 14:00', '- Deadline: 30 November 2027.')
    .replace(/- Early bird.*\n/u, '');
  const { generation } = await settledFrom(brief);
  const last = generation.emails.at(-1);
  expect(last?.purpose).toBe('last-call');
  expect(last?.text).toContain('The closing date is 30 November 2027');
  expect(JSON.stringify(generation.emails)).not.toContain('Deadline:');
});
