import fc from 'fast-check';
import { expect, test } from 'vitest';

import { canonicalJson } from '../../../src/kernel/index.ts';
import type { Requirements } from '../../requirements/artifact.ts';
import { reviewMessage, Strategy } from '../artifact.ts';
import { arbitraryRequirements } from '../fixtures/arbitrary-requirements.ts';
import { fact, manufacturing, minimal, retail } from '../fixtures/requirements-fixtures.ts';
import {
  breachesOfConstraints,
  breachesOfCoverage,
  breachesOfDeadlines,
  breachesOfOrder,
  breachesOfTracing,
} from '../judging/judge-plan.ts';
import { simulateStrategy, type StrategyTask } from './simulate-strategy.ts';

function taskOf(requirements: Requirements): StrategyTask {
  return {
    input: { brief: 'A brief.' },
    artifacts: { requirements },
    answers: [],
    previous: undefined,
    revision: undefined,
    attempt: 1,
  };
}

function plan(requirements: Requirements): Strategy {
  return simulateStrategy(taskOf(requirements));
}

function breaches(requirements: Requirements, strategy: Strategy): readonly string[] {
  const facts = { requirements, strategy };
  return [
    ...breachesOfTracing(facts),
    ...breachesOfCoverage(facts),
    ...breachesOfDeadlines(facts),
    ...breachesOfConstraints(facts),
    ...breachesOfOrder(facts),
  ];
}

test('makes a plan that keeps every rule from any requirements', () => {
  fc.assert(
    fc.property(arbitraryRequirements, (requirements) => {
      const strategy = plan(requirements);
      expect(Strategy.safeParse(strategy).error).toBeUndefined();
      expect(breaches(requirements, strategy)).toEqual([]);
    }),
    {
      numRuns: 100,
      examples: [[{ ...retail, callToAction: fact('call-to-action', 'e\u0301$5ß') }]],
    },
  );
});

