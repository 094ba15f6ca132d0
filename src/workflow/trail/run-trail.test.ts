import { Command, MemorySaver } from '@langchain/langgraph';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';

import type { AuditEvent, AuditSink } from '../../audit/index.ts';
import type { Principal } from '../../state/index.ts';
import { defineCheck, defineGate } from '../../validation/index.ts';
import { compileWorkflow, defineAgent, definePhase, defineWorkflow } from '../index.ts';

const Brief = z.strictObject({ text: z.string() });
const Plan = z.strictObject({ steps: z.array(z.string()) });
const Letter = z.strictObject({ body: z.string() });

const plan = defineAgent({
  id: 'planner',
  input: Brief,
  artifact: Plan,
  reads: {},
  simulated: ({ input }) => ({ steps: input.text.split(' ') }),
  llm: async ({ input }, { model }) => {
    const request = { name: 'plan', schema: Plan, system: 'Plan it.', user: input.text };
    if (model === undefined) throw new Error('The llm variant needs a model.');
    return model.structured(request);
  },
});
const write = defineAgent({
  id: 'writer',
  input: Brief,
  artifact: Letter,
  reads: { plan: Plan },
  simulated: ({ artifacts }, { decide }) => {
    const subject = artifacts.plan;
    const { kind } = decide({ action: 'approve-plan', description: '', subject, schema: Plan });
    return { body: `${kind} ${artifacts.plan.steps.length}` };
  },
});
const planned = defineCheck({
  id: 'plan.steps',
  reads: z.object({ artifacts: z.object({ plan: Plan }) }),
  message: 'One step is no plan.',
  remedy: 'Add another.',
  evaluate: ({ artifacts }) => artifacts.plan.steps.length > 1,
});
const written = defineCheck({
  id: 'letter.body',
  reads: z.object({ artifacts: z.object({ write: Letter }) }),
  message: 'Empty.',
  remedy: 'Write.',
  evaluate: ({ artifacts }) => artifacts.write.body !== '',
});
const workflow = defineWorkflow({
  id: 'letters',
  input: Brief,
  phases: [
    definePhase({ id: 'plan', agent: plan }),
    definePhase({ id: 'write', agent: write, maxAttempts: 3 }),
  ],
  transitions: [
    { from: 'plan', to: 'write', gate: defineGate({ checks: [planned] }) },
    { from: 'write', to: 'completed', gate: defineGate({ checks: [written] }) },
  ],
});

const kim: Principal = {
  id: 'kim',
  kind: 'person',
  roles: ['editor'],
  authenticated: true,
  source: 'test',
};
interface Bare {
  _streamIterator(input: unknown, options: unknown): AsyncGenerator<unknown>;
}

const config = { configurable: { thread_id: 't' } };

/** A sink that keeps what it is told as the chain does: the same event under the same key once. */
function sinkOf(refuses: (event: AuditEvent) => Promise<void> = async () => undefined) {
  const events: AuditEvent[] = [];
  const sink: AuditSink = {
    append: async (event) => {
      await refuses(event);
      const text = JSON.stringify(event);
      const known = events.findIndex((one) => JSON.stringify(one) === text);
      if (known < 0) events.push(event);
      return { chain: 'main/1', seq: known, hash: '', repeated: known >= 0 };
    },
  };
  const lines = (): string[] =>
    events.map(({ kind, outcome, target }) => `${kind} ${outcome} ${target}`);
  return { sink, events, lines };
}

const checkpointed = (audit: AuditSink, checkpointer = new MemorySaver()) =>
  compileWorkflow(workflow, {
    checkpointer,
    sealKey: new Uint8Array(32).fill(7),
    identify: () => kim,
    audit,
    auditTimeoutMs: 200,
  });

describe('a run is recorded', () => {
  test('from its beginning to its end, each event once, also when a person answers in another process', async () => {
    const { sink, lines } = sinkOf();
    const checkpointer = new MemorySaver();
    await checkpointed(sink, checkpointer).invoke({ input: { text: 'a b' } }, config);
    const again = checkpointed(sink, checkpointer);
    await again.invoke(new Command({ resume: { decision: 'approve' } }), config);
    expect(lines()).toEqual([
      'run-started success letters',
      'phase-entered success plan',
      'phase-left success plan',
      'gate-verdict allow plan -> write',
      'phase-entered success write',
      'approval allow approve-plan',
      'phase-left success write',
      'gate-verdict allow write -> completed',
      'run-ended success letters',
    ]);
  });

  test('with who, on whose behalf, the policy, and digests of what went in and came out', async () => {
    const { sink, events } = sinkOf();
    const graph = checkpointed(sink);
    await graph.invoke({ input: { text: 'secret words' } }, config);
    await graph.invoke(new Command({ resume: { decision: 'approve' } }), config);
    const run = new Set(events.map((event) => event.run));
    expect(run.size).toBe(1);
    for (const { kind, actor, policy, input, output, thread } of events) {
      expect(thread).toBe('t');
      expect(policy).toMatch(/^[0-9a-f]{64}$/);
      expect(input).toMatch(/^[0-9a-f]{64}$/);
      if (kind !== 'run-started' && kind !== 'phase-entered') {
        expect(output).toMatch(/^[0-9a-f]{64}$/);
      }
      expect(actor.onBehalfOf ?? actor.id).toBe('kim');
    }
    expect(JSON.stringify(events)).not.toContain('secret');
  });

  test('that a gate blocked', async () => {
    const { sink, lines } = sinkOf();
    const end = await checkpointed(sink).invoke({ input: { text: 'alone' } }, config);
    expect(end.run?.status).toBe('blocked');
    expect(lines().slice(2)).toEqual([
      'phase-left success plan',
      'gate-verdict deny plan -> write',
      'run-ended deny letters',
    ]);
  });

  test('with the entries that were refused', async () => {
    const { sink, lines } = sinkOf();
    const graph = checkpointed(sink);
    await graph.invoke({ input: { text: 'a b' } }, config);
    // Past the door that looks at what callers send.
    const bare = Object.getPrototypeOf(graph) as Bare;
    const jump = new Command({ goto: 'plan' });
    for await (const _ of bare._streamIterator.call(graph, jump, config));
    expect(lines()).toContain('refusal refused plan');
  });

  test('with every model call, those that failed as well', async () => {
    const { sink, events } = sinkOf();
    const usage = { calls: 1, inputTokens: 5, outputTokens: 3, costUsd: 0.5 };
    const model = {
      id: 'tiny',
      structured: async () => ({ value: { steps: ['a', 'b'] }, usage }),
    };
    const graph = compileWorkflow(workflow, {
      checkpointer: new MemorySaver(),
      audit: sink,
      model: model as never,
      agents: { plan: 'llm' },
    });
    await graph.invoke({ input: { text: 'a b' } }, config);
    expect(events.find(({ kind }) => kind === 'model-call')).toMatchObject({
      target: 'tiny',
      outcome: 'success',
      actor: { id: 'planner/llm' },
      facts: { name: 'plan', inputTokens: 5, costUsd: 0.5 },
    });
  });
});

