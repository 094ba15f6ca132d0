import { expect, test } from 'vitest';

import { scanText } from '../privacy/index.ts';
import { defineGate, evaluateGate, noPersonalData, type NoPersonalDataOptions } from './index.ts';

async function judged(value: unknown, options: NoPersonalDataOptions = {}) {
  const gate = defineGate({ checks: [noPersonalData(options)] });
  const facts = { input: {}, artifacts: { letter: value }, run: {} };
  const { outcome, checks } = await evaluateGate(gate, facts);
  return { outcome, check: checks[0] };
}

test('passes what holds nothing of anybody', async () => {
  expect((await judged({ body: 'Order 123456789 is on its way.' })).outcome).toBe('allow');
});

test('denies, naming types and paths and never a value', async () => {
  const { outcome, check } = await judged({
    body: 'Card 4111 1111 1111 1111',
    to: [{ 'anna@example.test': 1 }],
  });
  expect(outcome).toBe('deny');
  expect(check).toMatchObject({
    outcome: 'fail',
    message: 'There is data of a person or a secret in it: 1 x CREDIT_CARD, 1 x EMAIL_ADDRESS.',
    paths: ['artifacts.letter.body', 'artifacts.letter.to.0.*'],
  });
  expect(JSON.stringify(check)).not.toMatch(/4111|anna/);
});

test('lets pass the types that are allowed, and looks for those that are named only', async () => {
  const letter = { from: 'anna@example.test', body: 'see https://example.test/x' };
  expect((await judged(letter, { allow: ['EMAIL_ADDRESS', 'URL'] })).outcome).toBe('allow');
  expect((await judged(letter, { types: ['US_SSN'] })).outcome).toBe('allow');
  expect((await judged(letter, { allow: ['URL'] })).outcome).toBe('deny');
});

test.each<[string, unknown, NoPersonalDataOptions]>([
  ['is too long', 'x'.repeat(1_001), { maxCharacters: 1_000 }],
  ['takes too long', 'a@'.repeat(20_000), { maxMs: 0.001 }],
  ['is not there', 'text', { artifacts: ['other'] }],
])('is undetermined, which denies, when the artifact %s', async (_, value, options) => {
  const { outcome, check } = await judged(value, options);
  expect({ outcome, check: check?.outcome }).toEqual({ outcome: 'deny', check: 'undetermined' });
});

test("is undetermined when a detector of one's own fails, and finds what it finds", async () => {
  const broken = {
    name: 'broken',
    detect: () => {
      throw new Error('Ada');
    },
  };
  expect((await judged('x', { detectors: [broken] })).check?.outcome).toBe('undetermined');
  const names = {
    name: 'names',
    detect: (text: string) =>
      [...text.matchAll(/Ada/g)].map(({ index }) => ({
        type: 'PERSON',
        start: index,
        end: index + 3,
        confidence: 0.9,
      })),
  };
  expect(scanText('Ada', { detectors: [names] })).toHaveLength(1);
  expect((await judged('for Ada', { detectors: [names] })).check?.outcome).toBe('fail');
});

test('has another digest with other options', () => {
  expect(noPersonalData().digest).not.toBe(noPersonalData({ allow: ['URL'] }).digest);
});
