import { Annotation, END, MemorySaver, START, StateGraph } from '@langchain/langgraph';
import { z } from 'zod';

import { defineCheck, defineGate, reviseOn } from '../../src/validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
} from '../../src/workflow/index.ts';
import { medianOf } from '../measure/alternate.ts';
import type { Line } from '../report/line.ts';

const STEPS = 1_000;
const EARLY = 10;
const WARM_UP_STEPS = 100;
/** So many steps around the one that is told of are taken together. */
const WINDOW = 20;
const ROUNDS = 3;

const Brief = z.object({ text: z.string() });
const Draft = z.object({ attempt: z.number(), text: z.string() });
const TEXT = 'A draft that is written again and again until its gate lets it through. '.repeat(10);
const CONFIG = { configurable: { thread_id: 'one' }, recursionLimit: STEPS * 3 };

/** Measures the time of a step in a run that revises one phase 1,000 times, against the same loop on bare LangGraph. */
export async function growthLines(): Promise<readonly Line[]> {
  await bareLoop(WARM_UP_STEPS);
  await gatedLoop(WARM_UP_STEPS);
  const bare: (readonly number[])[] = [];
  const gated: (readonly number[])[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(stepTimes(await bareLoop(STEPS)));
    gated.push(stepTimes(await gatedLoop(STEPS)));
  }
  const early = { gated: around(gated, EARLY), bare: around(bare, EARLY) };
  const late = { gated: around(gated, STEPS), bare: around(bare, STEPS) };
  const growth = { gated: late.gated / early.gated, bare: late.bare / early.bare };
  const line = (measure: string, { gated: ours, bare: theirs }: typeof early): Line => ({
    title: `One phase that revises itself ${STEPS} times; MemorySaver`,
    measure: `${measure} (median of ${WINDOW} steps around it, ${ROUNDS} runs)`,
    gated: ours,
    bare: theirs,
    ratio: ours / theirs,
    goal: undefined,
    inTheWay: '',
  });
  return [
    line(`step ${EARLY}, ms`, early),
    line(`step ${STEPS}, ms`, late),
    line(`step ${STEPS} against step ${EARLY}, times`, growth),
  ];
}

/** Instants at which the agent was called, in milliseconds. */
type Calls = readonly number[];

async function gatedLoop(steps: number): Promise<Calls> {
  const calls: number[] = [];
  const agent = defineAgent({
    id: 'drafter',
    input: Brief,
    artifact: Draft,
    reads: {},
    simulated: ({ attempt }) => draft(calls, attempt),
  });
  const finished = defineCheck({
    id: 'draft.finished',
    reads: z.object({ artifacts: z.object({ draft: Draft }) }),
    message: 'The draft is not finished.',
    remedy: 'Write it again.',
    evaluate: ({ artifacts }) => artifacts.draft.attempt > steps,
  });
  const gate = defineGate({ checks: [reviseOn(finished, 'draft')] });
  const workflow = defineWorkflow({
    id: 'growth',
    input: Brief,
    phases: [definePhase({ id: 'draft', agent, maxAttempts: steps + 1 })],
    transitions: [{ from: 'draft', to: 'completed', gate }],
  });
  const graph = compileWorkflow(workflow, { checkpointer: new MemorySaver() });
  const { run } = await graph.invoke({ input: { text: 'short' } }, CONFIG);
  if (run?.status !== 'completed') throw new Error('the gated loop did not complete');
  return calls;
}

async function bareLoop(steps: number): Promise<Calls> {
  const calls: number[] = [];
  const State = Annotation.Root({
    input: Annotation<z.infer<typeof Brief>>(),
    draft: Annotation<z.infer<typeof Draft>>(),
  });
  const graph = new StateGraph(State)
    .addNode('write', (state) => {
      return { draft: Draft.parse(draft(calls, (state.draft?.attempt ?? 0) + 1)) };
    })
    .addEdge(START, 'write')
    .addConditionalEdges('write', (state) => (state.draft.attempt > steps ? END : 'write'), [
      'write',
      END,
    ])
    .compile({ checkpointer: new MemorySaver() });
  await graph.invoke({ input: { text: 'short' } }, CONFIG);
  return calls;
}

function draft(calls: number[], attempt: number): z.infer<typeof Draft> {
  calls.push(performance.now());
  return { attempt, text: TEXT };
}

function stepTimes(calls: Calls): readonly number[] {
  return calls.slice(1).map((at, index) => at - (calls[index] ?? at));
}

/** The median of the steps around the one counted from 1, in all rounds. */
function around(rounds: readonly (readonly number[])[], step: number): number {
  const near = rounds.flatMap((times) => {
    const end = Math.min(times.length, step + WINDOW / 2);
    return times.slice(end - WINDOW, end);
  });
  return medianOf(near);
}
