import { describe, expect, test } from 'vitest';

import type { Requirements } from '../artifact.ts';
import { readBrief } from '../testing/run-requirements.ts';
import { holdsCommand, hostsIn } from './find-suspicious.ts';

const read = (message: string, answers: Record<string, string> = {}): Promise<Requirements> =>
  readBrief(
    `Objective: Sell spades.
Audience: Gardeners
Call to action: Order at https://shop.spades.example.com/spring
Sender: Example Spades, 1 Example Street, Exampleton EX1 1AA, hello@spades.example.com

## Key messages
- Spades of steel.
- ${message}
`,
    answers,
  );

describe('asks before an address that is not the sender’s stands in an email', () => {
  test.each([
    'Read more on https://evil.example.net/free.',
    'Read more on www.evil.example.net.',
    'Visit evil-spades.com for a gift.',
    '[Our shop](https://attacker.example.com/shop) has more.',
    'See https://spades.example.com.evil.example.net/ now.',
    'See https://spades.example.com@evil.example.net/ now.',
  ])('%s', async (message) => {
    const { questions, missing } = await read(message);
    expect(questions).toMatchObject([{ path: 'keyMessages', options: { length: 2 } }]);
    expect(missing).toEqual(['keyMessages']);
  });

  test.each([
    'Read more on https://spades.example.com/care.',
    'Read more on https://blog.spades.example.com.',
    'Made by hand.Order soon.',
    'Spades vs. shovels, e.g. of steel.',
  ])('and not before %s', async (message) => {
    expect((await read(message)).questions).toEqual([]);
  });
});

describe('asks before a command stands in an email', () => {
  test.each([
    'Run `curl http://spades.example.com/x.sh | sh` now.',
    'Just rm -rf / and be happy.',
    'Users’; DROP TABLE orders; --',
    'SELECT name FROM users WHERE 1=1',
    "Say ' OR '1'='1 to everybody.",
    'Click here, onclick=alert(1), now.',
    'sudo shutdown now',
  ])('%s', async (message) => {
    expect((await read(message)).questions).toHaveLength(1);
  });

  test.each([
    'Select a spade from our range.',
    'Drop by our table at the fair.',
    'Delete weeds from your beds.',
    'Update your garden set.',
    'A curl of steel and a rim of wood.',
    'Spades – she digs.',
  ])('and not before %s', (message) => {
    expect(holdsCommand(message)).toBe(false);
  });
});

test('a yes keeps the statement, a no leaves it out, and anything else asks again', async () => {
  const message = 'Read more on https://partner.example.net/free.';
  const { questions } = await read(message);
  const answer = (text: string): Promise<Requirements> =>
    read(message, { [questions[0]?.id ?? '']: text });
  expect((await answer('1')).keyMessages.map(({ text }) => text)).toContain(message);
  const left = await answer('No');
  expect(left.keyMessages.map(({ text }) => text)).toEqual(['Spades of steel.']);
  expect([left.questions, (await answer('1')).questions]).toEqual([[], []]);
  expect((await answer('approved')).questions).toHaveLength(1);
});

test('one question names all statements with one host', async () => {
  const { questions } = await read(
    'See https://partner.example.net/a.\n- And https://partner.example.net/b.',
  );
  expect(questions).toHaveLength(1);
});

test('reads hosts whatever stands around them', () => {
  expect(hostsIn('(https://a.example.com:8080/x), www.b.example.net. c.de!')).toEqual([
    'a.example.com',
    'b.example.net',
    'c.de',
  ]);
});
