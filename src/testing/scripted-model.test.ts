import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import type { StructuredReply, StructuredRequest } from '../models/index.ts';
import { NO_USAGE } from '../state/index.ts';
import { scriptedModel, type ScriptedModel } from './scripted-model.ts';

const Note = z.object({ text: z.string() });
type Note = z.infer<typeof Note>;

function ask(
  model: ScriptedModel,
  user: string,
  signal = new AbortController().signal,
): Promise<StructuredReply<Note>> {
  const request: StructuredRequest<Note> = {
    name: 'note',
    schema: Note,
    system: 'S',
    user,
    signal,
  };
  return model.structured(request, NO_USAGE);
}

test('answers step by step, each parsed by the schema of the request', async () => {
  const model = scriptedModel([
    { expect: 'one', value: { text: 'first', more: true } },
    { expect: /t.o/g, value: { text: 'second' }, usage: { inputTokens: 7 } },
  ]);
  await expect(ask(model, 'one')).resolves.toMatchObject({ value: { text: 'first' }, repairs: 0 });
  await expect(ask(model, 'two')).resolves.toEqual({
    value: { text: 'second' },
    usage: { calls: 1, inputTokens: 7, outputTokens: 0, costUsd: 0 },
    repairs: 0,
  });
  expect(model.requests.map(({ user }) => user)).toEqual(['one', 'two']);
  expect(() => model.assertConsumed()).not.toThrow();
});

test('gives what does not fit the schema as the error of a real model', async () => {
  await expect(ask(scriptedModel([{ value: { text: 1 } }]), 'one')).rejects.toMatchObject({
    code: 'MODEL_OUTPUT_INVALID',
  });
});

test('throws the error of a step', async () => {
  const error = new Error('down');
  await expect(ask(scriptedModel([{ error }]), 'one')).rejects.toBe(error);
});

describe('an unexpected call', () => {
  test.each([
    ['when the script is used up', []],
    ['when the text is not there', [{ expect: 'two', value: { text: 'x' } }]],
    ['when the pattern is not there', [{ expect: /^two$/, value: { text: 'x' } }]],
    ['when the function says no', [{ expect: () => false, value: { text: 'x' } }]],
    [
      'when an assertion fails',
      [
        {
          expect: (request: StructuredRequest<unknown>) => {
            expect(request.user).toBe('two');
            return true;
          },
          value: { text: 'x' },
        },
      ],
    ],
  ])('%s fails, and fails again at the end, even if somebody caught it', async (_when, steps) => {
    const model = scriptedModel(steps);
    await expect(ask(model, 'one')).rejects.toMatchObject({ code: 'TESTING_UNEXPECTED_CALL' });
    expect(() => model.assertConsumed()).toThrow(
      expect.objectContaining({ code: 'TESTING_UNEXPECTED_CALL' }),
    );
  });
});

test('a step that was not used fails at the end, also by disposing', async () => {
  const unused = expect.objectContaining({
    code: 'TESTING_UNCONSUMED_STEPS',
    details: { fake: 'scripted/model', taken: 0, steps: 1 },
  });
  const model = scriptedModel([{ value: { text: 'x' } }]);
  expect(() => model.assertConsumed()).toThrow(unused);
  await expect(model[Symbol.asyncDispose]()).rejects.toEqual(unused);
});

test('hangs until it is aborted, and gives the reason', async () => {
  const controller = new AbortController();
  const reason = new Error('left');
  const asked = ask(scriptedModel([{ hangs: true }]), 'one', controller.signal);
  controller.abort(reason);
  await expect(asked).rejects.toBe(reason);
});

test('a call that is aborted beforehand uses no step', async () => {
  const model = scriptedModel([{ value: { text: 'x' } }]);
  await expect(ask(model, 'one', AbortSignal.abort())).rejects.toMatchObject({
    name: 'AbortError',
  });
  await expect(ask(model, 'one')).resolves.toMatchObject({ value: { text: 'x' } });
});
