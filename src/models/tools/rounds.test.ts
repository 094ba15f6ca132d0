import { expect, test } from 'vitest';

import { NO_USAGE } from '../../state/index.ts';
import { Completion } from '../answers/completion.ts';
import { openRounds } from './rounds.ts';
import type { ToolCall, ToolOffer } from './tool-offer.ts';

const LISTED = { name: 'count', description: '', parameters: {} };

function asked(...calls: readonly (readonly [string, string])[]): Completion {
  const tool_calls = calls.map(([name, args]) => ({ function: { name, arguments: args } }));
  return Completion.parse({ choices: [{ message: { content: '', tool_calls } }] });
}

function opened(limits: Partial<ToolOffer> = {}) {
  const ran: ToolCall[] = [];
  const refused: string[] = [];
  const tools: ToolOffer = {
    tools: [LISTED],
    maxRounds: 2,
    maxCallsPerRound: 2,
    run: async (calls) => {
      ran.push(...calls);
      return calls.map(({ id, name }) => ({ id, name, content: '', failed: false }));
    },
    refuse: async (calls, because) => {
      refused.push(...calls.map(({ name }) => `${name} ${because}`));
    },
    ...limits,
  };
  const request = { name: 'answer', system: '', user: '', tools };
  const rounds = openRounds(request as never, { instruction: '', options: {} });
  return { rounds, ran, refused };
}

test.each([
  ['half a character', String.raw`{"q":"\ud800"}`],
  ['a reserved key', '{"q":{"__proto__":{"a":1}}}'],
  ['a reserved key on top', '{"__proto__":{"a":1}}'],
  ['100,000 nested lists', `{"q":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['a number out of range', '{"q":1e999}'],
  ['a list', '[1]'],
])('arguments with %s are none', async (_, text) => {
  const { rounds, ran } = opened();
  expect(await rounds.carryOut(asked(['count', text]), NO_USAGE)).toBe(true);
  expect(ran.map(({ args }) => args)).toEqual([undefined]);
  // What the model sent is not sent back either.
  expect(rounds.asking(undefined).messages.at(-2)).toMatchObject({ tool_calls: [{ args: {} }] });
});

test('calls of tools that are not offered are told of, and are no part of the conversation', async () => {
  const { rounds, ran, refused } = opened();
  expect(await rounds.carryOut(asked(['made_up', '{}']), NO_USAGE)).toBe(false);
  expect(await rounds.carryOut(asked(['count', '{}'], ['made_up', '{}']), NO_USAGE)).toBe(true);
  expect(ran.map(({ name }) => name)).toEqual(['count']);
  expect(refused).toEqual(['made_up TOOL_UNKNOWN', 'made_up TOOL_UNKNOWN']);
  expect(JSON.stringify(rounds.asking(undefined).messages)).not.toContain('made_up');
});

test('calls beyond the bound of a round, and after the last one, are told of', async () => {
  const { rounds, ran, refused } = opened({ maxRounds: 1, maxCallsPerRound: 1 });
  const two = asked(['count', '{}'], ['count', '{}']);
  expect(await rounds.carryOut(two, NO_USAGE)).toBe(true);
  expect(refused).toEqual(['count TOOL_TOO_MANY']);
  expect(await rounds.carryOut(two, NO_USAGE)).toBe(false);
  expect(refused).toHaveLength(3);
  expect(ran).toHaveLength(1);
});
