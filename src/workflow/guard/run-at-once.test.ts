import { setTimeout as delay } from 'node:timers/promises';

import { getConfig, MemorySaver } from '@langchain/langgraph';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { ArtifactRecord, PhaseRecord, RunRecord } from '../../state/index.ts';
import { defineCheck, defineGate } from '../../validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
  type AgentContext,
} from '../index.ts';

const Text = z.strictObject({ text: z.string() });
const Values = z.object({
  run: RunRecord.nullable(),
  history: z.array(PhaseRecord),
  artifacts: z.record(z.string(), ArtifactRecord),
});
const CONFIG = { configurable: { thread_id: 'one' } };

/** Two phases, the second of which does what a test wants. */
function compiled(second: (context: AgentContext) => Promise<string> | string) {
  const whole = (phase: string) =>
    defineGate({
      checks: [
        defineCheck({
          id: `${phase}.whole`,
          reads: z.object({ artifacts: z.object({ [phase]: Text }) }),
          message: 'It is empty.',
          remedy: 'Fill it.',
          evaluate: ({ artifacts }) => artifacts[phase]?.text !== '',
        }),
      ],
    });
  const agent = (id: string, text: (context: AgentContext) => Promise<string> | string) =>
    defineAgent({
      id,
      input: Text,
      artifact: Text,
      reads: {},
      simulated: async (_, context) => ({ text: await text(context) }),
    });
  const workflow = defineWorkflow({
    id: 'two-texts',
    input: Text,
    phases: [
      definePhase({ id: 'first', agent: agent('first', () => 'one') }),
      definePhase({ id: 'second', agent: agent('second', second) }),
    ],
    transitions: [
      { from: 'first', to: 'second', gate: whole('first') },
      { from: 'second', to: 'completed', gate: whole('second') },
    ],
  });
  return compileWorkflow(workflow, { checkpointer: new MemorySaver() });
}

/** What a run left behind, without what is another in each run. */
async function storyOf(graph: ReturnType<typeof compiled>): Promise<unknown> {
  const steps = [];
  for await (const { next, values, metadata } of graph.getStateHistory(CONFIG)) {
    const { run, history, artifacts } = Values.parse(values);
    steps.push({
      next,
      step: metadata?.step,
      run: [run?.status, run?.seq, run?.phase],
      visits: history.map(({ phase, verdict }) => [phase, verdict?.outcome, verdict?.checks]),
      artifacts: Object.entries(artifacts).map(([phase, made]) => [phase, made.value, made.digest]),
    });
  }
  return steps;
}

test('a run that callbacks listen to leaves the same steps as one that none do', async () => {
  const [quiet, heard] = [compiled(() => 'two'), compiled(() => 'two')];
  const names: (string | undefined)[] = [];
  const listener = {
    handleChainStart: (...[, , , , , , , name]: readonly unknown[]) => {
      names.push(typeof name === 'string' ? name : undefined);
    },
  };
  await quiet.invoke({ input: { text: 'a' } }, CONFIG);
  await heard.invoke({ input: { text: 'a' } }, { ...CONFIG, callbacks: [listener] });
  expect(await storyOf(quiet)).toEqual(await storyOf(heard));
  expect(names).toEqual(expect.arrayContaining(['first', 'second']));
});

test('an agent finds the config of its own step by itself, listened to or not', async () => {
  const found: unknown[] = [];
  const graph = compiled(({ config }) => {
    found.push(
      getConfig().configurable?.['checkpoint_ns'] === config.configurable?.['checkpoint_ns'],
    );
    found.push(config.runName, config.runId);
    return 'two';
  });
  await graph.invoke({ input: { text: 'a' } }, CONFIG);
  const config = {
    configurable: { thread_id: 'two' },
    callbacks: [{ handleChainStart: () => {} }],
  };
  await graph.invoke({ input: { text: 'a' } }, config);
  expect(found).toEqual([true, undefined, undefined, true, undefined, undefined]);
});

test('what an agent makes after the caller has gone is not written', async () => {
  const stop = new AbortController();
  const graph = compiled(async () => {
    stop.abort();
    await delay(20);
    return 'two';
  });
  await expect(
    graph.invoke({ input: { text: 'a' } }, { ...CONFIG, signal: stop.signal }),
  ).rejects.toThrow('aborted');
  await delay(60);
  const { values, next } = await graph.getState(CONFIG);
  expect(Object.keys(values.artifacts)).toEqual(['input', 'first']);
  expect(next).toEqual(['second']);
});

test('a state that somebody else writes goes through the channels and the edge of LangGraph', async () => {
  const graph = compiled(() => 'two');
  await graph.invoke({ input: { text: 'a' } }, { ...CONFIG, interruptBefore: ['second'] });
  const { values } = await graph.getState(CONFIG);
  // The same records again, of which the channels have seen all: nothing changes, and the edge leads where the run stands.
  await graph.updateState(CONFIG, { history: [] }, 'first');
  const after = await graph.getState(CONFIG);
  expect(after.values.history).toEqual(values.history);
  expect(after.next).toEqual(['second']);
});
