import { HumanMessage, type AIMessageChunk } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { scriptedChatModel } from './scripted-chat-model.ts';

const weather = tool(({ city }: { readonly city: string }) => `Rain in ${city}`, {
  name: 'weather',
  description: 'Tells the weather.',
  schema: z.object({ city: z.string() }),
});

test('answers with text and usage, step by step', async () => {
  const model = scriptedChatModel([
    { expect: 'Hello', text: 'Good  day.\n', usage: { inputTokens: 3, outputTokens: 4 } },
    { expect: (messages) => messages.length === 1, text: '' },
  ]);
  const answer = await model.invoke([new HumanMessage('Hello')]);
  expect(answer.text).toBe('Good  day.\n');
  expect(answer.usage_metadata).toMatchObject({
    input_tokens: 3,
    output_tokens: 4,
    total_tokens: 7,
  });
  expect((await model.invoke('again')).text).toBe('');
  expect(() => model.assertConsumed()).not.toThrow();
});

test('calls tools', async () => {
  const model = scriptedChatModel([{ toolCalls: [{ name: 'weather', args: { city: 'Ulm' } }] }]);
  const answer = await model.bindTools([weather]).invoke('How is it in Ulm?');
  expect(answer.tool_calls).toMatchObject([
    { id: 'call-1', name: 'weather', args: { city: 'Ulm' } },
  ]);
  expect(answer.response_metadata['finish_reason']).toBe('tool_calls');
});

test('gives structured output', async () => {
  const model = scriptedChatModel([{ value: { city: 'Ulm' } }]);
  const structured = model.withStructuredOutput(z.object({ city: z.string() }), { name: 'place' });
  await expect(structured.invoke('Where?')).resolves.toEqual({ city: 'Ulm' });
});

test('gives a value as JSON text where no tool is bound', async () => {
  const model = scriptedChatModel([{ value: { city: 'Ulm' } }]);
  expect((await model.invoke('Where?')).text).toBe('{"city":"Ulm"}');
});

test('streams the same answer in pieces', async () => {
  const step = {
    text: 'It rains in Ulm.',
    toolCalls: [{ name: 'weather', args: { city: 'Ulm' } }],
    usage: { inputTokens: 3, outputTokens: 4 },
  };
  const model = scriptedChatModel([step, step]);
  const chunks: AIMessageChunk[] = [];
  for await (const chunk of await model.stream('How is it?')) chunks.push(chunk);
  expect(chunks.length).toBeGreaterThan(4);
  const [first, ...rest] = chunks;
  const streamed = rest.reduce(
    (whole, chunk) => whole.concat(chunk),
    z.custom<AIMessageChunk>().parse(first),
  );
  const whole = await model.invoke('How is it?');
  expect([streamed.text, streamed.tool_calls, streamed.usage_metadata]).toEqual([
    whole.text,
    whole.tool_calls,
    whole.usage_metadata,
  ]);
});

describe('a call that the script does not foresee fails, at once and at the end', () => {
  test.each([
    ['no step is left', []],
    ['the step expects another message', [{ expect: 'Bye', text: 'Bye.' }]],
  ])('when %s', async (_when, steps) => {
    const model = scriptedChatModel(steps);
    const unexpected = expect.objectContaining({ code: 'TESTING_UNEXPECTED_CALL' });
    await expect(model.invoke('Hello')).rejects.toEqual(unexpected);
    await expect(model[Symbol.asyncDispose]()).rejects.toEqual(unexpected);
    expect(model.calls).toHaveLength(1);
  });
});

test('a step that was not used fails at the end', () => {
  expect(() => scriptedChatModel([{ text: 'x' }]).assertConsumed()).toThrow(
    expect.objectContaining({ code: 'TESTING_UNCONSUMED_STEPS' }),
  );
});

test('an error of a step comes out once: nothing is tried again', async () => {
  const model = scriptedChatModel([{ error: new Error('down') }, { text: 'never' }]);
  await expect(model.invoke('Hello')).rejects.toThrow('down');
  expect(model.calls).toHaveLength(1);
});

test('hangs until it is aborted', async () => {
  const controller = new AbortController();
  const asked = scriptedChatModel([{ hangs: true }]).invoke('Hello', { signal: controller.signal });
  controller.abort(new Error('left'));
  await expect(asked).rejects.toThrow(/left|[Aa]bort/);
});
