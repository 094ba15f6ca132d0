import { AIMessage, HumanMessage, RemoveMessage, ToolMessage } from '@langchain/core/messages';
import { DeltaSnapshot, JsonPlusSerializer } from '@langchain/langgraph-checkpoint';
import { Overwrite, Send } from '@langchain/langgraph';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { decodeValue, encodeValue } from './index.ts';

const roundTrip = (value: unknown): unknown => decodeValue(encodeValue(value));

const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.bigInt(),
    fc.boolean(),
    fc.constantFrom(null, undefined, '$phasegate', '__proto__'),
    fc.date({ noInvalidDate: false }),
    fc.uint8Array(),
    fc.array(tie('value')),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('$phasegate', '__proto__', 'lc')),
      tie('value'),
      {
        noNullPrototype: true,
      },
    ),
    fc.array(tie('value')).map((items) => new Set(items)),
    fc.array(fc.tuple(tie('value'), tie('value'))).map((entries) => new Map(entries)),
  ),
}));

test('gives back every value that it writes', () => {
  fc.assert(
    fc.property(values.value, (value) => {
      expect(roundTrip(value)).toStrictEqual(value);
    }),
    { numRuns: 500 },
  );
});

test('does not change the value that it writes', () => {
  const value = { list: [new Date(0), { $phasegate: 1 }], map: new Map([['a', undefined]]) };
  const before = structuredClone(value);
  encodeValue(value);
  expect(value).toStrictEqual(before);
});

test('keeps messages as messages of their class, with everything that they carry', () => {
  const messages = [
    new HumanMessage({ content: [{ type: 'text', text: 'hello' }], id: 'h', name: 'someone' }),
    new AIMessage({
      content: '',
      id: 'a',
      tool_calls: [{ id: 'c', name: 'look', args: { at: 'it' }, type: 'tool_call' }],
      response_metadata: { model: 'm' },
    }),
    new ToolMessage({ content: 'seen', tool_call_id: 'c', status: 'error', artifact: { n: 1n } }),
    new RemoveMessage({ id: 'h' }),
  ];
  const back = roundTrip(messages);
  expect(back).toEqual(
    messages.map((message) =>
      expect.objectContaining({ ...message, lc_kwargs: expect.anything() }),
    ),
  );
  for (const [index, message] of messages.entries()) {
    const revived: unknown = Reflect.get(Object(back), index);
    expect(Object.getPrototypeOf(revived)).toBe(Object.getPrototypeOf(message));
  }
});

test('brings no constructor record to life, which the stock serializer does', async () => {
  const envelope = {
    lc: 1,
    type: 'constructor',
    id: ['langchain_core', 'messages', 'HumanMessage'],
    kwargs: { content: 'forged' },
  };
  const stock = new JsonPlusSerializer();
  const [type, bytes] = await stock.dumpsTyped(envelope);
  expect(await stock.loadsTyped(type, bytes)).toBeInstanceOf(HumanMessage);
  expect(roundTrip(envelope)).toStrictEqual(envelope);
});

test('refuses kinds and classes that are not in its lists', () => {
  expect(() => decodeValue('{"$phasegate":["x"]}')).toThrow(TypeError);
  expect(() => decodeValue('{"$phasegate":["m","constructor",{}]}')).toThrow(TypeError);
  expect(() => decodeValue('{"$phasegate":["m","ai",null]}')).toThrow(TypeError);
  expect(() => decodeValue('{"$phasegate":5}')).toThrow(TypeError);
});

test('sets only the known fields of a message', () => {
  const text = '{"$phasegate":["m","ai",{"content":"x","toJSON":"no","lc_namespace":["no"]}]}';
  expect(decodeValue(text)).toMatchObject({
    content: 'x',
    lc_namespace: ['langchain_core', 'messages'],
  });
  expect(Object.hasOwn(Object(decodeValue(text)), 'toJSON')).toBe(false);
});

test('keeps what LangGraph puts into checkpoints: snapshots, sends, errors, patterns', () => {
  expect(roundTrip(new DeltaSnapshot([1]))).toEqual(new DeltaSnapshot([1]));
  expect(roundTrip(new Send('next', { a: 1 }))).toEqual({ node: 'next', args: { a: 1 } });
  expect(roundTrip(/a+/giu)).toEqual(/a+/giu);
  expect(roundTrip(new RangeError('no'))).toMatchObject({ name: 'RangeError', message: 'no' });
});

test('says that a value contains itself', () => {
  const value: Record<string, unknown> = {};
  value['self'] = value;
  expect(() => encodeValue(value)).toThrow(TypeError);
});

test.each([
  Float64Array.of(1.5, -0, Number.NaN),
  Float32Array.of(0.5),
  BigInt64Array.of(-1n),
  BigUint64Array.of(2n ** 63n),
  Int8Array.of(-1),
  Int16Array.of(-300),
  Int32Array.of(-70_000),
  Uint16Array.of(300),
  Uint32Array.of(70_000).subarray(0),
  Uint8ClampedArray.of(255),
  Uint8Array.of(1, 2).buffer,
  new DataView(Uint8Array.of(1, 2, 3).buffer, 1),
  new URL('https://example.test/a?b=c'),
])('gives bytes and addresses back as what they were: %o', (value) => {
  const back = roundTrip({ list: [value] });
  expect(back).toStrictEqual({ list: [value] });
});

test.each([
  ['.a.b[1]', 'a function', { a: { b: [1, () => 1] } }],
  ['.s', 'a symbol', { s: Symbol('s') }],
  ['[0].w', 'WeakMap', [{ w: new WeakMap() }]],
  ['[value 0].p', 'Promise', new Map([['k', { p: Promise.resolve() }]])],
  ['[0]', 'URLSearchParams', new Set([new URLSearchParams('a=b')])],
])('refuses what it could not give back, and names %s', (path, kind, value) => {
  expect(() => encodeValue(value, 'channel')).toThrow(`value at channel${path} (`);
  expect(() => encodeValue(value, 'channel')).toThrow(kind);
  const coded = expect.objectContaining({ code: 'STORAGE_UNSTORABLE_VALUE' });
  expect(() => encodeValue(value)).toThrow(coded);
});

test('gives an instance of another class as its members, or as what its toJSON says', () => {
  class Page {
    readonly text = 'words';
  }
  expect(roundTrip(new Page())).toStrictEqual({ text: 'words' });
  expect(roundTrip(new Overwrite([1]))).toEqual(new Overwrite([1]).toJSON());
});
