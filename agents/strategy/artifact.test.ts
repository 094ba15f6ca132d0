import fc from 'fast-check';
import { expect, test } from 'vitest';

import { reviewComment, reviewMessage, Strategy } from './artifact.ts';
import { retail } from './fixtures/requirements-fixtures.ts';
import { simulateStrategy } from './simulated/simulate-strategy.ts';

test('gives back every comment that was put into a message', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('rejected', 'responded'),
      fc.string({ unit: 'grapheme' }),
      (decision, comment) => {
        const expected = comment.trim() === '' ? '' : comment;
        expect(reviewComment(reviewMessage(decision, comment))).toBe(expected);
      },
    ),
  );
});

test('takes no other message for a comment', () => {
  expect(reviewComment('The emails are not in order.')).toBeUndefined();
  expect(reviewComment('The strategy was rejected by nobody')).toBeUndefined();
});

const common = { answers: [], previous: undefined, revision: undefined, attempt: 1 };
const planFor = (requirements: typeof retail): Strategy =>
  simulateStrategy({ input: { brief: 'A brief.' }, artifacts: { requirements }, ...common });
const plan = planFor(retail);
const steps = (count: number): Strategy['sequence'] =>
  Array.from({ length: count }, (_, index) =>
    plan.sequence.map((step) => ({ ...step, id: `step-${index}` })),
  )
    .flat()
    .slice(0, count);

test.each([
  ['300 steps', { ...plan, sequence: steps(300) }, 'sequence'],
  [
    'more emails than anybody reads',
    {
      ...plan,
      sequence: steps(50).map((step) => ({
        ...step,
        segments: Array.from({ length: 7 }, () => 'segment-1'),
      })),
    },
    'sequence',
  ],
  [
    'an action of 100 KB',
    { ...plan, callToAction: { text: 'a'.repeat(100_000), traces: ['offer'] } },
    'callToAction',
  ],
  [
    'a very long id',
    { ...plan, sequence: steps(1).map((step) => ({ ...step, id: 'a'.repeat(121) })) },
    'sequence',
  ],
])('refuses a plan with %s and says where', (_, strategy, path) => {
  const { error } = Strategy.safeParse(strategy);
  expect(error?.issues.map((issue) => issue.path[0])).toEqual([path]);
});

test('the simulated planner stays within the limits whatever the length of the requirements', () => {
  const long = (id: string) => ({
    ...retail.objective,
    id,
    text: `${'Long words about jackets. '.repeat(80)}${id}`,
    sources: retail.audience[0]?.sources ?? [],
  });
  const many = (id: string, count: number) =>
    Array.from({ length: count }, (_, index) => long(`${id}-${index}`));
  const strategy = planFor({
    ...retail,
    title: long('title'),
    objective: long('objective'),
    offer: long('offer'),
    tone: long('tone'),
    callToAction: long('call-to-action'),
    audience: many('segment', 20).map(({ id, text, sources }) => ({
      id,
      sources,
      name: text,
      description: text,
    })),
    keyMessages: many('key-message', 60),
    constraints: {
      mustSay: many('must-say', 20),
      mustNotSay: many('must-not-say', 200).map((fact) => ({ ...fact, text: fact.id })),
      exemptions: [],
    },
    complianceNotes: many('compliance', 100),
    deadlines: many('deadline', 60).map((deadline) => ({ ...deadline, date: '2027-10-31' })),
    metrics: many('metric', 60),
  });
  expect(Strategy.safeParse(strategy).error).toBeUndefined();
});
