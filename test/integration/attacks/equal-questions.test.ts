import {
  Annotation,
  Command,
  END,
  MemorySaver,
  START,
  StateGraph,
  type BaseCheckpointSaver,
} from '@langchain/langgraph';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { defineCheck, defineGate } from '../../../src/validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
} from '../../../src/workflow/index.ts';
import { approve, pastDoorOf, reject } from './entrances.ts';
import { SAVERS, SEAL_KEY, threadOf } from './fixture.ts';

const Input = z.strictObject({ amount: z.number() });
const Said = z.strictObject({ said: z.array(z.string()) });
const REQUEST = {
  action: 'pay',
  description: 'Three persons must agree.',
  subject: { amount: 5 },
  schema: Input,
};

/** Asks the same question so many times in one visit. */
function asking(times: number) {
  return defineAgent({
    id: 'asking',
    input: Input,
    artifact: Said,
    reads: {},
    simulated: (_task, { decide }) => ({
      said: Array.from({ length: times }, () => decide(REQUEST).kind),
    }),
  });
}

const asked = defineCheck({
  id: 'pay.asked',
  reads: z.object({ artifacts: z.object({ pay: Said }) }),
  message: 'Nobody was asked.',
  remedy: 'Ask.',
  evaluate: ({ artifacts }) => artifacts.pay.said.length === 2,
});

const payment = defineWorkflow({
  id: 'payment',
  version: 1,
  input: Input,
  phases: [
    definePhase({ id: 'pay', agent: asking(2) }),
    definePhase({ id: 'book', agent: asking(1) }),
  ],
  transitions: [
    { from: 'pay', to: 'book', gate: defineGate({ checks: [asked] }) },
    { from: 'book', to: 'completed', gate: defineGate({ checks: [asked] }) },
  ],
});

const INPUT = { input: { amount: 5 } };
const config = threadOf('thread');

const State = Annotation.Root({
  input: Annotation<{ amount: number }>(),
  said: Annotation<readonly string[]>(),
});

/** The workflow by itself, and as a node of another graph. */
function alone(checkpointer: BaseCheckpointSaver, thread = config) {
  const graph = compilePayment(checkpointer);
  return async (input: unknown) => saidIn(await graph.invoke(input as never, thread));
}

function inside(checkpointer: BaseCheckpointSaver) {
  const inner = compileWorkflow(payment, { sealKey: SEAL_KEY });
  const outer = new StateGraph(State)
    .addNode('payment', async ({ input }, given) => ({
      said: saidIn(await inner.invoke({ input }, given)),
    }))
    .addEdge(START, 'payment')
    .addEdge('payment', END)
    .compile({ checkpointer });
  return async (input: unknown) => (await outer.invoke(input as never, config)).said ?? [];
}

type Values = Awaited<ReturnType<ReturnType<typeof compilePayment>['invoke']>>;

function compilePayment(checkpointer: BaseCheckpointSaver) {
  return compileWorkflow(payment, { sealKey: SEAL_KEY, checkpointer });
}

/** What everybody said, once the last of them has. */
function saidIn({ artifacts: { pay, book } }: Values): readonly string[] {
  return book === undefined ? [] : [...(pay?.value.said ?? []), ...book.value.said];
}

describe.each(SAVERS)('equal questions, with the %s saver', (_name, openSaver) => {
  test.each([
    ['by itself', alone],
    ['as a node of another graph', inside],
  ])('take an answer each, however often a workflow %s is gone on with', async (_how, open) => {
    const send = open(openSaver());
    expect(await send(INPUT)).toEqual([]);
    for (const answer of [approve(), approve()]) {
      for (const input of [answer, null, null]) expect(await send(input)).toEqual([]);
    }
    expect(await send(reject())).toEqual(['approved', 'approved', 'rejected']);
  });
});

/** The thread's last checkpoint, and the answers that the task which waits there has taken. */
async function waiting(saver: BaseCheckpointSaver, thread = config) {
  const tuple = await saver.getTuple({
    configurable: { ...thread.configurable, checkpoint_ns: '' },
  });
  if (tuple === undefined) throw new Error('Nothing is stored.');
  const { pendingWrites = [] } = tuple;
  const taken = pendingWrites.find(
    ([task, channel]) => channel === '__resume__' && !task.startsWith('00000000'),
  );
  const [task = '', , answers] = taken ?? [];
  return { tuple, task, answers: Array.isArray(answers) ? [...answers] : [] };
}

test('a yes that is copied to the next question in the store does not answer it', async () => {
  const saver = new MemorySaver();
  const send = alone(saver);
  await send(INPUT);
  await send(approve());
  const { tuple, task, answers } = await waiting(saver);
  expect(answers).toMatchObject([{ nth: 0 }]);
  const copied = [...answers, ...answers, ...answers];
  await saver.putWrites(tuple.config, [['__resume__', copied]], task);
  expect(await send(null)).toEqual([]);
  await send(reject());
  expect(await send(approve())).toEqual(['approved', 'rejected', 'approved']);
});

test('a yes to the same question of an earlier task does not answer it, past the door', async () => {
  const saver = new MemorySaver();
  const send = alone(saver);
  await send(INPUT);
  await send(approve());
  const [yes] = (await waiting(saver)).answers;
  await send(approve());
  const end = await pastDoorOf(compilePayment(saver), new Command({ resume: yes }), config);
  expect(end).toMatchObject({ artifacts: { book: { value: { said: ['rejected'] } } } });
});

test('a yes to the same question on the thread that a thread was copied from does not answer it', async () => {
  const saver = new MemorySaver();
  const send = alone(saver);
  await send(INPUT);
  const { tuple } = await waiting(saver);
  const other = threadOf('other');
  const place = { configurable: { ...other.configurable, checkpoint_ns: '' } };
  const at = await saver.put(place, tuple.checkpoint, tuple.metadata ?? ({} as never));
  for (const [task, channel, value] of tuple.pendingWrites ?? [])
    await saver.putWrites(at, [[channel, value]], task);
  await send(approve());
  const [yes] = (await waiting(saver)).answers;
  await pastDoorOf(compilePayment(saver), new Command({ resume: yes }), other);
  const sendOther = alone(saver, other);
  await sendOther(approve());
  expect(await sendOther(approve())).toEqual(['rejected', 'approved', 'approved']);
});

test('a question that an earlier build has put, without a number, takes its answer', async () => {
  const saver = new MemorySaver();
  const send = alone(saver);
  await send(INPUT);
  const { tuple } = await waiting(saver);
  const [task = '', channel = '', value] =
    tuple.pendingWrites?.find(([, name]) => name === '__interrupt__') ?? [];
  const unnumbered: unknown = JSON.parse(JSON.stringify(value).replace('"nth":0,', ''));
  expect(unnumbered).not.toEqual(value);
  await saver.putWrites(tuple.config, [[channel, unnumbered]], task);
  for (const answer of [approve(), approve()]) expect(await send(answer)).toEqual([]);
  expect(await send(approve())).toEqual(['approved', 'approved', 'approved']);
});
