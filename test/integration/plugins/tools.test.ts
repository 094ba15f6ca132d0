import { AIMessage, ToolMessage } from '@langchain/core/messages';
import { MessagesAnnotation, Send, StateGraph } from '@langchain/langgraph';
import { ToolNode } from '@langchain/langgraph/prebuilt';
import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  createIsolatedRuntime,
  revokeRole,
  toolName,
  toolsFor,
} from '../../../src/plugins/index.ts';
import {
  activate,
  openTestPlugins,
  USER,
  type TestPlugins,
} from '../../../src/plugins/fixtures/test-plugins.ts';

const SOURCE = `export default {
  async execute(operation, input, host) {
    if (input.fail) throw new Error('secret from the plugin');
    if (input.wait) await host.now();
    if (input.spin) for (;;);
    await host.progress({ done: 1 });
    return { words: input.text.split(' ').length };
  },
};`;
const INPUT = {
  type: 'object',
  properties: {
    text: { type: 'string' },
    fail: { type: 'boolean' },
    spin: { type: 'boolean' },
    wait: { type: 'boolean' },
  },
  required: ['text'],
  additionalProperties: false,
};
const isolated = createIsolatedRuntime();
let opened: TestPlugins;

beforeAll(async () => {
  opened = await openTestPlugins({ isolated });
  await activate(opened.plugins, SOURCE, {
    input: INPUT,
    permissions: { time: true },
    limits: { cpuMs: 10_000 },
  });
});
afterAll(async () => {
  await opened.close();
  await isolated.close();
});

const tools = (): ReturnType<typeof toolsFor> =>
  toolsFor(opened.plugins.executor, {
    caller: USER,
    allow: ['test.plugin/go'],
    place: { thread: 't' },
  });
const called = (
  args: object,
  id = 'call-1',
): { name: string; args: object; id: string; type: 'tool_call' } => ({
  name: 'test_plugin__go',
  args,
  id,
  type: 'tool_call',
});

test('shows the model the exact schema and a name that providers take', async () => {
  const [tool] = await tools();
  expect(tool?.name).toBe('test_plugin__go');
  expect(tool?.schema).toEqual(INPUT);
  const long = toolName('acme.' + 'x'.repeat(60), 'do-something');
  expect(long).toMatch(/^[\w-]{64}$/);
});

test('gives only what the phase lists', async () => {
  const order = { caller: USER, place: {} };
  expect(await toolsFor(opened.plugins.executor, { ...order, allow: [] })).toEqual([]);
  for (const entry of ['test.plugin/other', 'test.plugin/go/x', 'test.plugin'])
    // One after the other.
    // oxlint-disable-next-line no-await-in-loop
    await expect(
      toolsFor(opened.plugins.executor, { ...order, allow: [entry] }),
    ).rejects.toMatchObject({
      code: 'PLUGINS_TOOL_NOT_ALLOWED',
    });
  await expect(
    toolsFor(opened.plugins.executor, { ...order, allow: ['no.such/go'] }),
  ).rejects.toMatchObject({ code: 'PLUGINS_UNKNOWN' });
});

test('runs in a ToolNode of a real graph: content for the model, the whole in the artifact, progress in the stream', async () => {
  const graph = new StateGraph(MessagesAnnotation)
    .addNode('tools', new ToolNode([...(await tools())]))
    .addEdge('__start__', 'tools')
    .compile();
  const messages = [new AIMessage({ content: '', tool_calls: [called({ text: 'a b c' })] })];
  const chunks: unknown[] = [];
  for await (const chunk of await graph.stream({ messages }, { streamMode: ['custom', 'values'] }))
    chunks.push(chunk);
  expect(chunks).toContainEqual([
    'custom',
    { type: 'plugin-progress', tool: 'test_plugin__go', done: 1 },
  ]);
  const state = await graph.invoke({ messages });
  const message = state.messages.at(-1);
  expect(message).toBeInstanceOf(ToolMessage);
  expect(message).toMatchObject({
    content: '{"words":3}',
    artifact: { plugin: 'test.plugin', output: { words: 3 }, error: undefined },
  });
});

test('is judged on each of the calls that a graph sends out side by side', async () => {
  const graph = new StateGraph(MessagesAnnotation)
    .addNode('tools', new ToolNode([...(await tools())]))
    .addConditionalEdges('__start__', () =>
      [{ text: 'a b' }, { text: 'a', extra: true }].map((args, n) => {
        const call = new AIMessage({ content: '', tool_calls: [called(args, `call-${n}`)] });
        return new Send('tools', { messages: [call] });
      }),
    )
    .compile();
  const { messages } = await graph.invoke({ messages: [] });
  expect(messages.map(({ content }) => content)).toEqual([
    '{"words":2}',
    expect.stringMatching(/^PLUGINS_BAD_CALL: /),
  ]);
});

test.each([
  ['a failure of the plugin', { text: '', fail: true }, /^PLUGINS_FAILED: /],
  ['arguments that do not fit', { text: 1 }, /^PLUGINS_BAD_CALL: /],
  ['arguments that are not listed', { text: 'a', extra: true }, /^PLUGINS_BAD_CALL: /],
])('turns %s into a message in our own words', async (_name, args, text) => {
  const [tool] = await tools();
  const message = await tool?.invoke(called(args));
  expect(message).toMatchObject({
    status: 'error',
    tool_call_id: 'call-1',
    content: expect.stringMatching(text) as string,
  });
  expect(JSON.stringify(message)).not.toContain('secret from the plugin');
});

test('is judged again on every call, also in a batch', async () => {
  const [tool] = await tools();
  const results = await tool?.batch([called({ text: 'a' }, '1'), called({ text: 'a b' }, '2')]);
  expect(results?.map((result: ToolMessage) => result.content)).toEqual([
    '{"words":1}',
    '{"words":2}',
  ]);
  const streamed = [];
  for await (const chunk of (await tool?.stream(called({ text: 'a' }))) ?? []) streamed.push(chunk);
  expect(streamed).toHaveLength(1);
  await revokeRole(opened.plugins.parts, { role: 'clerk', plugin: 'test.plugin', operation: '*' });
  expect(await tool?.invoke(called({ text: 'a' }))).toMatchObject({
    status: 'error',
    content: expect.stringContaining('PLUGINS_CALL_REFUSED') as string,
  });
  await activate(opened.plugins, SOURCE, {
    input: INPUT,
    permissions: { time: true },
    limits: { cpuMs: 10_000 },
  });
});

test('stops the code when the caller does, and rethrows instead of making a message of it', async () => {
  const [tool] = await tools();
  const caller = new AbortController();
  setTimeout(() => caller.abort(), 100);
  await expect(
    tool?.invoke(called({ text: 'a', spin: true }), { signal: caller.signal }),
  ).rejects.toMatchObject({ code: 'PLUGINS_ABORTED' });
});
