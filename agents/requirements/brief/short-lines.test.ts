import { expect, test } from 'vitest';

import { readBrief } from '../testing/run-requirements.ts';

test.each([
  ['Offer: 20% off all tools\nFree delivery over £50', '20% off all tools. Free delivery over £50'],
  ['Offer:\n20% off all tools\nFree delivery', '20% off all tools. Free delivery'],
  ['Offer: 20% off all tools\nuntil 3 May 2027', '20% off all tools until 3 May 2027'],
  ['Offer: 20% off with\nExample Tools', '20% off with Example Tools'],
  ['## Offer\n20 % Rabatt auf alle\nKurse', '20 % Rabatt auf alle Kurse'],
])('the lines of %j are read as %j', async (words, offer) => {
  expect((await readBrief(`${words}\n`)).offer?.text).toBe(offer);
});

test.each([
  'Send in English.\nSend in German only.',
  'Send in English. Send in German only.',
  'In German only, please.',
])('%j is no key message', async (words) => {
  const { keyMessages, contradictions } = await readBrief(
    `Goal: sell spades\nKey messages: of steel; light\n${words}\n`,
  );
  expect(keyMessages.map(({ text }) => text)).toEqual(['of steel', 'light']);
  expect(contradictions.map(({ field }) => field)).toEqual(['language']);
});

test('what is offered in a language goes on', async () => {
  const { keyMessages } = await readBrief(
    'Goal: sell courses\nKey messages: small groups; all courses are held\nin English and in German\n',
  );
  expect(keyMessages.at(-1)?.text).toBe('all courses are held in English and in German');
});
