import { expect, test } from 'vitest';

import { splitSender } from './split-sender.ts';
import { readBrief } from '../testing/run-requirements.ts';

const REST = ', 1 Example Street, Exampleton EX1 1AA, hello@coins.example.com';

test.each([
  ['"CryptoFast', 'CryptoFast'],
  ['CryptoFast"', 'CryptoFast'],
  ['„CryptoFast', 'CryptoFast'],
  ['The "Fast" Coin Shop', 'The "Fast" Coin Shop'],
  ["O'Neill", "O'Neill"],
])('a sender written %s is called %s', (written, name) => {
  const text = `Coins: ${written}${REST}`;
  const found = splitSender(text, { start: 7, end: text.length }).name;
  expect(found === undefined ? undefined : text.slice(found.start, found.end)).toBe(name);
});

test('a name under a label of its own loses a mark without another, too', async () => {
  const { sender } = await readBrief('Objective: Sell coins.\nSender name: "CryptoFast\n');
  expect(sender.name?.text).toBe('CryptoFast');
});
