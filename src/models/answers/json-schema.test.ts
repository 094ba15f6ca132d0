import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { modelSchema } from './json-schema.ts';

test('requires every member, allows no other, and lets optional ones be null', () => {
  expect(modelSchema(z.object({ a: z.string(), b: z.int().optional() }))).toEqual({
    strict: true,
    wrapped: false,
    schema: {
      type: 'object',
      properties: { a: { type: 'string' }, b: { anyOf: [{ type: 'integer' }, { type: 'null' }] } },
      required: ['a', 'b'],
      additionalProperties: false,
    },
  });
});

test('says constraints in words, after the description', () => {
  const { schema } = modelSchema(
    z.object({ name: z.string().min(1).max(9).describe('A name.'), at: z.iso.date() }),
  );
  expect(schema['properties']).toEqual({
    name: { type: 'string', description: 'A name. (minLength: 1, maxLength: 9)' },
    at: { type: 'string', description: '(format: "date")' },
  });
});

test('gives members with a default as ones that may be null', () => {
  const { schema } = modelSchema(z.object({ tone: z.string().default('calm') }));
  expect(schema['properties']).toEqual({
    tone: { anyOf: [{ type: 'string', description: '(default: "calm")' }, { type: 'null' }] },
  });
});

test('leaves members that may be null as they are', () => {
  const { schema, strict } = modelSchema(z.object({ end: z.string().nullable().optional() }));
  expect(strict).toBe(true);
  expect(schema['properties']).toEqual({ end: { type: ['string', 'null'] } });
});

test('gives discriminated unions as anyOf', () => {
  const Shape = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('dot') }),
    z.object({ kind: z.literal('line'), length: z.number() }),
  ]);
  const { schema, strict } = modelSchema(z.object({ shape: Shape }));
  expect(strict).toBe(true);
  expect(JSON.stringify(schema)).toContain('"anyOf":[{"type":"object"');
  expect(JSON.stringify(schema)).not.toContain('oneOf');
});

test('puts what is no object into a member value', () => {
  expect(modelSchema(z.array(z.string()))).toMatchObject({
    strict: true,
    wrapped: true,
    schema: {
      type: 'object',
      properties: { value: { $ref: '#/$defs/__answer' } },
      required: ['value'],
      $defs: { __answer: { type: 'array', items: { type: 'string' } } },
    },
  });
});

test('keeps recursion, also of a root that had to be wrapped', () => {
  const Tree = z.array(
    z.object({
      name: z.string(),
      get children() {
        return Tree;
      },
    }),
  );
  const text = JSON.stringify(modelSchema(Tree).schema);
  expect(text).not.toContain('"$ref":"#"');
  expect(text).toContain('"children":{"$ref":"#/$defs/__answer"}');
});

describe('without a strict form', () => {
  test.each([
    ['a record', z.record(z.string(), z.number())],
    ['a tuple', z.tuple([z.string(), z.number()])],
    ['anything', z.unknown()],
    [
      'an intersection',
      z.intersection(z.object({ a: z.string() }), z.record(z.string(), z.string())),
    ],
    ['a loose object', z.looseObject({ a: z.string() })],
  ])('%s is given as it is', (_what, part) => {
    const { schema, strict } = modelSchema(z.object({ part }));
    expect(strict).toBe(false);
    expect(schema).toEqual(withoutDialect(z.toJSONSchema(z.object({ part }), { io: 'input' })));
  });
});

test('a schema without a JSON form is refused', () => {
  expect(() => modelSchema(z.object({ at: z.date() }))).toThrow(/Date/);
});

test('every strict schema closes and fully requires each of its objects', () => {
  const leaves = fc.constantFrom<z.ZodType>(z.string().min(2), z.int(), z.boolean(), z.null());
  const { schemas } = fc.letrec<{ schemas: z.ZodType }>((tie) => ({
    schemas: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaves,
      tie('schemas').map((item) => z.array(item)),
      tie('schemas').map((item) => item.optional()),
      fc
        .dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie('schemas'))
        .map((shape) => z.object(shape)),
      fc.tuple(tie('schemas'), tie('schemas')).map(([one, other]) => z.union([one, other])),
    ),
  }));
  fc.assert(
    fc.property(schemas, (part) => {
      const { schema, strict } = modelSchema(z.object({ part }));
      expect(strict).toBe(true);
      for (const node of objectsIn(schema)) {
        expect(node.additionalProperties).toBe(false);
        expect(node.required).toEqual(Object.keys(node.properties));
      }
    }),
  );
});

const ObjectNode = z.looseObject({
  type: z.literal('object'),
  properties: z.record(z.string(), z.unknown()),
  required: z.unknown(),
  additionalProperties: z.unknown(),
});

function objectsIn(value: unknown): readonly z.infer<typeof ObjectNode>[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = ObjectNode.safeParse(value);
  return [...(own.success ? [own.data] : []), ...Object.values(value).flatMap(objectsIn)];
}

function withoutDialect(schema: object): object {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema'));
}
