import { expect, test } from 'vitest';
import { z } from 'zod';

import { askOn, defineCheck, defineGate, reviseOn, type Gate } from '../../validation/index.ts';
import { defineAgent, definePhase, defineWorkflow } from '../index.ts';

const Text = z.strictObject({ text: z.string() });
const check = defineCheck({
  id: 'check',
  reads: z.object({ input: Text }),
  message: 'No.',
  remedy: 'Mend.',
  evaluate: () => true,
});
const gate = defineGate({ checks: [check] });

function phase(id: string, { maxAttempts = 1, timeoutMs = 0, reads = {} } = {}) {
  const agent = defineAgent({
    id: 'agent',
    input: Text,
    artifact: Text,
    reads,
    simulated: ({ input }) => input,
  });
  return definePhase({ id, agent, maxAttempts, timeoutMs });
}

function moves(...pairs: readonly (readonly [string, string, unknown?])[]): readonly unknown[] {
  return pairs.map(([from, to, its = gate]) => ({ from, to, gate: its }));
}

const FINE = {
  phases: [phase('a'), phase('b')],
  transitions: moves(['a', 'b'], ['b', 'completed']),
};
const define = (part: object): unknown =>
  defineWorkflow({ id: 'flow', input: Text, ...FINE, ...part } as never);
const revising = (to: string): Gate<never> =>
  defineGate({ checks: [reviseOn(check, to)] }) as never;

test('a sound definition is taken, and frozen', () => {
  expect(Object.isFrozen(define({}))).toBe(true);
});

test.each<readonly [string, object, string]>([
  ['an id that is not kebab case', { id: 'My Flow' }, 'workflow "My Flow"'],
  ['no phase', { phases: [], transitions: [] }, 'at least one phase'],
  ['a phase twice', { phases: [phase('a'), phase('a')] }, 'phase "a"'],
  ['a phase called like an end', { phases: [phase('completed')] }, 'phase "completed"'],
  [
    'a phase called like a part of the state',
    { phases: [phase('artifacts')] },
    'phase "artifacts"',
  ],
  [
    'a phase called like a prototype key',
    { phases: [phase('constructor')] },
    'phase "constructor"',
  ],
  [
    'reads of an unknown phase',
    { phases: [phase('a'), phase('b', { reads: { c: Text } })] },
    'phase "b": expected reads of known phases, found "c"',
  ],
  ['a start at an unknown phase', { transitions: moves(['c', 'b']) }, 'found "c"'],
  ['a way to an unknown phase', { transitions: moves(['a', 'c']) }, 'found "c"'],
  ['a way into blocked', { transitions: moves(['a', 'blocked']) }, 'found "blocked"'],
  [
    'a pair twice',
    { transitions: [{ from: 'a', to: 'b', when: check, gate }, ...moves(['a', 'b'])] },
    'transition "a" to "b": expected each pair of phases once',
  ],
  [
    'a transition that can never be taken',
    { transitions: moves(['a', 'b'], ['a', 'completed'], ['b', 'completed']) },
    'transition "a" to "completed"',
  ],
  [
    'a transition without a gate',
    { transitions: moves(['a', 'b', null]) },
    'transition "a" to "b"',
  ],
  [
    'a gate without checks',
    { transitions: moves(['a', 'b', { bindings: [], digest: '' }]) },
    'a gate with checks',
  ],
  ['a phase that leads nowhere', { transitions: moves(['a', 'b']) }, 'phase "b"'],
  [
    'a phase that nothing leads to',
    { transitions: moves(['a', 'completed'], ['b', 'completed']) },
    'phase "b": expected a way to reach it from "a"',
  ],
  ['transitions in a circle', { transitions: moves(['a', 'b'], ['b', 'a']) }, 'lead forward'],
  [
    'a revision of an unknown phase',
    { transitions: moves(['a', 'b', revising('c')], ['b', 'completed']) },
    'check "check"',
  ],
  [
    'a revision of a later phase',
    { transitions: moves(['a', 'b', revising('b')], ['b', 'completed']) },
    'an earlier phase, found "b"',
  ],
  [
    'a loop without a bound',
    { transitions: moves(['a', 'b'], ['b', 'completed', revising('a')]) },
    'phase "a": expected maxAttempts of 2 or more',
  ],
  [
    'a question in a phase that runs once',
    {
      transitions: moves(['a', 'b', defineGate({ checks: [askOn(check)] })], ['b', 'completed']),
    },
    'phase "a": expected maxAttempts of 2 or more',
  ],
  ['a version that is no whole number', { version: 1.5 }, 'a version of 1 or more'],
  [
    'a migration to nowhere',
    { version: 2, migrations: [{ from: 2, migrate: (s: unknown) => s }] },
    'migrations from versions 1 to 1',
  ],
  [
    'a gap in the migrations',
    { version: 3, migrations: [{ from: 1, migrate: (s: unknown) => s }] },
    'a migration from version 2',
  ],
  [
    'two migrations from one version',
    {
      version: 2,
      migrations: [
        { from: 1, migrate: (s: unknown) => s },
        { from: 1, migrate: (s: unknown) => s },
      ],
    },
    'one migration for each version',
  ],
])('%s is refused, naming the place', (_name, part, place) => {
  expect(() => define(part)).toThrow(
    expect.objectContaining({
      code: 'WORKFLOW_INVALID_DEFINITION',
      message: expect.stringContaining(place),
    }),
  );
});

test.each([
  ['an id that is not kebab case', () => phase('Plan')],
  ['no attempt', () => phase('a', { maxAttempts: 0 })],
  ['a time that no timer can keep', () => phase('a', { timeoutMs: 2 ** 31 })],
  ['half an attempt', () => phase('a', { maxAttempts: 1.5 })],
])('a phase with %s is refused', (_name, make) => {
  expect(make).toThrow(expect.objectContaining({ code: 'WORKFLOW_INVALID_DEFINITION' }));
});
