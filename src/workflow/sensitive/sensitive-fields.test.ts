import { expect, test } from 'vitest';
import { z } from 'zod';

import { defineCheck, defineGate } from '../../validation/index.ts';
import {
  defineAgent,
  definePhase,
  defineWorkflow,
  InvalidDefinitionError,
  sensitiveFieldsOf,
} from '../index.ts';

const marked = z.string().meta({ sensitive: true, subject: 'who.id' });

function pathsIn(artifact: z.ZodType): readonly string[] {
  const agent = defineAgent({
    id: 'a',
    input: z.strictObject({ x: z.string() }),
    artifact,
    reads: {},
    simulated: () => ({}),
  });
  const check = defineCheck({
    id: 'c',
    reads: z.object({ artifacts: z.object({ plan: z.unknown() }) }),
    message: 'm',
    remedy: 'r',
    evaluate: () => true,
  });
  const workflow = defineWorkflow({
    id: 'w',
    input: z.strictObject({ x: z.string() }),
    phases: [definePhase({ id: 'plan', agent })],
    transitions: [{ from: 'plan', to: 'completed', gate: defineGate({ checks: [check] }) }],
  });
  return (sensitiveFieldsOf(workflow).get('plan') ?? []).map(({ path }) => path.join('.'));
}

test.each<[string, z.ZodType, readonly string[]]>([
  ['a member', z.object({ a: marked, b: z.string() }), ['a']],
  [
    'an optional and a nullable one',
    z.object({ a: marked.optional(), b: marked.nullable() }),
    ['a', 'b'],
  ],
  ['a list', z.object({ a: z.array(z.object({ b: marked })) }), ['a.*.b']],
  ['a record', z.object({ a: z.record(z.string(), marked) }), ['a.*']],
  ['a union', z.object({ a: z.union([z.number(), z.object({ b: marked })]) }), ['a.b']],
  ['a tuple', z.object({ a: z.tuple([z.string(), marked]) }), ['a.*']],
  ['a whole object', z.object({ a: z.object({ b: z.string() }).meta({ sensitive: true }) }), ['a']],
  ['nothing', z.object({ a: z.string().meta({ title: 'A' }) }), []],
])('finds the mark in %s', (_, schema, paths) => {
  expect(pathsIn(schema)).toEqual(paths);
});

test('seals from the second round on what a schema that contains itself holds', () => {
  const Node = z.object({
    name: marked,
    get children() {
      return z.array(Node);
    },
  });
  expect(pathsIn(z.object({ root: Node }))).toEqual(
    expect.arrayContaining(['root.name', 'root.children.*']),
  );
});

const named = { sensitive: true, subject: 'who.id' };

test.each<[string, z.ZodType, readonly string[]]>([
  ['the end of a pipe', z.object({ a: z.string().pipe(marked) }), ['a']],
  ['the beginning of a pipe', z.object({ a: marked.pipe(z.string()) }), ['a']],
  ['the middle of pipes', z.object({ a: z.string().pipe(marked).pipe(z.string()) }), ['a']],
  ['what a transform takes', z.object({ a: marked.transform((text) => text.length) }), ['a']],
  [
    'an object that a transform makes another of',
    z.object({ a: z.object({ b: marked }).transform(({ b }) => ({ c: b })) }),
    ['a'],
  ],
  [
    'the far side of a codec',
    z.object({
      a: z.codec(z.string(), marked, { decode: (text) => text, encode: (text) => text }),
    }),
    ['a'],
  ],
  ['what is made ready first', z.object({ a: z.preprocess(String, marked) }), ['a']],
  [
    'values under keys of a form',
    z.object({ a: z.looseRecord(z.string().regex(/^x/), marked) }),
    ['a.*'],
  ],
  ['members that have no name', z.object({ a: z.string() }).catchall(marked), ['*']],
  [
    'an intersection',
    z.object({ a: z.object({ b: marked }).and(z.object({ c: z.string() })) }),
    ['a.b'],
  ],
  ['what is asked for late', z.object({ a: z.lazy(() => marked) }), ['a']],
  ['a default', z.object({ a: marked.default('x'), b: marked.catch('x').readonly() }), ['a', 'b']],
  ['what is checked further', z.object({ a: z.string().meta(named).min(2).max(9) }), ['a']],
])('seals %s', (_, schema, paths) => {
  expect(pathsIn(schema)).toEqual(paths);
});

test.each<[string, z.ZodType, string]>([
  ['the keys of a record', z.object({ a: z.record(marked, z.string()) }), 'keyType'],
  ['the keys of a loose record', z.object({ a: z.looseRecord(marked, z.string()) }), 'keyType'],
  ['a map', z.object({ a: z.map(z.string(), marked) }), 'valueType'],
  ['a set', z.object({ a: z.set(marked) }), 'valueType'],
  ['a promise', z.object({ a: z.promise(marked) }), 'innerType'],
  ['a part of a text', z.object({ a: z.templateLiteral(['x', marked]) }), 'parts'],
  ['"true" in quotes', z.object({ a: z.string().meta({ sensitive: 'true' }) }), 'to be true'],
  ['1', z.object({ a: z.string().meta({ sensitive: 1 }) }), 'to be true'],
  ['false', z.object({ a: z.string().meta({ sensitive: false }) }), 'to be true'],
  [
    'a subject that is no path',
    z.object({ a: z.string().meta({ sensitive: true, subject: 7 }) }),
    'subject',
  ],
  [
    'a mistake within what is sealed',
    z.object({ a: z.object({ b: z.string().meta({ sensitive: 'yes' }) }).meta(named) }),
    'to be true',
  ],
  [
    'two persons in a pipe',
    z.object({ a: marked.pipe(z.string().meta({ sensitive: true, subject: 'other.id' })) }),
    'one person',
  ],
])('refuses a mark in or of %s, and says where', (_, schema, expected) => {
  const define = (): unknown => pathsIn(schema);
  expect(define).toThrow(InvalidDefinitionError);
  expect(define).toThrow(expected);
  expect(define).toThrow('artifact of phase "plan", at "a"');
});
