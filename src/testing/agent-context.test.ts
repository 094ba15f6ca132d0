import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { agentContext, agentTask, SCRIPTED_PERSON } from './agent-context.ts';
import { fakeClock } from './fake-clock.ts';
import { scriptedModel } from './scripted-model.ts';
import { sequentialIds } from './sequential-ids.ts';

const Plan = z.object({ title: z.string() });
const request = {
  action: 'approve-plan',
  description: 'A plan.',
  subject: { title: 'A' },
  schema: Plan,
};

describe('a context', () => {
  test('decides from its script, and remembers what was asked', () => {
    const context = agentContext({
      decisions: [
        { kind: 'approved' },
        { kind: 'edited', subject: { title: 'B' }, comment: 'Better.' },
      ],
    });
    expect(context.decide(request)).toMatchObject({
      kind: 'approved',
      subject: { title: 'A' },
      by: SCRIPTED_PERSON,
    });
    expect(context.decide(request)).toMatchObject({ subject: { title: 'B' }, comment: 'Better.' });
    expect(context.requests).toEqual([request, request]);
    expect(() => context.assertConsumed()).not.toThrow();
  });

  test('refuses a decision that is not in the script, and one that was not asked', () => {
    expect(() => agentContext().decide(request)).toThrow(
      expect.objectContaining({ code: 'TESTING_UNEXPECTED_CALL' }),
    );
    expect(() => agentContext({ decisions: [{ kind: 'approved' }] }).assertConsumed()).toThrow(
      expect.objectContaining({ code: 'TESTING_UNCONSUMED_STEPS' }),
    );
  });

  test('records reports, and counts what its model takes', async () => {
    const usage = { inputTokens: 5, outputTokens: 2, costUsd: 0.5 };
    const model = scriptedModel([
      { value: { title: 'A' }, usage },
      { value: { title: 'B' }, usage },
    ]);
    const context = agentContext({ model });
    context.report({ done: 1 });
    await context.model?.structured({ name: 'plan', schema: Plan, system: '', user: '' });
    await context.model?.structured({ name: 'plan', schema: Plan, system: '', user: '' });
    expect(context.reports).toEqual([{ done: 1 }]);
    expect(context.model?.usage).toEqual({
      calls: 2,
      inputTokens: 10,
      outputTokens: 4,
      costUsd: 1,
    });
  });
});

test('what a model took in vain counts as well', async () => {
  const model = scriptedModel([{ value: { wrong: true }, usage: { inputTokens: 5 } }]);
  const context = agentContext({ model });
  const asked = context.model?.structured({ name: 'plan', schema: Plan, system: '', user: '' });
  await expect(asked).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' });
  expect(context.model?.usage).toMatchObject({ calls: 1, inputTokens: 5 });
});

test('a task is filled in and deeply frozen', () => {
  const task = agentTask({ input: { words: ['a'] }, artifacts: {} });
  expect(task).toMatchObject({ answers: [], attempt: 1, input: { words: ['a'] } });
  expect(() => Reflect.apply(Array.prototype.push, task.input.words, ['b'])).toThrow(TypeError);
});

test('the clock stands until it is moved, and never goes back', () => {
  const clock = fakeClock('2026-03-29T00:59:59.500Z');
  clock.advance(1500);
  expect([clock.now(), clock.monotonicMs()]).toEqual(['2026-03-29T01:00:01.000Z', 1500]);
  expect(() => clock.advance(-1)).toThrow(RangeError);
  expect(() => fakeClock('yesterday')).toThrow(RangeError);
});

test('ids are counted', () => {
  const ids = sequentialIds('run');
  expect([ids.next(), ids.next()]).toEqual(['run-1', 'run-2']);
});
