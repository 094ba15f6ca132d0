import { describe, expect, test } from 'vitest';

import { isCheckResult, type Check } from '../../src/validation/index.ts';
import type { SequenceStep, Strategy } from './artifact.ts';
import {
  confirmedStrategyChecks,
  strategyCoversSegments,
  strategyHonoursConstraints,
  strategySequenceOrdered,
  strategyTraced,
  strategyWithinDeadlines,
} from './checks.ts';
import { manufacturing, retail } from './fixtures/requirements-fixtures.ts';
import { simulateStrategy } from './simulated/simulate-strategy.ts';

const plan = planOf(retail);
const all = [
  strategyTraced,
  strategyCoversSegments,
  strategyWithinDeadlines,
  strategyHonoursConstraints,
  strategySequenceOrdered,
];

function planOf(requirements: typeof retail): Strategy {
  const common = { answers: [], previous: undefined, revision: undefined, attempt: 1 };
  return simulateStrategy({ input: { brief: 'A brief.' }, artifacts: { requirements }, ...common });
}

/** The paths that the check complains of; empty when it passes. */
function complaints<Facts>(check: Check<Facts>, facts: unknown): readonly string[] {
  const answer = check.evaluate(check.reads.parse(facts), AbortSignal.timeout(60_000));
  if (!isCheckResult(answer)) throw new TypeError('Expected a check result.');
  return answer.outcome === 'pass' ? [] : (answer.paths ?? ['?']);
}

function judged(strategy: Strategy, requirements = retail): unknown {
  return { artifacts: { requirements, strategy } };
}

function withStep(index: number, change: Partial<SequenceStep>): Strategy {
  return {
    ...plan,
    sequence: plan.sequence.map((step, at) => (at === index ? { ...step, ...change } : step)),
  };
}

test.each(all.map((check) => [check.id, check] as const))(
  '%s passes a sound plan',
  (_id, check) => {
    expect(complaints(check, judged(plan))).toEqual([]);
    expect(complaints(check, judged(planOf(manufacturing), manufacturing))).toEqual([]);
  },
);

describe('strategy.traced', () => {
  test('refuses a trace and a fact that the requirements do not hold', () => {
    const strategy = {
      ...withStep(1, { facts: ['key-message-9'] }),
      tone: { text: 'Plain', traces: ['x'] },
    };
    expect(complaints(strategyTraced, judged(strategy))).toEqual([
      'artifacts.strategy.tone.traces',
      'artifacts.strategy.sequence[1].facts',
    ]);
  });
});

describe('strategy.covers-segments', () => {
  test('refuses a plan that leaves a segment out', () => {
    const strategy = { ...plan, segments: plan.segments.slice(0, 1) };
    expect(complaints(strategyCoversSegments, judged(strategy))).toContain(
      'artifacts.strategy.segments',
    );
  });

  test('refuses a segment that gets no email', () => {
    const sequence = plan.sequence.map((step) => ({ ...step, segments: ['segment-1'] }));
    expect(complaints(strategyCoversSegments, judged({ ...plan, sequence }))).toEqual([
      'artifacts.strategy.segments',
    ]);
  });

  test('refuses an email to a segment that nobody asked for', () => {
    expect(
      complaints(strategyCoversSegments, judged(withStep(0, { segments: ['everyone'] }))),
    ).toEqual(['artifacts.strategy.sequence[0].segments']);
  });
});

describe('strategy.within-deadlines', () => {
  test.each([
    ['a date after the deadline', withStep(3, { notAfter: '2027-11-01' })],
    ['no date though something ends', withStep(3, { notAfter: null })],
    ['a date too close to the email before', withStep(3, { dayOffset: 25 })],
  ])('refuses %s', (_what, strategy) => {
    expect(complaints(strategyWithinDeadlines, judged(strategy))).toEqual([
      'artifacts.strategy.sequence[3].notAfter',
    ]);
  });

  test('takes the deadline day itself', () => {
    expect(
      complaints(strategyWithinDeadlines, judged(withStep(3, { notAfter: '2027-10-31' }))),
    ).toEqual([]);
  });

  test('refuses a last call and a date where nothing ends', () => {
    const endless = { ...retail, deadlines: [] };
    expect(complaints(strategyWithinDeadlines, judged(plan, endless))).toHaveLength(
      plan.sequence.length,
    );
  });

  test('refuses a first email after the day on which the campaign must have begun', () => {
    const strategy = planOf(manufacturing);
    const sequence = strategy.sequence.map((step, index) =>
      index === 0 ? { ...step, notAfter: '2027-05-04' } : step,
    );
    expect(
      complaints(strategyWithinDeadlines, judged({ ...strategy, sequence }, manufacturing)),
    ).toContain('artifacts.strategy.sequence[0].notAfter');
  });
});

describe('strategy.honours-constraints', () => {
  test.each([
    ['what must not be said', 'Cheap jackets'],
    ['a share that the brief does not hold', 'Now 25% off'],
    ['a date that the brief does not hold', 'Until 30 October 2027'],
    ['a price that the brief does not hold', 'Only 20 €'],
    ['a code that the brief does not hold', 'With AUTUMN27'],
  ])('refuses %s', (_what, title) => {
    expect(complaints(strategyHonoursConstraints, judged(withStep(0, { title })))).toEqual([
      'artifacts.strategy.sequence[0].title',
    ]);
  });

  test('takes figures that the brief holds, however they are written', () => {
    const title = '20 percent off, until 31.10.2027';
    expect(complaints(strategyHonoursConstraints, judged(withStep(0, { title })))).toEqual([]);
  });
});

describe('the call to action', () => {
  const asking = (text: string) =>
    judged({ ...plan, callToAction: { text, traces: ['call-to-action'] } });

  test.each([
    'Get your free iPhone',
    'Book your iPhone',
    'Lowest price in Europe',
    'Doctor recommended cure',
    'Totally free forever',
    'Book your f r e e trade-in',
    'Book your fr33 trade-in',
    'Book at evil.example.net',
  ])('refuses "%s", which the brief does not hold', (text) => {
    expect(complaints(strategyHonoursConstraints, asking(text))).toEqual([
      'artifacts.strategy.callToAction.text',
    ]);
  });

  test.each(['Book your trade-in', 'Book the trade-in now', 'Read more', 'Learn more'])(
    'takes "%s"',
    (text) => {
      expect(complaints(strategyHonoursConstraints, asking(text))).toEqual([]);
    },
  );
});

describe('strategy.sequence-ordered', () => {
  test('refuses a late start, a step back and an id that is used twice', () => {
    const [first, second] = plan.sequence;
    if (first === undefined || second === undefined) throw new TypeError('Expected two steps.');
    const sequence = [
      { ...first, dayOffset: 1 },
      { ...second, id: first.id, dayOffset: 0 },
    ];
    expect(complaints(strategySequenceOrdered, judged({ ...plan, sequence }))).toEqual([
      'artifacts.strategy.sequence[0].dayOffset',
      'artifacts.strategy.sequence[1].id',
      'artifacts.strategy.sequence[1].dayOffset',
    ]);
  });
});

test('asks the same questions of the plan that a person made', () => {
  const edited = withStep(0, { title: 'Now 25% off' });
  const facts = {
    artifacts: { requirements: retail, confirmation: { decision: 'edited', strategy: edited } },
  };
  const answers = Object.values(confirmedStrategyChecks).flatMap((check) =>
    complaints(check, facts),
  );
  expect(answers).toEqual(['artifacts.confirmation.strategy.sequence[0].title']);
});

test('gives every check an id of its own', () => {
  const ids = [...all, ...Object.values(confirmedStrategyChecks)].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
