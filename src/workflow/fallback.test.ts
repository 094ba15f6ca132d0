import { MemorySaver } from '@langchain/langgraph';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import type { AuditEvent, AuditSink } from '../audit/index.ts';
import {
  ModelBudgetError,
  ModelNotFoundError,
  ModelOutputError,
  ModelRefusedError,
  ModelServerError,
  ModelTimeoutError,
  ModelUnauthorisedError,
  ModelUnreachableError,
  type Model,
} from '../models/index.ts';
import { NO_USAGE } from '../state/index.ts';
import { defineCheck, defineGate } from '../validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
  driveRun,
  type CompileOptions,
  type RunEvent,
} from './index.ts';

const Brief = z.strictObject({ text: z.string() });
const Letter = z.strictObject({ body: z.string() });
const budget = { maxTokens: 1000, maxCostUsd: 1 };
const asks = { calls: 1, inputTokens: 5, outputTokens: 3, costUsd: 0.5 };

const writer = defineAgent({
  id: 'writer',
  input: Brief,
  artifact: Letter,
  reads: {},
  simulated: ({ input }, { model }) => ({ body: `${input.text} by rules, model ${typeof model}` }),
  llm: async ({ input }, { model }) => {
    if (model === undefined) throw new Error('The llm variant needs a model.');
    return model.structured({ name: 'l', schema: Letter, system: 'Write.', user: input.text });
  },
});
const workflow = defineWorkflow({
  id: 'letters',
  input: Brief,
  phases: [definePhase({ id: 'write', agent: writer })],
  transitions: [
    {
      from: 'write',
      to: 'completed',
      gate: defineGate({
        checks: [
          defineCheck({
            id: 'letter.body',
            reads: z.object({ artifacts: z.object({ write: Letter }) }),
            message: 'Empty.',
            remedy: 'Write.',
            evaluate: ({ artifacts }) => artifacts.write.body !== '',
          }),
        ],
      }),
    },
  ],
});

/** A model that always fails, and how often it was asked. */
function failing(error: () => unknown) {
  let asked = 0;
  const structured = async (): Promise<never> => {
    asked += 1;
    throw error();
  };
  return { model: { id: 'tiny', budget, structured } satisfies Model, asked: () => asked };
}

function drive(model: Model, options: CompileOptions = { fallback: 'simulated' }) {
  const events: RunEvent[] = [];
  const graph = compileWorkflow(workflow, {
    checkpointer: new MemorySaver(),
    agents: 'llm',
    model,
    ...options,
  });
  const message = { kind: 'start', input: { text: 'Hello' } } as const;
  const run = (signal?: AbortSignal) =>
    driveRun(graph, {
      workflow,
      thread: 't',
      message,
      onEvent: (event) => events.push(event),
      ...(signal === undefined ? {} : { signal }),
    });
  return { graph, run, events };
}

const cause = new Error('the vendor said so');
const FINAL = [
  ['MODEL_UNREACHABLE', 3, () => new ModelUnreachableError('tiny', { cause })],
  ['MODEL_SERVER_ERROR', 3, () => new ModelServerError('tiny', 500, {})],
  ['MODEL_TIMEOUT', 3, () => new ModelTimeoutError('tiny', 10, { cause, usage: asks })],
  ['MODEL_REFUSED', 1, () => new ModelRefusedError('tiny', 'model', {})],
  [
    'MODEL_OUTPUT_INVALID',
    1,
    () => new ModelOutputError('tiny', { kind: 'wrong-shape', issues: 1, repairs: 2 }, asks),
  ],
  [
    'MODEL_BUDGET_SPENT',
    1,
    () => new ModelBudgetError('tiny', { unit: 'tokens', spent: 1, next: 2, budget: 2 }, NO_USAGE),
  ],
] as const;

