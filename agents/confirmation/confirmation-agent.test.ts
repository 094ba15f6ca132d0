import { expect, test } from 'vitest';

import {
  agentConformance,
  agentContext,
  agentTask,
  type ScriptedDecision,
} from '../../src/testing/index.ts';
import type { Confirmation } from './artifact.ts';
import { confirmStrategy, type ConfirmationTask } from './confirm-strategy.ts';
import { confirmationAgent } from './confirmation-agent.ts';
import { requirements, strategy } from './fixtures/shown-fixture.ts';

const task: ConfirmationTask = agentTask({
  input: { brief: 'A brief.' },
  artifacts: { requirements, strategy },
});
const edited = { ...strategy, title: 'Evening courses in May' };
const decisions: readonly ScriptedDecision[] = [
  { kind: 'approved' },
  { kind: 'edited', subject: edited },
  { kind: 'responded', comment: 'Shorter' },
  { kind: 'rejected', comment: 'No' },
  { kind: 'undecided' },
];
const cases = decisions.map((decision) => ({ name: decision.kind, task, decisions: [decision] }));

test.each(agentConformance(confirmationAgent, cases))('$name', async ({ run }) => {
  await expect(run()).resolves.toBeUndefined();
});

test('shows exactly the strategy that it asks about', () => {
  const context = agentContext({
    decisions: [{ kind: 'approved', at: '2027-01-01T00:00:00.000Z' }],
  });
  const confirmation = confirmStrategy(task, context);
  expect(context.requests[0]).toMatchObject({ action: 'approve-strategy', subject: strategy });
  expect(context.requests[0]?.description).toContain('# Approve this plan?');
  expect(confirmation).toEqual({
    decision: 'approved',
    strategy,
    comment: '',
    decidedBy: 'test-person',
    decidedAt: '2027-01-01T00:00:00.000Z',
  });
});

test('hands on what the person made of the strategy', () => {
  const context = agentContext({ decisions: [{ kind: 'edited', subject: edited }] });
  expect(confirmStrategy(task, context).strategy).toEqual(edited);
});

test('keeps the comment without control characters', () => {
  const context = agentContext({ decisions: [{ kind: 'rejected', comment: 'Too\u0000 long' }] });
  expect(confirmStrategy(task, context).comment).toBe('Too long');
});

test('shows a refused edit again with what was wrong with it', () => {
  const previous: Confirmation = {
    decision: 'edited',
    strategy: edited,
    comment: '',
    decidedBy: 'reviewer',
    decidedAt: '2027-01-01T00:00:00.000Z',
  };
  const reasons = [
    { check: 'confirmed-strategy.traced', message: 'It is not traced.', remedy: 'Trace it.' },
  ];
  const again = { ...task, previous, revision: { from: 'confirmation', reasons }, attempt: 2 };
  const context = agentContext({ decisions: [{ kind: 'approved' }] });
  expect(confirmStrategy(again, context).strategy).toEqual(edited);
  expect(context.requests[0]?.description).toContain('It is not traced. Trace it.');
});

test('lets an interrupt pass', () => {
  const interrupt = new Error('interrupt');
  const decide = (): never => {
    throw interrupt;
  };
  expect(() => confirmStrategy(task, { decide })).toThrow(interrupt);
});
