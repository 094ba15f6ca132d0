import { Command, MemorySaver } from '@langchain/langgraph';
import { expect, test } from 'vitest';
import { z } from 'zod';

import type { AuditSink } from '../../audit/index.ts';
import { bindStandard, defineCompliance, defineStandard } from '../../compliance/index.ts';
import type { Principal } from '../../state/index.ts';
import { defineCheck, defineGate } from '../../validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
  withStandards,
} from '../index.ts';
import { houseStandard } from '../fixtures/house-standard.ts';

const Payment = z.strictObject({ amount: z.number() });
const Decided = z.strictObject({ payment: Payment, yes: z.boolean() });

const person = (id: string, kind: Principal['kind'] = 'person'): Principal => ({
  id,
  kind,
  roles: ['controller'],
  authenticated: true,
  source: 'test',
});

/** A phase in which a person decides about the payment as it was asked for. */
const approving = (id: string) =>
  defineAgent({
    id,
    input: Payment,
    artifact: Decided,
    reads: {},
    simulated: ({ input }, { decide }) => {
      const { kind, subject } = decide({
        action: 'approve-payment',
        description: 'Pay?',
        subject: input,
        schema: Payment,
      });
      return { payment: subject, yes: kind === 'approved' };
    },
  });

const agreed = defineCheck({
  id: 'agreed',
  reads: z.object({ input: Payment }),
  message: 'Never said.',
  remedy: 'None.',
  evaluate: () => true,
});
const gateOf = (phase: 'first' | 'second') =>
  defineGate({
    checks: [agreed],
    approval: {
      subject: (facts: { artifacts: Record<typeof phase, z.infer<typeof Decided>> }) =>
        facts.artifacts[phase].payment,
      roles: [],
      validForMs: 60_000,
    },
  });
const payments = defineWorkflow({
  id: 'payments',
  input: Payment,
  phases: [
    // Who began a run is kept with the first phase that ends.
    definePhase({
      id: 'intake',
      agent: defineAgent({
        id: 'intake',
        input: Payment,
        artifact: Payment,
        reads: {},
        simulated: ({ input }) => input,
      }),
    }),
    definePhase({ id: 'first', agent: approving('first'), maxAttempts: 2 }),
    definePhase({ id: 'second', agent: approving('second'), maxAttempts: 2 }),
  ],
  transitions: [
    { from: 'intake', to: 'first', gate: defineGate({ checks: [agreed] }) },
    { from: 'first', to: 'second', gate: gateOf('first') },
    { from: 'second', to: 'completed', gate: gateOf('second') },
  ],
});
const house = houseStandard([
  { id: 'DUTIES', controls: ['1'], primitive: 'sod.distinct' },
  { id: 'QUORUM', controls: ['2'], primitive: 'approval.quorum', parameters: { n: 2 } },
  { id: 'HUMAN', controls: ['3'], primitive: 'approval.human' },
  { id: 'ALLOWED', controls: ['4'], primitive: 'rbac.denydefault' },
]);
const bound = withStandards(
  payments,
  defineCompliance({
    standards: [bindStandard(house)],
    tags: { 'second -> completed': ['approval', 'effect'] },
  }),
);
const identities = ['anna', 'bo', 'cleo', 'script-1'].map((id) => ({
  id,
  kind: 'human' as const,
  shared: false,
}));
const agents = ['intake', 'first', 'second'].map((id) => ({
  id,
  kind: 'agent' as const,
  owner: 'finance-ops',
  shared: false,
}));

/** Begins a run as Anna; the two others decide. */
async function pay(first: Principal, second: Principal) {
  let seq = 0;
  const audit: AuditSink = {
    append: async () => ({ chain: 'test', seq: (seq += 1), hash: '0'.repeat(64), repeated: false }),
  };
  let who = person('anna');
  const graph = compileWorkflow(bound, {
    checkpointer: new MemorySaver(),
    sealKey: new Uint8Array(32).fill(3),
    identify: () => who,
    complianceFacts: () => ({ identities: [...identities, ...agents] }),
    audit,
  });
  const config = { configurable: { thread_id: 't' } };
  await graph.invoke({ input: { amount: 900 } }, config);
  const yes = new Command({ resume: [{ type: 'accept', args: null }] });
  who = first;
  await graph.invoke(yes, config);
  who = second;
  const { run, history } = await graph.invoke(yes, config);
  const checks = history.at(-1)?.verdict?.checks ?? [];
  const told = checks.map(({ id, outcome }) => [id, outcome] as const);
  return { status: run?.status, ...Object.fromEntries(told) };
}

