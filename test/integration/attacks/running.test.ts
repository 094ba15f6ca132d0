import { setTimeout as delay } from 'node:timers/promises';

import {
  Annotation,
  Command,
  END,
  interrupt,
  MemorySaver,
  Send,
  START,
  StateGraph,
} from '@langchain/langgraph';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { defineCheck, defineGate } from '../../../src/validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
  type AgentContext,
} from '../../../src/workflow/index.ts';
import { approve, bring, failureOf, finish, throughTheDoor, valuesOf } from './entrances.ts';
import { openLab, SAVERS, sqlite } from './fixture.ts';

const Text = z.strictObject({ text: z.string() });
const thread = { configurable: { thread_id: 't' } };

/** One phase whose agent does what the test says, then a guarded end. */
function onePhase(
  work: (text: string, context: AgentContext) => unknown,
  saver = new MemorySaver(),
) {
  const agent = defineAgent({
    id: 'work',
    input: Text,
    artifact: Text,
    reads: {},
    simulated: async ({ input }, context) => (await work(input.text, context)) as { text: string },
  });
  const done = defineCheck({
    id: 'work.done',
    reads: z.object({ artifacts: z.object({ work: Text }) }),
    message: 'Nothing.',
    remedy: 'Work.',
    evaluate: ({ artifacts }) => artifacts.work.text !== '',
  });
  const workflow = defineWorkflow({
    id: 'one-phase',
    input: Text,
    phases: [definePhase({ id: 'work', agent })],
    transitions: [{ from: 'work', to: 'completed', gate: defineGate({ checks: [done] }) }],
  });
  return compileWorkflow(workflow, { checkpointer: saver });
}

const Parts = Annotation.Root({
  words: Annotation<readonly string[]>(),
  made: Annotation<readonly string[]>({
    reducer: (one, other) => [...one, ...other],
    default: () => [],
  }),
});

/** A plain graph that works on every word in a branch of its own. */
function branches(work: (word: string) => string) {
  return new StateGraph(Parts)
    .addNode('split', () => ({}))
    .addNode('each', (state: { word: string }) => ({ made: [work(state.word)] }))
    .addEdge(START, 'split')
    .addConditionalEdges('split', ({ words }) => words.map((word) => new Send('each', { word })))
    .addEdge('each', END);
}

describe('a graph inside a phase', () => {
  test('runs parallel branches', async () => {
    const inner = branches((word) => word.toUpperCase()).compile();
    const graph = onePhase(async (text, { config }) => {
      const { made } = await inner.invoke({ words: text.split(' ') }, config);
      return { text: made.toSorted().join(' ') };
    });
    const end = await graph.invoke({ input: { text: 'a b c' } }, thread);
    expect(end.artifacts.work?.value.text).toBe('A B C');
    expect(end.run?.status).toBe('completed');
  });

  test('waits for a person by an interrupt of its own, and is given the answer as it was sent', async () => {
    const asking = new StateGraph(Parts)
      .addNode('ask', () => ({ made: [String(interrupt('Who?'))] }))
      .addEdge(START, 'ask')
      .addEdge('ask', END)
      .compile();
    const graph = onePhase(async (_text, { config }) => {
      const { made } = await asking.invoke({ words: [] }, config);
      return { text: made.join(' ') };
    });
    await graph.invoke({ input: { text: 'a' } }, thread);
    const state = await graph.getState(thread, { subgraphs: true });
    expect(state.tasks[0]?.interrupts[0]?.value).toBe('Who?');
    const end = await graph.invoke(new Command({ resume: 'Ada' }), thread);
    expect(end.artifacts.work?.value.text).toBe('Ada');
    expect(end.run?.status).toBe('completed');
  });

  test('answers interrupts of parallel branches by their ids', async () => {
    const inner = branches((word) => `${word}=${String(interrupt(word))}`).compile();
    const graph = onePhase(async (text, { config }) => {
      const { made } = await inner.invoke({ words: text.split(' ') }, config);
      return { text: made.toSorted().join(' ') };
    });
    await graph.invoke({ input: { text: 'a b' } }, thread);
    const { tasks } = await graph.getState(thread);
    const ids = tasks.flatMap(({ interrupts }) => interrupts);
    const resume = Object.fromEntries(ids.map(({ id, value }) => [id ?? '', `${String(value)}!`]));
    expect(ids).toHaveLength(2);
    const end = await graph.invoke(new Command({ resume }), thread);
    expect(end.artifacts.work?.value.text).toBe('a=a! b=b!');
  });

  test('does not steer the workflow by a Command to its parent', async () => {
    const jumping = new StateGraph(Parts)
      .addNode(
        'jump',
        () => new Command({ graph: Command.PARENT, goto: 'completed', update: { run: null } }),
        { ends: [] },
      )
      .addEdge(START, 'jump')
      .compile();
    const graph = onePhase(async (text, { config }) => {
      await jumping.invoke({ words: [text] }, config);
      return { text };
    });
    await failureOf(graph.invoke({ input: { text: 'a' } }, thread));
    const { values } = await graph.getState(thread);
    expect(values.run?.status).not.toBe('completed');
    expect(values.artifacts.work).toBeUndefined();
  });
});

