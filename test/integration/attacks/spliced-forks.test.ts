import { MemorySaver } from '@langchain/langgraph';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { defineCheck, defineGate, reviseOn } from '../../../src/validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
  driveRun,
} from '../../../src/workflow/index.ts';

const Topic = z.strictObject({ topic: z.string() });
const Draft = z.strictObject({ body: z.string() });
const Note = z.strictObject({ seen: z.string() });

/** A draft is made, judged, looked over and published; what the draft says can be changed between runs. */
function openPress() {
  const press = { body: 'FORBIDDEN', published: [] as string[] };
  const intake = defineAgent({
    id: 'intake',
    input: Topic,
    artifact: Note,
    reads: {},
    simulated: ({ input }) => ({ seen: input.topic }),
  });
  const draft = defineAgent({
    id: 'draft',
    input: Topic,
    artifact: Draft,
    reads: { intake: Note },
    simulated: () => ({ body: press.body }),
  });
  const review = defineAgent({
    id: 'review',
    input: Topic,
    artifact: Note,
    reads: { draft: Draft },
    simulated: ({ artifacts }) => ({ seen: artifacts.draft.body }),
  });
  const publish = defineAgent({
    id: 'publish',
    input: Topic,
    artifact: Note,
    reads: { draft: Draft },
    simulated: ({ artifacts }) => {
      press.published.push(artifacts.draft.body);
      return { seen: artifacts.draft.body };
    },
  });
  const decent = defineCheck({
    id: 'draft.decent',
    reads: z.object({ artifacts: z.object({ draft: Draft }) }),
    message: 'The draft is not decent.',
    remedy: 'Write another.',
    evaluate: ({ artifacts }) => artifacts.draft.body !== 'FORBIDDEN',
  });
  const any = defineCheck({
    id: 'any.artifact',
    reads: z.object({ artifacts: z.record(z.string(), z.unknown()) }),
    message: 'Nothing is there.',
    remedy: 'Begin.',
    evaluate: ({ artifacts }) => Object.keys(artifacts).length > 0,
  });
  const gate = defineGate({ checks: [any] });
  const workflow = defineWorkflow({
    id: 'press',
    input: Topic,
    phases: [
      definePhase({ id: 'intake', agent: intake }),
      definePhase({ id: 'draft', agent: draft, maxAttempts: 2 }),
      definePhase({ id: 'review', agent: review }),
      definePhase({ id: 'publish', agent: publish }),
    ],
    transitions: [
      { from: 'intake', to: 'draft', gate },
      { from: 'draft', to: 'review', gate: defineGate({ checks: [reviseOn(decent, 'draft')] }) },
      { from: 'review', to: 'publish', gate },
      { from: 'publish', to: 'completed', gate },
    ],
  });
  const graph = compileWorkflow(workflow, { checkpointer: new MemorySaver() });
  const drive = (thread: string) =>
    driveRun(graph, {
      workflow,
      thread,
      message: { kind: 'start', input: { topic: 'news' } },
    });
  return { press, workflow, graph, drive };
}

const config = { configurable: { thread_id: 'news' } };

function there<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The state looked for is not in the history.');
  return value;
}

/** The states of a thread, newest first, by the phase that had ended. */
async function statesOf(graph: ReturnType<typeof openPress>['graph'], phase: string) {
  const found = [];
  for await (const state of graph.getStateHistory(config)) {
    if (state.values.run?.phase === phase) found.push(state);
  }
  return found;
}

test('records of a good fork do not carry a draft past the gate that refused it', async () => {
  const { press, graph, drive } = openPress();
  expect(await drive('news')).toMatchObject({ status: 'blocked' });
  const refused = there((await statesOf(graph, 'draft')).at(-1));
  const begun = there((await statesOf(graph, 'intake')).at(-1));
  press.body = 'GOOD';
  await graph.invoke(null, await graph.updateState(begun.config, null, '__copy__'));
  expect(press.published).toEqual(['GOOD']);
  const { values } = there((await statesOf(graph, 'review')).at(0));

  const splice = graph.updateState(
    refused.config,
    {
      run: values.run,
      history: [values.history.at(-1)],
      artifacts: [values.artifacts['review']],
    },
    'review',
  );
  await expect(splice).rejects.toMatchObject({ code: 'WORKFLOW_UNSEALED_WRITE' });
  // Without the record that the channel refuses, the run's own seal gives the splice away.
  const half = await graph
    .updateState(refused.config, { run: values.run }, 'review')
    .catch(() => undefined);
  if (half !== undefined) await graph.invoke(null, half).catch(() => undefined);
  expect(press.published).toEqual(['GOOD']);
});

test('a completed run that is copied to another thread is not completed there', async () => {
  const { press, workflow, graph, drive } = openPress();
  press.body = 'GOOD';
  await drive('news');
  const { run, history, artifacts } = (await graph.getState(config)).values;
  const copy = { configurable: { thread_id: 'copy' } };
  await graph
    .updateState(copy, { run, history, artifacts: Object.values(artifacts) }, 'publish')
    .catch(() => undefined);
  await expect(
    driveRun(graph, { workflow, thread: 'copy', message: { kind: 'continue' } }),
  ).rejects.toMatchObject({ code: 'WORKFLOW_UNREADABLE_STATE' });
  expect(press.published).toEqual(['GOOD']);
});
