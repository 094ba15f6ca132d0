import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { NO_USAGE } from '../../state/index.ts';
import {
  isLocalUrl,
  shieldModel,
  type Model,
  type PromptShield,
  type StructuredRequest,
} from '../index.ts';

const Answer = z.strictObject({ text: z.string(), to: z.email().optional() });
const CARD = '4111 1111 1111 1111';
const SSN = '536-22-1234';

/** A model that answers with what `answer` makes of the prompt. */
function echo(answer: (prompt: string) => unknown): { model: Model; seen: string[] } {
  const seen: string[] = [];
  const model: Model = {
    id: 'far/model',
    budget: { maxTokens: 1, maxCostUsd: 1 },
    structured: async <Value>(request: StructuredRequest<Value>) => {
      const prompt = `${request.system}\n${request.user}`;
      seen.push(prompt);
      return { value: request.schema.parse(answer(prompt)), usage: NO_USAGE, repairs: 0 };
    },
  };
  return { model, seen };
}

const asked = async (model: Model, user: string, system = 'Be brief.'): Promise<unknown> => {
  const { signal } = new AbortController();
  const request = { name: 'answer', schema: Answer, system, user, signal };
  return (await model.structured(request, NO_USAGE)).value;
};

test('sends stand-ins for identifiers, in both prompts, and puts the values back into the answer', async () => {
  const { model, seen } = echo((prompt) => ({ text: prompt }));
  const shielded = shieldModel(model, { policy: 'pseudonymise' });
  const value = await asked(shielded, `Card ${CARD}, again ${CARD}, SSN ${SSN}.`, `Of ${SSN}:`);
  expect(value).toEqual({ text: `Of ${SSN}:\nCard ${CARD}, again ${CARD}, SSN ${SSN}.` });
  expect(seen.join()).not.toMatch(/4111|536-22/);
  const [, card = ''] = /Card (<CREDIT_CARD-1-[0-9a-f]{8}>)/.exec(seen[0] ?? '') ?? [];
  expect(seen[0]?.split(card)).toHaveLength(3);
});

test('keeps the form of mail addresses and links, so that the answer fits its schema', async () => {
  const { model, seen } = echo((prompt) => ({
    text: 'see it',
    to: /\S+@hidden\.invalid/.exec(prompt)?.[0],
  }));
  const shield: PromptShield = { policy: 'pseudonymise', types: ['EMAIL_ADDRESS', 'URL'] };
  const value = await asked(
    shieldModel(model, shield),
    'Write to ada@example.test about https://example.test/ada today.',
  );
  expect(value).toEqual({ text: 'see it', to: 'ada@example.test' });
  expect(seen.join()).not.toContain('example.test');
});

test('leaves what a prompt says that only looks like a stand-in', async () => {
  const { model } = echo((prompt) => ({ text: prompt.split('\n')[1] }));
  const shielded = shieldModel(model, { policy: 'pseudonymise' });
  const text = 'Say <US_SSN-1-deadbeef> and person-1-deadbeef@hidden.invalid.';
  expect(await asked(shielded, `${text} ${SSN}`)).toEqual({ text: `${text} ${SSN}` });
});

test('sends nothing that holds any where the policy is to deny, and names types only', async () => {
  const { model, seen } = echo(() => ({ text: '' }));
  const shielded = shieldModel(model, { policy: 'deny' });
  const refusal = await asked(shielded, `SSN ${SSN}`).catch((error: unknown) => error);
  expect(refusal).toMatchObject({
    code: 'MODEL_PROMPT_REFUSED',
    details: { types: 'US_SSN', count: 1 },
  });
  expect(JSON.stringify(refusal) + String(refusal)).not.toContain(SSN);
  expect(seen).toEqual([]);
  expect(await asked(shielded, 'nobody')).toEqual({ text: '' });
});

test.each(['deny', 'pseudonymise'] as const)(
  'sends nothing that cannot be looked through in time (%s)',
  async (policy) => {
    const { model, seen } = echo(() => ({ text: '' }));
    const shielded = shieldModel(model, { policy, maxMs: 0.0001 });
    await expect(asked(shielded, 'a@1 '.repeat(10_000))).rejects.toMatchObject({
      code: 'MODEL_PROMPT_REFUSED',
    });
    expect(seen).toEqual([]);
  },
);

test('is an error when the answer does not fit with the values in their places', async () => {
  const Short = z.strictObject({ text: z.string().max(30) });
  const { model } = echo((prompt) => ({ text: prompt.split('\n')[1] }));
  const { signal } = new AbortController();
  const wallet = 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq';
  const request = { name: 'a', schema: Short, system: '', user: wallet, signal };
  await expect(
    shieldModel(model, { policy: 'pseudonymise' }).structured(request, NO_USAGE),
  ).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' });
});

test('gives back whatever it was that it hid', async () => {
  const parts = fc.array(
    fc.oneof(fc.constantFrom(CARD, SSN, 'GB82 WEST 1234 5698 7654 32'), fc.string()),
  );
  await fc.assert(
    fc.asyncProperty(parts, async (words) => {
      const text = words.join(' ');
      const { model } = echo((prompt) => ({ text: prompt.slice('Be brief.\n'.length) }));
      expect(await asked(shieldModel(model, { policy: 'pseudonymise' }), text)).toEqual({ text });
    }),
  );
});

test.each([
  ['http://localhost:8000/v1', true],
  ['http://127.0.0.1:11434/v1', true],
  ['http://127.9.9.9/v1', true],
  ['http://[::1]:1/v1', true],
  ['http://2130706433/v1', true],
  ['https://api.openai.com/v1', false],
  ['http://localhost.example.test/v1', false],
  ['http://127.0.0.1.example.test/v1', false],
  ['http://10.0.0.5/v1', false],
  ['http://user@127.0.0.1@evil.test/', false],
  ['nonsense', false],
])('%s leads to this machine: %s', (url, expected) => {
  expect(isLocalUrl(url)).toBe(expected);
});