describe('a workflow as a node of another graph', () => {
  const Outer = Annotation.Root({
    input: Annotation<{ text: string }>(),
    end: Annotation<string>(),
  });

  test('asks its person through the outer graph and goes on with the answer', async () => {
    const lab = openLab();
    const outer = new StateGraph(Outer)
      .addNode('letters', async ({ input }, config) => {
        const { run } = await lab.graph.invoke({ input }, config);
        return { end: run?.status ?? '' };
      })
      .addEdge(START, 'letters')
      .addEdge('letters', END)
      .compile({ checkpointer: new MemorySaver() });
    await outer.invoke({ input: { text: 'a b' } }, thread);
    const waiting = await outer.getState(thread);
    expect(waiting.tasks[0]?.interrupts).toHaveLength(1);
    expect(lab.reached.write).toBe(0);
    const end = await outer.invoke(approve() as never, thread);
    expect(end.end).toBe('completed');
    expect(lab.reached.write).toBe(1);
  });
});

describe('an agent', () => {
  test.each(SAVERS)('that throws works on the next try, with the %s saver', async (_name, open) => {
    const lab = openLab({ saver: open() });
    await bring(lab, 'running');
    expect(lab.reached.plan).toBe(0);
    expect((await finish(lab, 'running')).run?.status).toBe('completed');
    expect(lab.reached).toEqual({ notes: 0, plan: 1, confirm: 1, write: 1 });
  });

  test('that is aborted works on the next try', async () => {
    const lab = openLab({ saver: sqlite() });
    const abort = new AbortController();
    lab.next.plan = async (signal) => {
      abort.abort(new Error('enough'));
      await delay(10_000, undefined, { signal });
    };
    const call = lab.graph.invoke(
      { input: { text: 'a b' } },
      { ...lab.config, signal: abort.signal },
    );
    expect(await failureOf(call)).toBeDefined();
    await throughTheDoor(lab, null);
    expect((await finish(lab, 'waiting')).run?.status).toBe('completed');
  });

  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  test.each([
    ['a Date', new Date(0)],
    ['undefined', undefined],
    ['null', null],
    ['NaN', { text: Number.NaN }],
    ['a cycle', { text: cyclic }],
    ['half a character', { text: '\uD800' }],
    [
      'a class instance',
      new (class Hidden {
        text = 'a';
      })(),
    ],
    ['what a serializer would revive', { lc: 1, type: 'constructor', id: ['x'], text: 'a' }],
    ['a prototype key', JSON.parse('{"text":"a","__proto__":{"admin":true}}')],
    ['a Command', new Command({ goto: 'completed' })],
    ['a function', () => 'text'],
  ])('that gives %s is refused, and works on the next try', async (_name, given) => {
    let broken = true;
    const graph = onePhase((text) => {
      const first = broken;
      broken = false;
      return first ? given : { text };
    });
    const failure = await failureOf(graph.invoke({ input: { text: 'a' } }, thread));
    const { values } = await graph.getState(thread);
    // A class instance that fits the schema is taken for what the schema reads in it.
    if (failure === undefined) expect(values.artifacts.work.value).toEqual({ text: 'a' });
    else expect(failure.code).toMatch(/^(WORKFLOW_INVALID_ARTIFACT|KERNEL_NOT_JSON)$/);
    const end = failure === undefined ? values : await graph.invoke(null, thread);
    expect(end.run?.status).toBe('completed');
  });

  test('that gives 5 MB is kept whole', async () => {
    const graph = onePhase(() => ({ text: 'x'.repeat(5_000_000) }));
    const end = await graph.invoke({ input: { text: 'a' } }, thread);
    expect(end.artifacts.work?.value.text).toHaveLength(5_000_000);
  });
});

