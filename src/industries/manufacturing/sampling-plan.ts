import type { SamplingPlan } from './facts.ts';

/** That a lot of the acceptable quality is rejected: 5 %. That one of the limiting quality is accepted: 10 %. */
const PRODUCER_RISK = 0.05;
const CONSUMER_RISK = 0.1;
/** What a product of percentages may be off by before it counts as another whole number. */
const ROUNDING = 1e-9;

/**
 * Computes the single sampling plan with the fewest units for a lot: the smallest acceptance number, with its smallest sample,
 * that keeps both risks. Acceptance by the hypergeometric distribution, so that the lot's size counts.
 *
 * @param lot - Units.
 * @param quality - Acceptable and limiting quality, in percent of nonconforming units; acceptable below limiting.
 * @returns The plan; all of the lot, and none nonconforming, where no sample keeps both risks.
 * @see W. C. Guenther, Use of the Binomial, Hypergeometric, and Poisson Tables to Obtain Sampling Plans, Journal of Quality
 * Technology 1 (1969)
 */
export function samplingPlan(
  lot: number,
  { acceptable, limiting }: { readonly acceptable: number; readonly limiting: number },
): SamplingPlan {
  const good = Math.floor((lot * acceptable) / 100 + ROUNDING);
  const bad = Math.min(lot, Math.ceil((lot * limiting) / 100 - ROUNDING));
  for (let accept = 0, size = 1; size <= lot; accept += 1) {
    size = Math.max(size, accept + 1);
    while (size <= lot && acceptance({ lot, bad, size, accept }) > CONSUMER_RISK) size += 1;
    if (size > lot) break;
    const accepted = acceptance({ lot, bad: good, size, accept });
    if (accepted >= 1 - PRODUCER_RISK)
      return {
        size,
        accept,
        producerRisk: percent(1 - accepted),
        consumerRisk: percent(acceptance({ lot, bad, size, accept })),
      };
  }
  return { size: lot, accept: 0, producerRisk: 0, consumerRisk: 0 };
}

interface Sample {
  readonly lot: number;
  /** Nonconforming units of the lot. */
  readonly bad: number;
  readonly size: number;
  readonly accept: number;
}

/** The chance that a sample holds at most `accept` nonconforming units. */
export function acceptance({ lot, bad, size, accept }: Sample): number {
  let chance = 0;
  const least = Math.max(0, size - (lot - bad));
  for (let found = least; found <= Math.min(accept, bad, size); found += 1)
    chance += Math.exp(
      logChoose(bad, found) + logChoose(lot - bad, size - found) - logChoose(lot, size),
    );
  return Math.min(1, chance);
}

function logChoose(of: number, chosen: number): number {
  return logFactorial(of) - logFactorial(chosen) - logFactorial(of - chosen);
}

const EXACT = 32;

/** Stirling's series, exact to the last digits from 32 on; below it the sum itself. */
function logFactorial(number: number): number {
  if (number < EXACT) {
    let sum = 0;
    for (let factor = 2; factor <= number; factor += 1) sum += Math.log(factor);
    return sum;
  }
  const inverse = 1 / number;
  const series = inverse / 12 - inverse ** 3 / 360 + inverse ** 5 / 1260;
  return number * Math.log(number) - number + Math.log(2 * Math.PI * number) / 2 + series;
}

function percent(share: number): number {
  return Math.round(Math.max(0, share) * 10_000) / 100;
}
