import { isPhasegateError } from '../kernel/index.ts';
import { ModelError } from '../models/index.ts';
import type { Variant } from './definition/phase.ts';

/** What works in a phase whose model has failed for good: nothing, so that the run stops there, or the simulated variant. */
export type FallbackRule = 'none' | 'simulated';

/** How often a visit whose model failed in a way that may pass is tried in all. */
export const MODEL_ATTEMPTS = 3;

/**
 * Failures of a model that another try of the same would not mend, or that were tried often enough. Not among them: what
 * the configuration has to mend (a key, a name, a request that is too long), and whatever is not the model's.
 */
const FINAL = new Set([
  'MODEL_UNREACHABLE',
  'MODEL_SERVER_ERROR',
  'MODEL_TIMEOUT',
  'MODEL_RATE_LIMITED',
  'MODEL_REFUSED',
  'MODEL_OUTPUT_INVALID',
  'MODEL_BUDGET_SPENT',
]);

/** One failed try of a visit. */
export interface FailedTry {
  readonly rule: FallbackRule;
  /** Which variant has failed. */
  readonly variant: Variant;
  /** How many tries of the visit have failed, this one included. */
  readonly failed: number;
  /** Whether a person was asked in this try: the simulated variant would ask anew, and take an answer to something else. */
  readonly hasAsked: boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * Tells why the simulated variant takes over from a model, as the error's code. A run that was stopped or has no time left
 * never falls back.
 *
 * @returns Undefined where the error is to be thrown on: nobody asked for it, it is not final, or LangGraph tries again.
 */
export function reasonToFallBack(
  error: unknown,
  { rule, variant, failed, hasAsked, signal }: FailedTry,
): string | undefined {
  if (rule !== 'simulated' || variant !== 'llm' || hasAsked) return undefined;
  if (signal?.aborted === true) return undefined;
  if (!isPhasegateError(error) || !(error instanceof ModelError) || !FINAL.has(error.code))
    return undefined;
  if (error.retryable && failed < MODEL_ATTEMPTS) return undefined;
  return error.code;
}
