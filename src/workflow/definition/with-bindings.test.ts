import { MemorySaver } from '@langchain/langgraph';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { defineCheck, defineGate, readWaivers, type Waiver } from '../../validation/index.ts';
import { bindPolicy, loadPolicy } from '../../validation/rules/index.ts';
import {
  certainPhases,
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
  driveRun,
  factsSchema,
  recordedDecision,
  withBindings,
  type WorkflowShape,
} from '../index.ts';

const SEAL_KEY = new Uint8Array(32).fill(5);
const Claim = z.strictObject({ amount: z.number() });
const Draft = z.strictObject({ lines: z.int() });
const Paper = z.strictObject({ pages: z.int() });

const agentOf = <Artifact>(id: string, artifact: z.ZodType<Artifact>, made: Artifact) =>
  defineAgent({ id, input: Claim, artifact, reads: {}, simulated: () => made });
const always = defineCheck({
  id: 'always',
  reads: z.object({ input: z.object({ amount: z.number() }) }),
  message: 'Never said.',
  remedy: 'None.',
  evaluate: () => true,
});
const gate = defineGate({ checks: [always] });
const claims = defineWorkflow({
  id: 'claims',
  input: Claim,
  phases: [
    definePhase({ id: 'draft', agent: agentOf('draft', Draft, { lines: 2 }) }),
    definePhase({ id: 'paper', agent: agentOf('paper', Paper, { pages: 1 }) }),
  ],
  transitions: [
    { from: 'draft', to: 'paper', gate },
    { from: 'paper', to: 'completed', gate },
  ],
});

const policyText = JSON.stringify({
  id: 'house',
  version: '1.0.0',
  rules: [
    {
      id: 'limit',
      expression: 'input.amount <= 100.0',
      message: 'Above the limit.',
      remedy: 'Ask for less.',
    },
  ],
  bindings: [{ rules: ['*'], mode: 'deny', transitions: [{ from: 'draft', to: 'paper' }] }],
});
const bound = bindPolicy(loadPolicy(policyText, 'house.json'), {
  workflow: 'claims',
  profile: 'development',
  facts: factsSchema(claims),
  phases: ['draft', 'paper'],
  transitions: claims.transitions,
  artifactsAt: ({ from }) => certainPhases(claims, from),
});
const ruled = withBindings(claims, (move) => bound?.bindingsAt(move) ?? []);

const run = async (amount: number, waivers: readonly Waiver[] = []) => {
  const graph = compileWorkflow(ruled, {
    checkpointer: new MemorySaver(),
    sealKey: SEAL_KEY,
    waivers: () => waivers,
  });
  const message = { kind: 'start' as const, input: { amount } };
  const report = await driveRun(graph, { workflow: ruled, thread: 't', message });
  return { graph, report };
};

const [limit] = bound?.bindingsAt({ from: 'draft', to: 'paper' }) ?? [];
const waiver = {
  id: 'w-1',
  checkId: 'house.limit',
  checkDigest: limit?.check.digest ?? '',
  from: 'draft',
  to: 'paper',
  reason: 'A single event.',
  owner: 'team-a',
  approvedBy: 'controller-2',
  startsAt: new Date(Date.now() - 60_000).toISOString(),
  endsAt: new Date(Date.now() + 3_600_000).toISOString(),
};

test('what a policy adds to a gate holds a run, and what the gate asked before stays', async () => {
  const { report } = await run(900);
  expect(report).toMatchObject({ status: 'blocked', phase: 'blocked' });
  expect(report.verdicts[0]).toMatchObject({
    outcome: 'deny',
    checks: [{ id: 'always' }, { id: 'house.limit', outcome: 'fail' }],
  });
  expect((await run(90)).report.status).toBe('completed');
});

test('a waiver lets the failure pass, and stands in the verdict', async () => {
  const { report } = await run(900, readWaivers([waiver]));
  expect(report.status).toBe('completed');
  expect(report.verdicts[0]).toMatchObject({
    outcome: 'allow',
    checks: [{}, { id: 'house.limit', outcome: 'fail', mode: 'audit', waiver: 'w-1' }],
  });
});

test.each([
  ['has ended', { endsAt: new Date(Date.now() - 1000).toISOString() }],
  ['was given for the rule as it was before', { checkDigest: 'of-another-text' }],
  ['is for another rule', { checkId: 'house.other' }],
])('a waiver that %s lets nothing pass', async (_what, change) => {
  const { report } = await run(900, readWaivers([{ ...waiver, ...change }]));
  expect(report.status).toBe('blocked');
});

test('more to ask changes the digests of the gate and of the workflow', () => {
  expect(ruled.digest).not.toBe(claims.digest);
  expect(ruled.transitions[0]?.gate.digest).not.toBe(claims.transitions[0]?.gate.digest);
  expect(ruled.transitions[1]?.gate.digest).toBe(claims.transitions[1]?.gate.digest);
});

test('a check that the gate asks already is refused', () => {
  const twice = () =>
    withBindings(claims, () => [{ check: always, mode: 'deny', consequence: { kind: 'deny' } }]);
  expect(twice).toThrow('the check id "always" is taken twice');
});

test('each decision of a recorded run can be asked again', async () => {
  const { graph } = await run(90);
  const moves = new Set<string>();
  for await (const { values } of graph.getStateHistory({ configurable: { thread_id: 't' } })) {
    const asked = await recordedDecision(values, {
      workflow: ruled,
      sealKey: SEAL_KEY,
      thread: 't',
    });
    if (asked === undefined) continue;
    moves.add(`${asked.from} -> ${asked.to}`);
    expect(asked.facts).toMatchObject({ input: { amount: 90 } });
  }
  expect([...moves].toSorted()).toEqual(['draft -> paper', 'paper -> completed']);
});

test('certain are the phases that there is no way around', () => {
  const move = (from: string, to: string) => ({ from, to });
  const workflow = {
    phases: ['a', 'b', 'c', 'd'].map((id) => ({ id })),
    transitions: [
      move('a', 'b'),
      move('a', 'c'),
      move('b', 'd'),
      move('c', 'd'),
      move('d', 'completed'),
    ],
  } as unknown as WorkflowShape;
  expect([...certainPhases(workflow, 'd')]).toEqual(['a', 'd']);
  expect([...certainPhases(workflow, 'b')]).toEqual(['a', 'b']);
  expect([...certainPhases(workflow, 'a')]).toEqual(['a']);
});