describe('a phase whose model has failed for good', () => {
  test.each(FINAL)(
    'with %s, after %i tries, works simulated and says so',
    async (code, tries, error) => {
      const { model, asked } = failing(error);
      const { graph, run, events } = drive(model);
      const report = await run();
      expect(report).toMatchObject({
        status: 'completed',
        artifacts: { write: { body: 'Hello by rules, model undefined' } },
        fallbacks: [
          { phase: 'write', attempt: 1, variant: 'simulated', from: 'llm', because: code },
        ],
      });
      expect(asked()).toBe(tries);
      const { history } = (await graph.getState({ configurable: { thread_id: 't' } })).values;
      expect(history[0]).toMatchObject({
        phase: 'write',
        variant: 'simulated',
        fallback: { from: 'llm', because: code },
      });
      expect(events).toContainEqual({
        type: 'phase-fell-back',
        phase: 'write',
        attempt: 1,
        because: code,
      });
      expect(events).toContainEqual({
        type: 'phase-ended',
        phase: 'write',
        attempt: 1,
        variant: 'simulated',
      });
    },
    60_000,
  );

  test('counts what the failed tries took', async () => {
    const { model } = failing(() => new ModelTimeoutError('tiny', 10, { cause, usage: asks }));
    const { usage } = await drive(model).run();
    expect(usage).toEqual({ calls: 3, inputTokens: 15, outputTokens: 9, costUsd: 1.5 });
  }, 60_000);

  test('stops the run with the error where nobody asked for anything else', async () => {
    const { model } = failing(() => new ModelRefusedError('tiny', 'model', {}));
    const { run, events } = drive(model, {});
    await expect(run()).rejects.toMatchObject({ code: 'MODEL_REFUSED' });
    expect(events.map(({ type }) => type)).not.toContain('phase-fell-back');
  });

  test.each([
    ['a key that is not accepted', () => new ModelUnauthorisedError('tiny', 401, { cause })],
    ['a model that is not there', () => new ModelNotFoundError('tiny', { cause })],
    ['an error that is not the model’s', () => new TypeError('a mistake in the agent')],
  ])('never falls back because of %s', async (_, error) => {
    const thrown = error();
    const { run } = drive(failing(() => thrown).model);
    await expect(run()).rejects.toBe(thrown);
  });

  test('never falls back because of a cancellation', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped by its caller');
    const { model } = failing(() => {
      stop.abort(reason);
      return new ModelRefusedError('tiny', 'model', {});
    });
    const { run, events, graph } = drive(model);
    await expect(run(stop.signal)).rejects.toThrow(/abort|stopped/i);
    expect(events.map(({ type }) => type)).not.toContain('phase-fell-back');
    const { next } = await graph.getState({ configurable: { thread_id: 't' } });
    expect(next).toEqual(['write']);
  });

  test('is recorded: what failed, and who worked instead', async () => {
    const told: AuditEvent[] = [];
    const audit: AuditSink = {
      append: async (event) => {
        told.push(event);
        return { chain: 'main/1', seq: told.length, hash: '', repeated: false };
      },
    };
    const { model } = failing(() => new ModelRefusedError('tiny', 'content-filter', {}));
    await drive(model, { fallback: 'simulated', audit }).run();
    const left = told.filter(({ kind }) => kind === 'phase-left');
    expect(left).toMatchObject([
      { outcome: 'failure', actor: { id: 'writer/llm' }, facts: { code: 'MODEL_REFUSED' } },
      {
        outcome: 'success',
        actor: { id: 'writer/simulated' },
        facts: { fallbackFrom: 'llm', because: 'MODEL_REFUSED' },
      },
    ]);
  });
});

test('a model that answers leaves no trace of a fallback', async () => {
  const structured = (async () => ({ value: { body: 'written' }, usage: asks })) as never;
  const report = await drive({ id: 'tiny', budget, structured }).run();
  expect(report).toMatchObject({ status: 'completed', artifacts: { write: { body: 'written' } } });
  expect(report).not.toHaveProperty('fallbacks');
});
