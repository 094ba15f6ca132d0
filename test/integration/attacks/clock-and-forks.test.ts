import { MemorySaver } from '@langchain/langgraph';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { fakeClock } from '../../../src/testing/index.ts';
import { defineCheck, defineGate } from '../../../src/validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
} from '../../../src/workflow/index.ts';
import {
  approve,
  bring,
  failureOf,
  finish,
  reject,
  throughTheDoor,
  valuesOf,
} from './entrances.ts';
import { openLab, type Lab } from './fixture.ts';

test('a machine whose clock is behind can run the next run on a thread', async () => {
  const saver = new MemorySaver();
  const ahead = openLab({ saver, clock: fakeClock('2026-01-01T12:00:00.000Z') });
  await bring(ahead, 'completed');
  const behind = openLab({ saver, clock: fakeClock('2026-01-01T11:00:00.000Z') });
  const end = await finish(behind, 'completed');
  expect(end.run?.status).toBe('completed');
  expect(end.run?.startedAt).toBe('2026-01-01T12:00:00.000Z');
});

/** Sends the run on a thread back to its plan, with a comment, from the checkpoint given. */
async function planAgain(lab: Lab, comment: string, from: object): Promise<void> {
  const fork = await lab.graph.updateState(from, {}, 'plan');
  await throughTheDoor(lab, null, fork);
  await throughTheDoor(lab, reject(comment));
}

test('sealed records of two forks cannot be mixed into one story', async () => {
  const lab = openLab();
  await bring(lab, 'waiting');
  const common = (await lab.graph.getState(lab.config)).config;
  await planAgain(lab, 'one', common);
  const one = await valuesOf(lab);
  await planAgain(lab, 'other', common);
  const other = await valuesOf(lab);
  expect(other.artifacts.plan?.attempt).toBe(one.artifacts.plan?.attempt);

  const base = await lab.graph.updateState(common, {}, 'plan');
  const mixed = {
    run: one.run,
    history: one.history.slice(2),
    artifacts: [one.artifacts.confirm, other.artifacts.plan],
  };
  await failureOf(lab.graph.updateState(base, mixed, 'plan'));
  lab.reached.confirm = 0;
  await failureOf(throughTheDoor(lab, null));
  await failureOf(throughTheDoor(lab, approve()));
  expect(lab.reached).toMatchObject({ confirm: 0, write: 0 });
  expect((await valuesOf(lab)).run).toMatchObject({
    status: 'blocked',
    reason: expect.stringContaining('last visit'),
  });
});

const Text = z.strictObject({ text: z.string() });

test('a later no to the same content takes an earlier yes back', async () => {
  const agree = defineAgent({
    id: 'agree',
    input: Text,
    artifact: Text,
    reads: {},
    simulated: ({ input }, { decide }) => {
      for (const action of ['approve-first', 'approve-last']) {
        decide({ action, description: action, subject: input, schema: Text });
      }
      return input;
    },
  });
  const check = defineCheck({
    id: 'some-text',
    reads: z.object({ artifacts: z.object({ agree: Text }) }),
    message: 'Empty.',
    remedy: 'Write.',
    evaluate: ({ artifacts }) => artifacts.agree.text !== '',
  });
  const approval = {
    subject: (facts: { artifacts: { agree: { text: string } } }) => facts.artifacts.agree,
    roles: [],
    validForMs: 1000,
  };
  const workflow = defineWorkflow({
    id: 'twice',
    input: Text,
    phases: [definePhase({ id: 'agree', agent: agree, maxAttempts: 2 })],
    transitions: [
      { from: 'agree', to: 'completed', gate: defineGate({ checks: [check], approval }) },
    ],
  });
  const graph = compileWorkflow(workflow, { checkpointer: new MemorySaver() });
  const config = { configurable: { thread_id: 't' } };
  await graph.invoke({ input: { text: 'a' } }, config);
  await graph.invoke(approve(), config);
  const once = await graph.invoke(reject(), config);
  expect(once.approvals).toEqual([]);
  expect(once.run?.status).toBe('running');
  await graph.invoke(approve(), config);
  const end = await graph.invoke(approve(), config);
  expect(end.run?.status).toBe('completed');
});
