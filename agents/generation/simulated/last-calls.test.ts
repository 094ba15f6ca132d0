import { expect, test } from 'vitest';

import { writtenFrom } from '../fixtures/written-from.ts';

const BRIEF = `Goal: sell jackets
Audience: Customers
Offer: 20% off all jackets until 10 May 2027
Key messages: Jackets are warm. Jackets are dry.
CTA: Order at https://jackets.example.com
From: Example Jackets, 1 Example Street, Exampleton EX1 1AA, hello@jackets.example.com
`;

async function lastCalls(words: string): Promise<readonly (string | null | undefined)[]> {
  const { generation } = await writtenFrom(`${BRIEF}\n${words}\n`);
  return generation.emails
    .filter(({ purpose }) => purpose === 'last-call')
    .map(({ send }) => send?.on);
}

test('nobody is called to an offer that has ended', async () => {
  expect(await lastCalls('The shop closes for good on 12 June 2027.')).toEqual(['2027-05-09']);
});

test('nobody is called after the last mailing', async () => {
  expect(await lastCalls('Last mailing: 3 May 2027')).toEqual(['2027-05-03']);
});

test('something else that ends later has a last call of its own where nothing is offered before', async () => {
  const { generation } = await writtenFrom(
    `${BRIEF.replace(' until 10 May 2027', '')}\nOrders close on 3 May 2027.\nThe shop closes for good on 12 June 2027.\n`,
  );
  const days = generation.emails.map(({ send }) => send?.on);
  expect(days.slice(-2)).toEqual(['2027-05-02', '2027-06-11']);
});

test('of two last calls only the later one says that it is the last', async () => {
  const { generation } = await writtenFrom(
    `${BRIEF.replace(' until 10 May 2027', '')}\nOrders close on 3 May 2027.\nThe shop closes for good on 12 June 2027.\n`,
  );
  const calls = generation.emails.filter(({ purpose }) => purpose === 'last-call');
  expect(calls.map(({ text }) => text.includes('our last note to you'))).toEqual([false, true]);
});

test.each(['First mail: 2 April 2027', 'First email: 2 April 2027', 'Erste Mail: 2 April 2027'])(
  '%j is told to no reader',
  async (words) => {
    const { generation } = await writtenFrom(`${BRIEF}\n${words}\nLast mail: 8 May 2027\n`);
    expect(generation.emails.filter(({ text }) => text.includes('April'))).toEqual([]);
    expect(generation.emails.filter(({ text }) => text.includes('8 May'))).toEqual([]);
    expect(generation.emails[0]?.send?.on).toBe('2027-04-02');
  },
);
