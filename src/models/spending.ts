import type { Usage } from '../state/index.ts';
import type { ModelPrice } from './chat-model-settings.ts';
import { ModelBudgetError } from './errors.ts';
import type { Budget } from './port.ts';

/** The tokens of one call. */
export interface CallTokens {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/**
 * Estimates the tokens of `text` from above. Tokenizers take about four bytes of English a token and three of most other
 * UTF-8 text; three, rounded up, errs on the side of the budget and needs no tokenizer from the network.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text, 'utf8') / 3);
}

/** What `tokens` cost in US dollars. */
export function costUsd(tokens: CallTokens, price: ModelPrice): number {
  return (
    (tokens.inputTokens * price.inputUsdPerMillion +
      tokens.outputTokens * price.outputUsdPerMillion) /
    1_000_000
  );
}

/** The usage of one call that took `tokens`. */
export function usageOf(tokens: CallTokens, price: ModelPrice): Usage {
  return {
    calls: 1,
    inputTokens: tokens.inputTokens,
    outputTokens: tokens.outputTokens,
    costUsd: costUsd(tokens, price),
  };
}

/** Adds two usages. */
export function addUsage(one: Usage, other: Usage): Usage {
  return {
    calls: one.calls + other.calls,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    costUsd: one.costUsd + other.costUsd,
  };
}

/**
 * Refuses a call that could exceed the budget.
 *
 * @param limits - The model's name for the error, its budget and price.
 * @param next - The most that the next call may take.
 * @param usage - `before` this request, and `here` in it so far (its repairs).
 * @throws {@link ModelBudgetError} if spent and next together exceed the tokens or the money.
 */
export function refuseOverBudget(
  limits: { readonly model: string; readonly budget: Budget; readonly price: ModelPrice },
  next: CallTokens,
  usage: { readonly before: Usage; readonly here: Usage },
): void {
  const { model, budget, price } = limits;
  const spent = addUsage(usage.before, usage.here);
  const tokens = {
    spent: spent.inputTokens + spent.outputTokens,
    next: next.inputTokens + next.outputTokens,
  };
  // Written so that NaN, from wherever, refuses as well.
  if (!(tokens.spent + tokens.next <= budget.maxTokens)) {
    throw new ModelBudgetError(
      model,
      { unit: 'tokens', ...tokens, budget: budget.maxTokens },
      usage.here,
    );
  }
  const money = { spent: spent.costUsd, next: costUsd(next, price) };
  if (!(money.spent + money.next <= budget.maxCostUsd)) {
    throw new ModelBudgetError(
      model,
      { unit: 'usd', ...money, budget: budget.maxCostUsd },
      usage.here,
    );
  }
}
