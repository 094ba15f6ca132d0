import type { Amount } from '../../facts/vocabulary.ts';

/**
 * Tells whether an amount is above a threshold; always, where there is none.
 *
 * @returns undefined where it cannot be told: no amount, none that is a number, or another currency.
 */
export function isAbove(
  amount: Amount | undefined,
  threshold: Amount | undefined,
): boolean | undefined {
  if (threshold === undefined) return true;
  if (amount === undefined || amount.currency !== threshold.currency) return undefined;
  // Money that comes back is as large as money that goes.
  return Math.abs(amount.value) > threshold.value;
}