test('keeps every rule whatever a reviewer writes', () => {
  const words = fc.constantFrom(
    'only',
    'two',
    '7',
    'emails',
    'no',
    'reminder',
    'drop',
    'last',
    'shorter',
    'free',
    '50%',
  );
  const more = fc.constantFrom(
    'more formal',
    'focus on',
    'workshop',
    'kürzer',
    'Betreff',
    'nur',
    'Mails',
    '.',
    ',',
  );
  const comments = fc.oneof(
    fc.array(fc.oneof(words, more), { maxLength: 10 }).map((list) => list.join(' ')),
    fc.string({ unit: 'grapheme', maxLength: 80 }).map((text) => text.toWellFormed()),
  );
  fc.assert(
    fc.property(arbitraryRequirements, comments, (requirements, comment) => {
      const previous = plan(requirements);
      const reasons = [
        { check: 'any', message: reviewMessage('rejected', comment), remedy: 'Change it.' },
      ];
      const strategy = simulateStrategy({
        ...taskOf(requirements),
        previous,
        revision: { from: 'confirmation', reasons },
      });
      expect(Strategy.safeParse(strategy).error).toBeUndefined();
      expect(breaches(requirements, strategy)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('gives the same bytes for the same requirements', () => {
  fc.assert(
    fc.property(arbitraryRequirements, (requirements) => {
      const copy = structuredClone(requirements);
      expect(canonicalJson(plan(requirements))).toBe(canonicalJson(plan(copy)));
    }),
  );
});

test('changes with the offer exactly what says that it rests on the offer', () => {
  const dearer = structuredClone(retail);
  if (dearer.offer !== null) dearer.offer.text = dearer.offer.text.replace('20%', '15%');
  const [before, after] = [plan(retail), plan(dearer)];
  const elements = (strategy: Strategy): readonly { readonly traces: readonly string[] }[] => [
    strategy.objective,
    strategy.tone,
    ...strategy.segments,
    ...strategy.sequence,
    strategy.subjectLines,
    strategy.callToAction,
    ...strategy.risks,
    ...strategy.measures,
  ];
  const changed = elements(before).filter(
    (element, index) => canonicalJson(element) !== canonicalJson(elements(after)[index]),
  );
  expect(changed.length).toBeGreaterThan(0);
  for (const { traces } of changed) expect(traces).toContain('offer');
  expect(JSON.stringify(after)).not.toContain('20%');
  expect(after.title).toBe(before.title);
});

test('gives each segment the key message that speaks of it', () => {
  const [hikers, lapsed] = plan(retail).segments;
  expect(hikers?.traces).toContain('key-message-3');
  expect(lapsed?.traces).toContain('key-message-2');
  expect(lapsed?.message).toContain('rainy bike ride');
});

test('times the last call a day before the deadline and the others before it', () => {
  const steps = plan(retail).sequence.map(({ purpose, dayOffset, notAfter }) => [
    purpose,
    dayOffset,
    notAfter,
  ]);
  expect(steps).toEqual([
    ['announce', 0, '2027-10-20'],
    ['explain', 3, '2027-10-23'],
    ['remind', 7, '2027-10-27'],
    ['last-call', 10, '2027-10-30'],
  ]);
});

test('fits the sequence between start and deadline, and gives a later deadline a last call of its own', () => {
  const strategy = plan(manufacturing);
  const [first] = strategy.sequence;
  expect(first?.notAfter).toBe('2027-05-03');
  expect(
    strategy.sequence
      .filter(({ purpose }) => purpose === 'last-call')
      .map(({ notAfter }) => notAfter),
  ).toEqual(['2027-05-13', '2027-05-27']);
});

test('spreads the emails over the time between start and deadline', () => {
  const opening = {
    id: 'deadline-0',
    text: 'First email goes out on 1 October 2027',
    date: '2027-10-01',
  };
  const deadlines = [
    { ...opening, sources: retail.deadlines[0]?.sources ?? [] },
    ...retail.deadlines,
  ];
  const { sequence } = plan({ ...retail, deadlines });
  expect(sequence.map(({ dayOffset }) => dayOffset)).toEqual([0, 8, 20, 29]);
  expect(sequence.at(-1)?.notAfter).toBe('2027-10-30');
});

test('tells no reader when the first email is due', () => {
  const facts = plan(manufacturing).sequence.flatMap((step) => [...step.facts, ...step.traces]);
  expect(facts).not.toContain('deadline-1');
});

test('explains before it presses where rules of a trade bind what may be said', () => {
  const explain = plan(manufacturing).sequence.find(({ purpose }) => purpose === 'explain');
  expect(explain?.traces).toEqual(expect.arrayContaining(['compliance-1', 'compliance-2']));
});

test('plans no last call where nothing ends', () => {
  const strategy = plan({ ...retail, deadlines: [] });
  expect(strategy.sequence.map(({ purpose }) => purpose)).toEqual([
    'announce',
    'explain',
    'follow-up',
  ]);
  expect(strategy.sequence.every(({ notAfter }) => notAfter === null)).toBe(true);
});

test('plans as many emails as the brief asks for, and says so', () => {
  const channels = retail.channels.map((channel) => ({
    ...channel,
    text: 'A series of three emails',
  }));
  const { sequence } = plan({ ...retail, channels });
  expect(sequence).toHaveLength(3);
  expect(sequence.every(({ traces }) => traces.includes('channel-1'))).toBe(true);
});

test('tells nothing that the brief rules out, and names the conflict', () => {
  const keyMessages = [
    { id: 'key-message-1', text: 'It is cheap.', sources: retail.keyMessages[0]?.sources ?? [] },
  ];
  const strategy = plan({ ...retail, keyMessages });
  expect(JSON.stringify(strategy)).not.toContain('cheap');
  expect(strategy.sequence.flatMap(({ facts }) => facts)).not.toContain('key-message-1');
  expect(
    strategy.risks.some(
      ({ traces }) => traces.includes('key-message-1') && traces.includes('must-not-say-1'),
    ),
  ).toBe(true);
});

test('measures what the brief names, and rates without targets where it names nothing', () => {
  expect(plan(retail).measures.map(({ text }) => text)).toEqual([
    '400 traded-in jackets',
    'Click rate above 4%',
  ]);
  expect(JSON.stringify(plan(minimal).measures)).not.toMatch(/\d/);
});

test.each([
  ['audience', { ...minimal, audience: [] }],
  ['content', { ...minimal, objective: null }],
])('says that there is nothing to plan from without %s', (missing, requirements) => {
  expect(() => plan(requirements)).toThrow(
    expect.objectContaining({ code: 'STRATEGY_NOTHING_TO_PLAN', details: { missing } }),
  );
});

test('names the date of the objective as such, and times no email by it', () => {
  const sources = retail.deadlines[0]?.sources ?? [];
  const objective = { id: 'objective', text: 'Sell 300 jackets by 20 October 2027', sources };
  const goal = { id: 'deadline-9', text: objective.text, date: '2027-10-20', sources };
  const before = plan({ ...retail, objective });
  const after = plan({ ...retail, objective, deadlines: [...retail.deadlines, goal] });
  expect(after.sequence).toEqual(before.sequence);
  const said = after.risks.filter(({ traces }) => traces.includes('deadline-9'));
  expect(said.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^The objective is measured on a date of its own/u),
  ]);
});

test('promises of withheld identifiers no more than was done', () => {
  const withheld = [{ type: 'ssn', count: 1 }];
  const texts = plan({ ...retail, withheld }).risks.map(({ text }) => text);
  expect(texts.join(' ')).toMatch(/names of persons are not recognised and may remain/u);
  expect(texts.join(' ')).not.toMatch(/everywhere/u);
});

test('opens with what the brief says to a segment alone, and says what it needs', () => {
  const [first, ...others] = retail.audience;
  if (first === undefined) throw new Error('Expected a segment.');
  const details = [
    { kind: 'need' as const, text: 'dry feet' },
    { kind: 'message' as const, text: 'Boots are soled again while you wait' },
  ];
  const strategy = plan({ ...retail, audience: [{ ...first, details }, ...others] });
  expect(strategy.segments[0]?.message).toMatch(
    /^Open with: Boots are soled again while you wait\./u,
  );
  expect(strategy.segments[0]?.message).toContain('What they need: dry feet.');
});
