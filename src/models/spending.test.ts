import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { NO_USAGE, type Usage } from '../state/index.ts';
import { ModelBudgetError } from './errors.ts';
import { addUsage, estimateTokens, refuseOverBudget, usageOf } from './spending.ts';

const price = { inputUsdPerMillion: 3, outputUsdPerMillion: 15 };
const counts = fc.integer({ min: 0, max: 200_000 });
const calls = fc.record({ inputTokens: counts, outputTokens: counts });

test('a call is let through exactly when spent and next together stay within the budget', () => {
  const budget = { maxTokens: 100_000, maxCostUsd: 0.5 };
  fc.assert(
    fc.property(calls, calls, calls, (before, here, next) => {
      const usage = { before: usageOf(before, price), here: usageOf(here, price) };
      const total = addUsage(addUsage(usage.before, usage.here), usageOf(next, price));
      const fits = total.inputTokens + total.outputTokens <= 100_000 && total.costUsd <= 0.5;
      const limits = { model: 'm', budget, price };
      expect(outcome(() => refuseOverBudget(limits, next, usage))).toBe(
        fits ? 'let through' : 'MODEL_BUDGET_SPENT',
      );
    }),
  );
});

test('spending that is not a number refuses', () => {
  const before: Usage = { ...NO_USAGE, costUsd: Number.NaN };
  const limits = { model: 'm', budget: { maxTokens: 1000, maxCostUsd: 1 }, price };
  expect(() =>
    refuseOverBudget(limits, { inputTokens: 1, outputTokens: 1 }, { before, here: NO_USAGE }),
  ).toThrow(expect.objectContaining({ code: 'MODEL_BUDGET_SPENT' }));
});

test('the estimate grows with the text, and joining texts never makes it larger', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const joined = estimateTokens(one + other);
      expect(joined).toBeGreaterThanOrEqual(estimateTokens(one));
      expect(joined).toBeLessThanOrEqual(estimateTokens(one) + estimateTokens(other));
    }),
  );
});

function outcome(run: () => void): unknown {
  try {
    run();
    return 'let through';
  } catch (error) {
    return error instanceof ModelBudgetError ? error.code : error;
  }
}
