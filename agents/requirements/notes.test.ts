import { expect, test } from 'vitest';

import { requirementsSourced } from './checks/requirements-sourced.ts';
import { readBrief } from './testing/run-requirements.ts';

const BRIEF = `Objective: Sell 300 garden tools.
Audience: hobby gardeners
Offer: 15 % off all garden tools until 28 March 2027. (Update from sales: the margin is thin.)

## Key messages
- Our tools are forged by hand. NB internal: the supplier changes in June.
- not for customers: the stock is from last year
- Every tool comes with a ten-year warranty.
- intern: bitte noch mit Anna abklären

Call to action: Order at https://spades.example.com
Sender: Example Spades, 1 Example Street, Exampleton EX1 1AA, hello@spades.example.com
`;

test('notes to the makers are no facts, and listed as not used', async () => {
  const { notUsed, ...facts } = await readBrief(BRIEF);
  expect(facts.offer?.text).toBe('15 % off all garden tools until 28 March 2027.');
  expect(facts.keyMessages.map(({ text }) => text)).toEqual([
    'Our tools are forged by hand.',
    'Every tool comes with a ten-year warranty.',
  ]);
  expect(JSON.stringify(facts)).not.toMatch(/margin|supplier|last year|Anna/);
  expect(notUsed.passages.map(({ line, text }) => `${line} ${text}`)).toEqual([
    '3 (Update from sales: the margin is thin.)',
    '6 NB internal: the supplier changes in June.',
    '7 not for customers: the stock is from last year',
    '9 intern: bitte noch mit Anna abklären',
  ]);
});

test('a fact that cites a note is not supported by the brief', async () => {
  const requirements = await readBrief(BRIEF);
  const start = BRIEF.indexOf('the stock is');
  const end = BRIEF.indexOf('\n', start);
  const keyMessages = [
    {
      id: 'key-message-1',
      text: BRIEF.slice(start, end),
      sources: [{ kind: 'brief' as const, start, end }],
    },
  ];
  const judge = (artifact: typeof requirements) =>
    requirementsSourced.evaluate(
      { input: { brief: BRIEF }, artifacts: { requirements: artifact } },
      new AbortController().signal,
    );
  expect(judge(requirements)).toMatchObject({ outcome: 'pass' });
  expect(judge({ ...requirements, keyMessages })).toMatchObject({ outcome: 'fail' });
});
