import {
  Annotation,
  Command,
  END,
  interrupt,
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
  type AgentContext,
} from '../../../src/workflow/index.ts';
import { APPROVE } from './entrances.ts';
import { SAVERS, SEAL_KEY, threadOf } from './fixture.ts';

const Input = z.strictObject({ amount: z.number() });
const Said = z.strictObject({ said: z.array(z.string()) });
const said = defineCheck({
  id: 'pay.said',
  reads: z.object({ artifacts: z.object({ pay: Said }) }),
  message: 'Nobody was asked.',
  remedy: 'Ask.',
  evaluate: ({ artifacts }) => artifacts.pay.said.length > 0,
});
const Part = Annotation.Root({ said: Annotation<string>() });

/** LangGraph's own question, by the agent itself or by a graph that it runs. */
const raw = (): string => JSON.stringify(interrupt('Who?'));
const inner = new StateGraph(Part)
  .addNode('ask', () => ({ said: raw() }))
  .addEdge(START, 'ask')
  .addEdge('ask', END)
  .compile();
const inGraph = async ({ config }: AgentContext): Promise<string> =>
  (await inner.invoke({ said: '' }, config)).said;
/** Phasegate's. */
const decided = ({ decide }: AgentContext): string =>
  decide({ action: 'pay', description: 'Pay?', subject: { amount: 5 }, schema: Input }).kind;

/** A decision for a workflow that the agent runs. */
const inWorkflow = async ({ config: given }: AgentContext): Promise<string> => {
  const workflow = compileWorkflow(workflowAsking([decided]), { sealKey: SEAL_KEY });
  const { artifacts } = await workflow.invoke({ input: { amount: 5 } }, given);
  return artifacts.pay?.value.said[0] ?? '';
};

type Ask = (context: AgentContext) => Promise<string> | string;
const ORDERS: readonly (readonly [string, readonly Ask[]])[] = [
  ['one of its own, then a decision', [raw, decided]],
  ['a decision, then one of its own', [decided, raw]],
  ['one of its own before and after a decision', [raw, decided, raw]],
  ['a decision before and after one of its own', [decided, raw, decided]],
  ['one in a graph that it runs, then a decision', [inGraph, decided]],
  ['a decision, then one in a graph that it runs', [decided, inGraph]],
  ['a decision in a workflow that it runs, then one of its own', [inWorkflow, raw]],
  ['a decision in a workflow that it runs, then another', [inWorkflow, decided]],
];

function workflowAsking(asks: readonly Ask[]) {
  const agent = defineAgent({
    id: 'mixed',
    input: Input,
    artifact: Said,
    reads: {},
    simulated: async (_task, context) => {
      const answers: string[] = [];
      // oxlint-disable-next-line no-await-in-loop -- one after the other, as persons are asked
      for (const ask of asks) answers.push(await ask(context));
      return { said: answers };
    },
  });
  return defineWorkflow({
    id: 'mixed',
    version: 1,
    input: Input,
    phases: [definePhase({ id: 'pay', agent })],
    transitions: [{ from: 'pay', to: 'completed', gate: defineGate({ checks: [said] }) }],
  });
}

function isDecision(ask: Ask): boolean {
  return ask === decided || ask === inWorkflow;
}

const config = threadOf('t');
const Outer = Annotation.Root({
  input: Annotation<{ amount: number }>(),
  said: Annotation<readonly string[]>(),
});

/** The workflow by itself, and as a node of another graph. */
function alone(asks: readonly Ask[], checkpointer: BaseCheckpointSaver) {
  const graph = compileWorkflow(workflowAsking(asks), { sealKey: SEAL_KEY, checkpointer });
  return {
    graph,
    send: async (input: unknown) =>
      (await graph.invoke(input as never, config)).artifacts?.pay?.value.said,
  };
}

function inside(asks: readonly Ask[], checkpointer: BaseCheckpointSaver) {
  const workflow = compileWorkflow(workflowAsking(asks), { sealKey: SEAL_KEY });
  const graph = new StateGraph(Outer)
    .addNode('payment', async ({ input }, given) => ({
      said: (await workflow.invoke({ input }, given)).artifacts.pay?.value.said,
    }))
    .addEdge(START, 'payment')
    .addEdge('payment', END)
    .compile({ checkpointer });
  return {
    graph,
    send: async (input: unknown) => (await graph.invoke(input as never, config)).said,
  };
}

interface Snapshot {
  readonly tasks: readonly { readonly interrupts: readonly { readonly id?: string }[] }[];
}

/** Answers question after question, each as the order asks, and goes on with nothing before each answer. */
async function answerAll(
  asks: readonly Ask[],
  { graph, send }: ReturnType<typeof alone> | ReturnType<typeof inside>,
  { byId, pauses }: { readonly byId: boolean; readonly pauses: number },
): Promise<readonly string[] | undefined> {
  let end = await send({ input: { amount: 5 } });
  for (const [index, ask] of asks.entries()) {
    const answer = isDecision(ask) ? APPROVE : `Ada ${index}`;
    for (let pause = 0; pause < pauses; pause += 1) expect(await send(null)).toBeUndefined();
    const { tasks } = (await graph.getState(config)) as Snapshot;
    const id = tasks[0]?.interrupts[0]?.id ?? '';
    end = await send(new Command({ resume: byId ? { [id]: answer } : answer }));
  }
  return end;
}

describe.each(SAVERS)('with the %s saver', (_name, openSaver) => {
  describe.each([
    ['by itself', alone],
    ['as a node of another graph', inside],
  ])('a workflow %s', (_how, open) => {
    test.each(ORDERS)('whose agent asks %s gives each its own answer', async (_order, asks) => {
      const own = asks.map((ask, index) =>
        isDecision(ask) ? 'approved' : JSON.stringify(`Ada ${index}`),
      );
      for (const byId of [false, true]) {
        for (const pauses of [0, 2])
          expect([
            byId,
            pauses,
            await answerAll(asks, open(asks, openSaver()), { byId, pauses }),
          ]).toEqual([byId, pauses, own]);
      }
    });
  });
});