const ALL_PASS = {
  'house.duties': 'pass',
  'house.quorum': 'pass',
  'house.human': 'pass',
  'house.allowed': 'pass',
};

test('two people who did not ask for it let a payment through', async () => {
  expect(await pay(person('bo'), person('cleo'))).toMatchObject({
    status: 'completed',
    ...ALL_PASS,
  });
});

test('who asked for it is not among those who approve', async () => {
  expect(await pay(person('bo'), person('anna'))).toMatchObject({
    status: 'blocked',
    ...ALL_PASS,
    'house.duties': 'fail',
  });
});

test('one person who approves twice is one person', async () => {
  expect(await pay(person('bo'), person('bo'))).toMatchObject({
    status: 'blocked',
    ...ALL_PASS,
    'house.quorum': 'fail',
  });
});

test('scripts that approve are no humans', async () => {
  expect(await pay(person('script-1', 'script'), person('bo', 'script'))).toMatchObject({
    status: 'blocked',
    ...ALL_PASS,
    'house.human': 'fail',
  });
});

test('somebody whom nobody knows cannot be told apart, which denies', async () => {
  expect(await pay(person('bo'), person('stranger'))).toMatchObject({
    status: 'blocked',
    ...ALL_PASS,
    'house.duties': 'undetermined',
  });
});

/** The outcome of checks at the last gate, of a run that whoever compiles gives so many steps. */
async function judgedWith(steps: number): Promise<Readonly<Record<string, string>>> {
  const standard = defineStandard({
    id: 'limits',
    title: 'Limits',
    source: 'Our own',
    note: 'For tests.',
    version: '1.0.0',
    extent: { unit: 'rules', total: null },
    checks: [
      { id: 'BUDGET', controls: ['1'], primitive: 'budget.limits' },
      { id: 'FIELDS', controls: ['2'], primitive: 'pii.minimise' },
      { id: 'RECORDS', controls: ['3'], primitive: 'audit.complete' },
      { id: 'RECORD', controls: ['4'], primitive: 'audit.fields' },
      { id: 'TIMES', controls: ['5'], primitive: 'session.expiry' },
    ],
    neverAttestable: ['Taste'],
  });
  const compliance = defineCompliance({ standards: [bindStandard(standard, { mode: 'audit' })] });
  const most = { used: 0, limit: 1_000_000_000 };
  const graph = compileWorkflow(withStandards(payments, compliance), {
    checkpointer: new MemorySaver(),
    sealKey: new Uint8Array(32).fill(3),
    identify: () => person('bo'),
    complianceFacts: () => ({
      // What is used is counted here, whatever is supplied.
      budget: { steps: { used: 0, limit: steps }, tokens: most, costUsd: most, wallClockMs: most },
    }),
    audit: {
      append: async () => ({ chain: 'test', seq: 1, hash: '0'.repeat(64), repeated: false }),
    },
  });
  const config = { configurable: { thread_id: 't' } };
  await graph.invoke({ input: { amount: 900 } }, config);
  const yes = new Command({ resume: [{ type: 'accept', args: null }] });
  await graph.invoke(yes, config);
  const { history } = await graph.invoke(yes, config);
  const checks = history.at(-1)?.verdict?.checks ?? [];
  return Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome]));
}

test('what is spent of a budget is counted by the run, and what it records and hands on is known', async () => {
  const whole = {
    'limits.budget': 'pass',
    'limits.fields': 'pass',
    'limits.records': 'pass',
    'limits.record': 'pass',
    'limits.times': 'pass',
  };
  expect(await judgedWith(4)).toMatchObject(whole);
  expect(await judgedWith(3)).toMatchObject({ ...whole, 'limits.budget': 'fail' });
});
