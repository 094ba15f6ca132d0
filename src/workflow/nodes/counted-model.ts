import { setTimeout as sleep } from 'node:timers/promises';

import { digestOf, frozenJson, type Clock } from '../../kernel/index.ts';
import {
  ModelBudgetError,
  ModelError,
  ModelRateLimitedError,
  type Model,
  type StructuredRequest,
  type ToolOffer,
} from '../../models/index.ts';
import { NO_USAGE, type Usage } from '../../state/index.ts';
import type { AgentModel } from '../agent.ts';
import { addUsage } from '../state/read-state.ts';
import type { ModelCall } from '../trail/trail-events.ts';
import { toolOffer, type ToolCalling } from './call-tools.ts';

/** What the tries of one visit have done with their model so far. */
export interface ModelAccount {
  /** Failed tries included. */
  usage: Usage;
  /** Calls under way, each with the most that it may take. */
  readonly underWay: Map<Promise<unknown>, Usage>;
  /** How many were begun. */
  begun: number;
  /** How many tries there were. */
  tries: number;
  /** How many of them have failed. */
  failed: number;
  /** The model's failure that the simulated variant works because of, in this try and every later one. */
  fellBackBecause: string | undefined;
  /** The provider's last wish to wait: until when (`monotonicMs`), and the refusal that said it. */
  pause: { readonly untilMs: number; readonly refusal: ModelRateLimitedError } | undefined;
}

/** What a counted model needs besides the model. */
export interface CountedModelParts {
  readonly account: ModelAccount;
  /** What the run has spent before this visit. */
  readonly spent: Usage;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Told of every call before its answer is used; what it rejects with, the call does. */
  readonly onCall?: ((call: ModelCall) => Promise<void>) | undefined;
  /** How tools are called, where there are any. */
  readonly calling?: ToolCalling;
}

/** Opens the account of a visit that has not begun. */
export function openAccount(): ModelAccount {
  return {
    usage: NO_USAGE,
    underWay: new Map(),
    begun: 0,
    tries: 0,
    failed: 0,
    fellBackBecause: undefined,
    pause: undefined,
  };
}

/** A longer pause is the caller's to take: until then a run would only look as if it hung. */
const LONGEST_PAUSE_MS = 60_000;

/**
 * A model whose spending is counted per visit, so that a retry of the node knows what the failed try took. Calls that run
 * side by side are held against the budget together, and no call is made while the provider asks to wait.
 */
export function countedModel(model: Model, parts: CountedModelParts): AgentModel {
  const { account, signal } = parts;
  return {
    id: model.id,
    structured: async ({ tools = [], maxToolRounds: maxRounds, ...request }) => {
      const offer =
        parts.calling === undefined || tools.length === 0
          ? {}
          : { tools: toolOffer(parts.calling, { offered: tools, maxRounds }) };
      for (;;) {
        // Each round depends on the one before.
        // oxlint-disable-next-line no-await-in-loop
        await pauseEnded(parts);
        const others = [...account.underWay.keys()];
        try {
          // oxlint-disable-next-line no-await-in-loop
          return await counted(model, { ...request, ...offer, signal }, parts);
        } catch (error) {
          // What others hold back may turn out not to be needed.
          if (!(error instanceof ModelBudgetError) || error.usage.calls > 0 || others.length === 0)
            throw error;
          // oxlint-disable-next-line no-await-in-loop
          await Promise.race(others);
        }
      }
    },
    get usage() {
      return account.usage;
    },
  };
}

async function counted<Value>(
  model: Model,
  request: StructuredRequest<Value>,
  parts: CountedModelParts,
): Promise<Value> {
  const { account, spent, clock } = parts;
  const index = account.begun;
  account.begun += 1;
  const held = [...account.underWay.values()].reduce(addUsage, NO_USAGE);
  let inRounds = NO_USAGE;
  const watched = withRounds(request, (usage) => {
    inRounds = usage;
  });
  const call = model.structured(watched, addUsage(addUsage(spent, account.usage), held));
  const settled = call.then(
    () => undefined,
    () => undefined,
  );
  account.underWay.set(settled, model.atMost?.(request) ?? NO_USAGE);
  try {
    const { value, usage } = await call;
    account.usage = addUsage(account.usage, usage);
    await tellCall(model, request, { parts, index, usage, value });
    return value;
  } catch (error) {
    // What failed has cost something too.
    const took = error instanceof ModelError ? error.usage : inRounds;
    account.usage = addUsage(account.usage, took);
    if (error instanceof ModelRateLimitedError && error.retryAfterMs !== undefined)
      account.pause = { untilMs: clock.monotonicMs() + error.retryAfterMs, refusal: error };
    if (error instanceof ModelError)
      await tellCall(model, request, { parts, index, usage: error.usage, code: error.code });
    throw error;
  } finally {
    account.underWay.delete(settled);
  }
}

/** What a tool ends the request with says nothing of what the rounds before it took. */
function withRounds<Value>(
  request: StructuredRequest<Value>,
  note: (spent: Usage) => void,
): StructuredRequest<Value> {
  const { tools } = request;
  if (tools === undefined) return request;
  const run: ToolOffer['run'] = async (calls, spent) => {
    note(spent);
    return await tools.run(calls, spent);
  };
  return { ...request, tools: { ...tools, run } };
}

interface CallMade {
  readonly parts: CountedModelParts;
  readonly index: number;
  readonly usage: Usage;
  readonly value?: unknown;
  /** The error's code when it failed. */
  readonly code?: string;
}

async function tellCall(
  { id }: Model,
  { name, system, user }: StructuredRequest<unknown>,
  { parts: { onCall }, index, usage, value, code }: CallMade,
): Promise<void> {
  await onCall?.({
    index,
    model: id,
    input: digestOf({ name, system, user }),
    ...(code === undefined ? { output: digestOf(frozenJson(value ?? null)) } : { code }),
    facts: { name, ...usage },
  });
}

/** Waits until the provider takes calls again. @throws its refusal if that is too long. */
async function pauseEnded({ account, signal, clock }: CountedModelParts): Promise<void> {
  if (account.pause === undefined) return;
  const { untilMs, refusal } = account.pause;
  const remainingMs = untilMs - clock.monotonicMs();
  if (remainingMs > LONGEST_PAUSE_MS) throw refusal;
  if (remainingMs > 0) await sleep(remainingMs, undefined, { signal });
}
