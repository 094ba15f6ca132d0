import { expect, test } from 'vitest';

import { applyRedaction } from './plugin-sink.ts';
import { CANARIES, found, NAME, VALUES } from './canaries.ts';
import { audited, logged, prompted, stored } from './sinks.ts';

const NAMED = [...VALUES, NAME];

test('the log has none of them, at its most talkative, in events, facts, children, errors and causes', () => {
  expect(found(logged('on'))).toEqual([]);
  expect(found(logged('off'))).toEqual(VALUES);
});

test('a prompt that leaves has none of them, and the answer has all of them again', async () => {
  expect(found(await prompted('on'))).toEqual([]);
  expect(found(await prompted('off'))).toEqual(VALUES);
});

test('the audit trail has none of them, in its database, its other files and its exports', async () => {
  const clean = await audited('on');
  // Days, hosts and addresses on the web stand in what programs say of themselves.
  const ofPrograms = new Set(['DATE_TIME', 'URL', 'IP_ADDRESS']);
  const looked = CANARIES.filter(({ type }) => !ofPrograms.has(type)).map(({ value }) => value);
  for (const [sink, text] of Object.entries(clean))
    expect([sink, found(text, looked)]).toEqual([sink, []]);
  for (const text of Object.values(await audited('off'))) expect(found(text)).toEqual(VALUES);
}, 60_000);

test('a store has none of them, nor the name, where fields are declared sensitive', async () => {
  expect(found(await stored('on'), NAMED)).toEqual([]);
  expect(found(await stored('off'), NAMED)).toEqual(NAMED);
});

test('a plugin gets none of them where a rule redacts, and everything without the rule', () => {
  expect(found(applyRedaction('on'))).toEqual([]);
  expect(found(applyRedaction('off'))).toEqual(VALUES);
});
