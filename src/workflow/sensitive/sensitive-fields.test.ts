import { expect, test } from 'vitest';
import { z } from 'zod';

import { defineCheck, defineGate } from '../../validation/index.ts';
import { defineAgent, definePhase, defineWorkflow, sensitiveFieldsOf } from '../index.ts';

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
