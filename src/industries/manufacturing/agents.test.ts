import fc from 'fast-check';
import { expect, test } from 'vitest';

import { exampleText, simulateRun } from '../fixtures/simulate-run.ts';
import { Deviation } from './facts.ts';
import { acceptance, samplingPlan } from './sampling-plan.ts';
import { manufacturingTrade as trade } from './trade.ts';

const deviation = Deviation.parse(
  trade.inputFrom(exampleText('manufacturing', 'shaft-diameter.json')),
);
const decisions = [{ by: 'quinn.adeyemi' }];

// Computed with exact binomial coefficients of whole numbers (Python, math.comb).
test.each([
  [10_000, 1, 5, 132, 3],
  [100_000, 0.65, 4, 166, 3],
  [2000, 1, 5, 130, 3],
  [1200, 1, 6.5, 79, 2],
  [1200, 0.65, 4, 127, 2],
  [500, 1, 6.5, 76, 2],
  [50, 1, 10, 18, 0],
])(
  'a lot of %i with %f %% acceptable and %f %% limiting: %i units, at most %i nonconforming',
  (...[lot, acceptable, limiting, size, accept]) => {
    expect(samplingPlan(lot, { acceptable, limiting })).toMatchObject({ size, accept });
  },
);

test('the risks of a plan are those of its figures', () => {
  const plan = samplingPlan(10_000, { acceptable: 1, limiting: 5 });
  expect(plan).toEqual({ size: 132, accept: 3, producerRisk: 4.31, consumerRisk: 9.77 });
});

test('where no sample keeps both risks, because good is worse than bad, the whole lot is inspected', () => {
  expect(samplingPlan(12, { acceptable: 50, limiting: 10 })).toEqual({
    size: 12,
    accept: 0,
    producerRisk: 0,
    consumerRisk: 0,
  });
});

const lots = fc.record({
  lot: fc.integer({ min: 1, max: 4000 }),
  acceptable: fc.integer({ min: 0, max: 250 }).map((share) => share / 100),
  limiting: fc.integer({ min: 300, max: 1000 }).map((share) => share / 100),
});

test('a plan never inspects more than the lot, and keeps both risks', () => {
  fc.assert(
    fc.property(lots, ({ lot, acceptable, limiting }) => {
      const plan = samplingPlan(lot, { acceptable, limiting });
      expect(plan.size).toBeLessThanOrEqual(lot);
      expect(plan.accept).toBeLessThan(Math.max(1, plan.size));
      expect(plan.consumerRisk).toBeLessThanOrEqual(10);
      expect(plan.producerRisk).toBeLessThanOrEqual(5);
    }),
    { numRuns: 200 },
  );
});

test('one unit fewer would accept bad lots too often', () => {
  const bad = Math.ceil(1200 * 0.065);
  expect(acceptance({ lot: 1200, bad, size: 79, accept: 2 })).toBeLessThanOrEqual(0.1);
  expect(acceptance({ lot: 1200, bad, size: 78, accept: 2 })).toBeGreaterThan(0.1);
});

test('the plan does with the lot what the sample says, and prevents what came back', async () => {
  const { report } = await simulateRun(trade, deviation, { decisions });
  expect(report.status).toBe('completed');
  expect(report.artifacts['report']).toMatchObject({ lotAction: 'sort', latestDue: 30 });
  expect(report.artifacts['containment']).toMatchObject({ recurrences: 1, outside: 3 });
  const kinds = (report.artifacts['capa'] as { kinds: readonly string[] }).kinds;
  expect(kinds).toEqual(['correction', 'corrective', 'preventive', 'verification']);
});

test.each([
  [{ machine: { ...deviation.machine, running: true, interlock: 'bypassed' } }, 'safety-stop'],
  [{ inspection: { inspected: 78, nonconforming: 2 } }, 'sampled'],
  [{ whys: ['Because.'] }, 'cause-known'],
  [{ raisedOn: '2026-10-01' }, 'calibrated'],
])('%j blocks the run', async (change, rule) => {
  const { report } = await simulateRun(trade, { ...deviation, ...change }, { decisions });
  expect(report.status).toBe('blocked');
  const failed = report.verdicts.at(-1)?.checks.filter(({ outcome }) => outcome === 'fail');
  expect(failed?.map(({ id }) => id)).toEqual([`deviation.${rule}`]);
});

test('a plan that was edited so that it does not hold is not reported', async () => {
  const first = await simulateRun(trade, deviation, { decisions });
  const { plan } = first.report.artifacts['capa'] as { plan: object };
  const answer = { decision: 'edit', subject: { ...plan, lotAction: 'release' } };
  const { report } = await simulateRun(trade, deviation, {
    decisions: [{ by: 'quinn.adeyemi', answer: JSON.parse(JSON.stringify(answer)) }],
  });
  expect(report.status).toBe('blocked');
});
