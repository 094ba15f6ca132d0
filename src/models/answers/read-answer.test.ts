import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { readAnswer, type AnswerReading } from './read-answer.ts';

const Step = z.strictObject({ day: z.int(), note: z.string().optional() });
const Plan = z.object({ steps: z.array(Step), end: z.string().nullable() });

function read<Value>(text: string, schema: z.ZodType<Value>): Promise<AnswerReading<Value>> {
  return readAnswer({ kind: 'text', text }, { schema, wrapped: false, toolExpected: false });
}

describe('JSON is found', () => {
  const json = '{"steps":[],"end":null}';
  test.each([
    ['alone', json],
    ['in a fence', `\`\`\`json\n${json}\n\`\`\``],
    ['after a sentence', `Here you are: ${json}`],
    ['after the thoughts of a reasoning model', `<think>{"steps": hm</think>\n${json}`],
  ])('%s', async (_where, text) => {
    await expect(read(text, Plan)).resolves.toEqual({
      kind: 'value',
      value: { steps: [], end: null },
    });
  });

  test('in a member value, and without it, when the root is no object', async () => {
    const contract = { schema: z.array(z.int()), wrapped: true, toolExpected: false };
    const expected = { kind: 'value', value: [1, 2] };
    const wrapped = { kind: 'text', text: '{"value":[1,2]}' } as const;
    await expect(readAnswer(wrapped, contract)).resolves.toEqual(expected);
    await expect(readAnswer({ kind: 'text', text: '[1,2]' }, contract)).resolves.toEqual(expected);
  });
});

describe('null', () => {
  test('leaves an optional member out, at any depth, and stays where the schema takes it', async () => {
    await expect(read('{"steps":[{"day":1,"note":null}],"end":null}', Plan)).resolves.toEqual({
      kind: 'value',
      value: { steps: [{ day: 1 }], end: null },
    });
  });

  test('leaves an optional member out inside a branch of a union', async () => {
    const Either = z.object({ either: z.union([z.strictObject({ other: z.int() }), Step]) });
    await expect(read('{"either":{"day":2,"note":null}}', Either)).resolves.toEqual({
      kind: 'value',
      value: { either: { day: 2 } },
    });
  });

  test('where a value is required is a problem', async () => {
    await expect(read('{"steps":null,"end":null}', Plan)).resolves.toMatchObject({
      kind: 'problem',
      problem: { kind: 'wrong-shape', issues: [expect.stringMatching(/^steps: /)] },
    });
  });
});

test('a wrong shape is told by path, for each place', async () => {
  await expect(read('{"steps":[{"day":"one"},{"day":2,"mood":1}]}', Plan)).resolves.toMatchObject({
    problem: {
      issues: [
        expect.stringMatching(/^steps\.0\.day: /),
        expect.stringMatching(/^steps\.1: .*mood/),
        expect.stringMatching(/^end: /),
      ],
    },
  });
});

test('of a union the branch that came closest is told', async () => {
  const Either = z.union([z.object({ a: z.int(), b: z.int(), c: z.int() }), Step]);
  await expect(read('{"day":"one"}', Either)).resolves.toMatchObject({
    problem: { issues: [expect.stringMatching(/^day: /)] },
  });
});

test('any JSON value that the schema takes is read back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ noUnicodeString: false }), async (value) => {
      const text = JSON.stringify(value);
      fc.pre(!text.includes('__proto__'));
      await expect(read(text, z.json())).resolves.toEqual({
        kind: 'value',
        value: JSON.parse(text),
      });
    }),
  );
});

test('a member that names the prototype does not get through', async () => {
  await expect(read('{"a":1,"__proto__":{"b":2}}', z.json())).resolves.toEqual({
    kind: 'value',
    value: { a: 1 },
  });
});

test('whatever a model says is a value or a problem, never an exception', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (text) => {
      const reading = await read(text, Plan);
      expect(reading.kind).toBe('problem');
    }),
  );
});
