import type { Usage } from '../state/index.ts';
import type { z } from 'zod';

import type { ToolOffer } from './tools/tool-offer.ts';

/** One question to a model whose answer must fit a schema. */
export interface StructuredRequest<Value> {
  /** Names the answer for the provider, `[a-zA-Z0-9_-]{1,64}`. */
  readonly name: string;
  readonly schema: z.ZodType<Value>;
  readonly system: string;
  readonly user: string;
  readonly signal: AbortSignal;
  /** What the model may call before it answers; nothing unless told. Every call of the model counts as one. */
  readonly tools?: ToolOffer;
}

/** An answer that passed its schema, and what it took, repairs included. */
export interface StructuredReply<Value> {
  readonly value: Value;
  readonly usage: Usage;
  /** How often malformed output was sent back before it fitted. */
  readonly repairs: number;
}

/** What may be spent; a call that could exceed it is refused before it is made. */
export interface Budget {
  readonly maxTokens: number;
  readonly maxCostUsd: number;
}

/** A chat model behind a contract of our own: structured answers, bounded repair, a budget, cancellation. */
export interface Model {
  /** Provider and model, for records: `openai/gpt-5.2`. */
  readonly id: string;
  /** What one run may spend on this model. */
  readonly budget: Budget;
  /**
   * The most that the first call of a request may take. While it is under way, that much of the budget is kept from calls
   * that run side by side with it; nothing is where a model cannot tell.
   */
  readonly atMost?: (request: StructuredRequest<unknown>) => Usage;
  /**
   * @param spent - What the run has spent so far; the budget is checked against it before every call.
   * @throws ModelError (MODEL_*) when the provider fails, the answer cannot be repaired, or the budget is spent;
   * its `usage` is what the request took all the same. An abort by the caller rejects with the signal's own reason.
   */
  structured<Value>(
    request: StructuredRequest<Value>,
    spent: Usage,
  ): Promise<StructuredReply<Value>>;
}