describe('what cannot be recorded does not happen:', () => {
  const gone = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  const fails = async (): Promise<void> => {
    throw gone;
  };
  const hangs = async (): Promise<void> => new Promise(() => undefined);

  test.each([
    ['a run does not begin when the sink fails', fails, /no space left/],
    ['a run does not begin when the sink hangs', hangs, /did not answer within 200 ms/],
  ])('%s', async (_, refuses, problem) => {
    const { sink } = sinkOf(refuses);
    const graph = checkpointed(sink);
    await expect(graph.invoke({ input: { text: 'a b' } }, config)).rejects.toThrow(problem);
    const { values, next } = await graph.getState(config);
    expect({ run: values.run ?? null, next }).toEqual({ run: null, next: ['plan'] });
  });

  test.each([
    ['gate-verdict', fails, ['plan']],
    ['gate-verdict', hangs, ['plan']],
    ['phase-left', fails, ['plan']],
    ['run-ended', fails, ['write']],
  ] as const)(
    'a transition whose %s cannot be stored is not made, and is made once it can',
    async (kind, refuses, stands) => {
      let isMended = false;
      const { sink, lines } = sinkOf(async (event) => {
        if (!isMended && event.kind === kind) await refuses();
      });
      const graph = checkpointed(sink);
      const approve = new Command({ resume: { decision: 'approve' } });
      const drive = async (): Promise<unknown> => {
        const { next } = await graph.getState(config);
        if (next.length === 0) await graph.invoke({ input: { text: 'a b' } }, config);
        return graph.invoke(approve, config);
      };
      await expect(drive()).rejects.toThrow(/no space left|did not answer/);
      expect((await graph.getState(config)).tasks.map(({ name }) => name)).toEqual(stands);
      isMended = true;
      const waits = (await graph.invoke(null, config)).run?.status;
      if (stands[0] === 'plan') await graph.invoke(approve, config);
      expect(waits).toBeDefined();
      const { values } = await graph.getState(config);
      expect(values.run?.status).toBe('completed');
      expect(new Set(lines()).size).toBe(lines().length);
      expect(lines()).toHaveLength(9);
    },
  );
});

describe('a run that is stopped', () => {
  /** One phase, whose agent works on until it is let go. */
  function slow(variant: 'passes' | 'fails') {
    let begin: () => void = () => undefined;
    let release: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    const agent = defineAgent({
      id: 'slow',
      input: Brief,
      artifact: Letter,
      reads: {},
      simulated: async () => {
        begin();
        await released;
        return { body: 'late' };
      },
    });
    const gate = defineGate({
      checks: [
        defineCheck({
          id: 'letter.wanted',
          reads: z.object({ input: Brief }),
          message: 'Not wanted.',
          remedy: 'Want it.',
          evaluate: () => variant === 'passes',
        }),
      ],
    });
    return {
      begun,
      release: () => release(),
      workflow: defineWorkflow({
        id: 'slow-letters',
        input: Brief,
        phases: [definePhase({ id: 'write', agent, maxAttempts: 2 })],
        transitions: [{ from: 'write', to: 'completed', gate }],
      }),
    };
  }

  test.each([
    ['passes', 'completed', 'run-ended success slow-letters'],
    ['fails', 'blocked', 'run-ended deny slow-letters'],
  ] as const)(
    'in its last phase has not ended, whatever its agent still gives (the gate %s)',
    async (variant, status, ended) => {
      const { begun, release, workflow: slowLetters } = slow(variant);
      const { sink, events, lines } = sinkOf();
      const graph = compileWorkflow(slowLetters, {
        checkpointer: new MemorySaver(),
        identify: () => kim,
        audit: sink,
      });
      const stop = new AbortController();
      const running = graph.invoke({ input: { text: 'a' } }, { ...config, signal: stop.signal });
      await begun;
      stop.abort(new Error('stopped by its caller'));
      await expect(running).rejects.toThrow(/abort|stopped/i);
      release();
      await vi.waitFor(() => expect(lines()).toContain('phase-left failure write'), 30_000);
      expect(lines().filter((line) => line.startsWith('run-ended'))).toEqual([]);
      expect(events.at(-1)?.facts).toEqual({ code: 'ABORTED' });

      const end = await graph.invoke(null, config);
      expect(end.run?.status).toBe(status);
      expect(lines().filter((line) => line.startsWith('run-ended'))).toEqual([ended]);
    },
  );
});