test('readers get frozen values, from the run and from the store', async () => {
  for (const [, open] of SAVERS) {
    const lab = openLab({ saver: open() });
    await bring(lab, 'completed');
    const values = await valuesOf(lab);
    const seen: unknown[] = [values.run, values.artifacts, values.history, values.approvals];
    for (const part of seen) {
      expect(Object.isFrozen(part)).toBe(true);
      if (typeof part === 'object' && part !== null)
        seen.push(...Object.values(part).filter(isObject));
    }
  }
});

test.each(['values', 'updates', 'messages', 'custom', 'debug', 'checkpoints', 'tasks'] as const)(
  'streams in mode "%s"',
  async (streamMode) => {
    const lab = openLab();
    const chunks = [];
    const stream = await lab.graph.stream(
      { input: { text: 'a b' } },
      { ...lab.config, streamMode },
    );
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.length > 0).toBe(streamMode !== 'messages');
    expect((await finish(lab, 'waiting')).run?.status).toBe('completed');
  },
);

test('streams events', async () => {
  const lab = openLab();
  const names = [];
  const events = lab.graph.streamEvents(
    { input: { text: 'a b' } },
    { ...lab.config, version: 'v2' },
  );
  for await (const { event, name } of events) names.push(`${event} ${name}`);
  expect(names).toContain('on_chain_end plan');
});

test('a recursion limit stops a run where it can go on', async () => {
  const lab = openLab();
  const config = { ...lab.config, recursionLimit: 1 };
  expect(await failureOf(throughTheDoor(lab, { input: { text: 'a b' } }, config))).toBeDefined();
  await throughTheDoor(lab, null);
  expect((await finish(lab, 'waiting')).run?.status).toBe('completed');
});

test('two calls at once on one thread pass no gate by it', async () => {
  const lab = openLab({ saver: sqlite() });
  await bring(lab, 'waiting');
  const answers = [approve(), new Command({ resume: { decision: 'reject' } })];
  await Promise.allSettled(answers.map(async (answer) => throughTheDoor(lab, answer)));
  const { approvals } = await valuesOf(lab);
  expect(lab.reached.write).toBeLessThanOrEqual(1);
  expect(approvals.length).toBeLessThanOrEqual(1);
});

test('a graph bound to a thread has its door there too', async () => {
  const lab = openLab();
  await bring(lab, 'waiting');
  const bound = lab.graph.withConfig(lab.config);
  const failure = await failureOf(bound.invoke({ input: { text: 'x' } }));
  expect(failure?.code).toBe('WORKFLOW_RUN_IN_PROGRESS');
  await bound.invoke(approve());
  expect((await valuesOf(lab)).run?.status).toBe('completed');
});

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
