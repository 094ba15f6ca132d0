import { expect, test } from 'vitest';

import { retail } from '../fixtures/requirements-fixtures.ts';
import { gatherMaterial } from '../simulated/gather-material.ts';
import { planStrategy } from '../simulated/plan-strategy.ts';
import type { Requirements } from '../../requirements/artifact.ts';
import { sendPlan } from './send-dates.ts';

const days = (requirements: Requirements) => {
  const strategy = planStrategy(gatherMaterial(requirements));
  return strategy.sequence.map((step) => sendPlan(requirements, strategy)(step).on);
};
const opening = {
  id: 'deadline-0',
  text: 'First email goes out on 1 October 2027',
  date: '2027-10-01',
  sources: [{ kind: 'brief' as const, start: 0, end: 1 }],
};

test('counts the days from the start that the brief gives', () => {
  const deadlines = [opening, ...retail.deadlines];
  expect(days({ ...retail, deadlines })).toEqual([
    '2027-10-01',
    '2027-10-09',
    '2027-10-21',
    '2027-10-30',
  ]);
});

test('counts back from what ends where the brief gives no start', () => {
  expect(days(retail)).toEqual(['2027-10-20', '2027-10-23', '2027-10-27', '2027-10-30']);
});

test('gives no day where the brief holds no date', () => {
  expect(days({ ...retail, deadlines: [] })).toEqual([null, null, null]);
});

test('moves no email past the last day of its step', () => {
  const deadlines = [opening, ...retail.deadlines];
  const requirements = { ...retail, deadlines };
  const { sequence, ...strategy } = planStrategy(gatherMaterial(requirements));
  const early = sequence.map((step) => ({ ...step, notAfter: step.notAfter && '2027-09-24' }));
  const plan = sendPlan(requirements, { ...strategy, sequence: early });
  expect(early.map((step) => plan(step).on)).toEqual(early.map(() => '2027-09-24'));
});
