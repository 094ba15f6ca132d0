import { MemorySaver } from '@langchain/langgraph';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { defineCheck, defineGate } from '../../validation/index.ts';
import { defineAgent } from '../agent.ts';
import { compileWorkflow } from '../compile.ts';
import { definePhase } from '../definition/phase.ts';
import { defineWorkflow } from '../definition/workflow.ts';
import { driveRun } from './drive-run.ts';

const Input = z.object({ n: z.number() });
const Count = z.object({ n: z.number() });

/** A store that takes the input and then hangs until its time is up, as a server does that is gone. */
class GoneSaver extends MemorySaver {
  #puts = 0;
  override async put(...args: Parameters<MemorySaver['put']>): ReturnType<MemorySaver['put']> {
    this.#puts++;
    if (this.#puts < 3) return await super.put(...args);
    await new Promise((resolve) => void setTimeout(resolve, 200));
    throw new Error('the store is gone');
  }
}

/** Four phases that do nothing but tell that they ran. */
function fourPhases() {
  const ran: string[] = [];
  const agent = (id: string): ReturnType<typeof defineAgent> =>
    defineAgent({
      id,
      input: Input,
      artifact: Count,
      reads: {},
      simulated: ({ input }) => {
        ran.push(id);
        return { n: input.n };
      },
    }) as ReturnType<typeof defineAgent>;
  const always = defineGate({
    checks: [
      defineCheck({
        id: 'any.input',
        reads: z.object({ input: Input }),
        message: 'No.',
        remedy: 'None.',
        evaluate: () => true,
      }),
    ],
  });
  const phases = ['one', 'two', 'three', 'four'];
  const workflow = defineWorkflow({
    id: 'durable',
    input: Input,
    phases: phases.map((id) => definePhase({ id, agent: agent(id) })),
    transitions: phases.map((from, index) => ({
      from,
      to: phases[index + 1] ?? 'completed',
      gate: always,
    })),
  } as never);
  return { ran, phases, workflow };
}

test('begins no phase before the one before it is stored', async () => {
  const { ran, phases, workflow } = fourPhases();
  const graph = compileWorkflow(workflow, { checkpointer: new GoneSaver() });
  const message = { kind: 'start', input: { n: 1 } } as const;
  await expect(driveRun(graph, { workflow, thread: 't', message })).rejects.toThrow(
    'the store is gone',
  );
  expect(ran.length).toBeLessThan(phases.length);
});

const input = { input: { n: 1 } };
const configurable = { thread_id: 't' };

test.each(['invoke', 'stream', 'bound'] as const)(
  'nor does a graph that a caller calls itself (%s), who chose nothing',
  async (way) => {
    const { ran, phases, workflow } = fourPhases();
    const graph = compileWorkflow(workflow, { checkpointer: new GoneSaver() });
    const called = async (): Promise<void> => {
      if (way === 'invoke') await graph.invoke(input, { configurable });
      else if (way === 'bound') await graph.withConfig({ configurable }).invoke(input);
      else for await (const _ of await graph.stream(input, { configurable }));
    };
    await expect(called()).rejects.toThrow('the store is gone');
    expect(ran.length).toBeLessThan(phases.length);
  },
);

test('what a caller chose stays as it is', async () => {
  const { ran, phases, workflow } = fourPhases();
  const graph = compileWorkflow(workflow, { checkpointer: new GoneSaver() });
  const called = graph.invoke(input, { configurable, durability: 'async' });
  await expect(called).rejects.toThrow('the store is gone');
  expect(ran).toEqual(phases);
});
