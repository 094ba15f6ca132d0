import { expect, test } from 'vitest';
import { z } from 'zod';

import { systemClock } from '../../kernel/index.ts';
import { ModelBudgetError, ModelRateLimitedError, type Model } from '../../models/index.ts';
import { NO_USAGE, type Usage } from '../../state/index.ts';
import { countedModel, openAccount, type CountedModelParts } from './counted-model.ts';

const BUDGET = 100;
const MOST = 40;
const SPENT = 15;

/** A model whose calls take 15 tokens of 40 at most, one after the other as the test lets them end. */
function slowModel() {
  const waiting: (() => void)[] = [];
  let calls = 0;
  let mostAtOnce = 0;
  const model: Model = {
    id: 'slow',
    budget: { maxTokens: BUDGET, maxCostUsd: 1 },
    atMost: () => tokens(MOST),
    structured: async ({ schema }, spent) => {
      if (spent.inputTokens + MOST > BUDGET) throw tooMuch(spent);
      calls += 1;
      mostAtOnce = Math.max(mostAtOnce, waiting.length + 1);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return { value: schema.parse({}), usage: tokens(SPENT), repairs: 0 };
    },
  };
  return { model, calls: () => calls, mostAtOnce: () => mostAtOnce, waiting };
}

const tokens = (inputTokens: number): Usage => ({ ...NO_USAGE, calls: 1, inputTokens });
const tooMuch = ({ inputTokens: spent }: Usage) =>
  new ModelBudgetError('slow', { unit: 'tokens', spent, next: MOST, budget: BUDGET }, NO_USAGE);
const parts = (): CountedModelParts => ({
  account: openAccount(),
  spent: NO_USAGE,
  signal: new AbortController().signal,
  clock: systemClock,
});
const request = { name: 'note', schema: z.object({}), system: '', user: '' };
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('calls side by side are held against the budget together; one that does not fit waits', async () => {
  const slow = slowModel();
  const model = countedModel(slow.model, parts());
  const answers = Promise.all([1, 2, 3].map(() => model.structured(request)));
  await settled();
  expect(slow.calls()).toBe(2);
  while (slow.calls() < 3 || slow.waiting.length > 0) {
    slow.waiting.shift()?.();
    // oxlint-disable-next-line no-await-in-loop -- each answer may let the next call begin
    await settled();
  }
  await answers;
  expect(slow.mostAtOnce()).toBe(2);
  expect(model.usage.inputTokens).toBe(3 * SPENT);
});

test('a call that does not fit when nothing else is under way is refused', async () => {
  const slow = slowModel();
  const model = countedModel(slow.model, { ...parts(), spent: tokens(BUDGET - MOST + 1) });
  await expect(model.structured(request)).rejects.toMatchObject({ code: 'MODEL_BUDGET_SPENT' });
  expect(slow.calls()).toBe(0);
});

test('a pause that the provider asks for ends at once when the run is cancelled', async () => {
  const caller = new AbortController();
  const limit = { quotaSpent: false, retryAfterMs: 50_000 };
  let calls = 0;
  const model = countedModel(
    {
      id: 'busy',
      budget: { maxTokens: BUDGET, maxCostUsd: 1 },
      structured: () => {
        calls += 1;
        return Promise.reject(new ModelRateLimitedError('busy', limit, { cause: undefined }));
      },
    },
    { ...parts(), signal: caller.signal },
  );
  await expect(model.structured(request)).rejects.toMatchObject({ code: 'MODEL_RATE_LIMITED' });
  const second = model.structured(request);
  caller.abort();
  await expect(second).rejects.toMatchObject({ name: 'AbortError' });
  expect(calls).toBe(1);
});
