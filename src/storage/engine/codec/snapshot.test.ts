import { AIMessage, HumanMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { encodeValue, isUnchanged, NO_SNAPSHOT, snapshotOf, type Snapshot } from './index.ts';

/** Of a value that has a snapshot. */
function taken(value: unknown): Snapshot {
  const snapshot = snapshotOf(value);
  if (snapshot === NO_SNAPSHOT) throw new TypeError('expected a snapshot');
  return snapshot;
}

const values = fc.jsonValue({ maxDepth: 4 });

test('a value that was not touched is unchanged, and a copy of it as well', () => {
  fc.assert(
    fc.property(values, (value) => {
      const snapshot = taken(value);
      expect(isUnchanged(value, snapshot)).toBe(true);
      expect(isUnchanged(structuredClone(value), snapshot)).toBe(true);
    }),
  );
});

test('of two values, one passes for the other only where both are written alike', () => {
  const near = fc.oneof(fc.constantFrom(0, -0, 1, '', '0', null, true, undefined), values);
  const shaped = fc.oneof(
    near,
    fc.dictionary(fc.constantFrom('a', 'b'), near),
    fc.array(near, { maxLength: 2 }),
  );
  fc.assert(
    fc.property(shaped, shaped, (one, other) => {
      const isSame = isUnchanged(other, taken(one));
      expect(isSame && encodeValue(other) !== encodeValue(one)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

const messages = [
  () => new HumanMessage({ content: [{ type: 'text', text: 'hello' }], id: 'h', name: 'someone' }),
  (): BaseMessage => {
    const message = new AIMessage({
      content: 'text',
      id: 'a',
      tool_calls: [{ id: 'c', name: 'look', args: { at: { it: 1 } }, type: 'tool_call' }],
      response_metadata: { model: 'm', nested: { deep: [1] } },
    });
    const usage = { input_tokens: 1, output_tokens: 2, total_tokens: 3 };
    Reflect.set(message, 'usage_metadata', usage);
    return message;
  },
  () =>
    new ToolMessage({ content: 'seen', tool_call_id: 'c', status: 'success', artifact: { n: 1 } }),
];

/** Every change in place that reaches what is written of a message. */
const EDITS: readonly ((message: Record<string, unknown>) => unknown)[] = [
  ...['content', 'id', 'name', 'tool_call_id', 'status', 'role', 'artifact', 'metadata'].map(
    (field) => (message: Record<string, unknown>) => (message[field] = `other ${field}`),
  ),
  ...['additional_kwargs', 'response_metadata', 'usage_metadata', 'artifact'].map(
    (field) => (message: Record<string, unknown>) => {
      const record = (message[field] ??= {});
      return Reflect.set(Object(record), 'added', { deep: true });
    },
  ),
  ...['tool_calls', 'invalid_tool_calls', 'tool_call_chunks'].map(
    (field) => (message: Record<string, unknown>) => {
      const list: unknown[] = Array.isArray(message[field]) ? message[field] : [];
      message[field] = list;
      return list.push({ id: 'new' });
    },
  ),
  (message) => Reflect.set(Object(message['response_metadata']), 'model', 'another'),
  (message) => Reflect.deleteProperty(message, 'usage_metadata'),
];

test.each(messages.map((make) => [make().type, make] as const))(
  'any change in place of a %s message is seen',
  (_type, make) => {
    for (const edit of EDITS) {
      const message = make();
      const [snapshot, before] = [taken(message), encodeValue(message)];
      edit(Object(message));
      expect(isUnchanged(message, snapshot)).toBe(encodeValue(message) === before);
    }
    const untouched = make();
    expect(isUnchanged(untouched, taken(untouched))).toBe(true);
    expect(isUnchanged(new HumanMessage('other'), taken(untouched))).toBe(false);
  },
);

test('gives no snapshot of what it cannot look into', () => {
  for (const value of [new Date(), new Map(), { a: [new Set()] }, [() => 1], new URL('a:b')]) {
    expect(snapshotOf(value)).toBe(NO_SNAPSHOT);
  }
});
