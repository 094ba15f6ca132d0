import { expect, test } from 'vitest';

import type { Confirmation } from './artifact.ts';
import { describeStrategy } from './describe-strategy.ts';
import { requirements, strategy } from './fixtures/shown-fixture.ts';

const shown = { requirements, strategy, previous: undefined, reasons: [] };
const before: Confirmation = {
  decision: 'responded',
  strategy,
  comment: 'Only one email',
  decidedBy: 'reviewer',
  decidedAt: '2027-01-01T00:00:00.000Z',
};

test('shows the plan, where each choice comes from, and what an answer does', () => {
  expect(describeStrategy(shown)).toBe(`# Approve this plan?

**Evening courses**

Emails in sequence: 2 · segments: 2 · emails to write: 3
If you approve, the emails are written and checked. Nothing is sent.

- **Objective:** Fill the evening courses [1]
- **Call to action:** Register [2]
- **Tone:** Plain [1]
- **Subject lines** (at most 50 characters): Say what is inside [1]

## Segments

| Segment | Message | Rests on |
| --- | --- | --- |
| **Parents** | Two evenings for 40 €. | [3] [4] |
| **Neighbours** | Come along. | [5] |

## Sequence

1. **Announce the courses**
   - Day 0 · out by 2027-04-30 · to all segments
   - Subject line: Name the news
   - Tells: [4] · Rests on: [6]
2. **Last call**
   - Day 3 · out by 2027-05-03 · to Neighbours
   - Subject line: Name what ends
   - Tells: [6]

## Risks

- **One date decides** Begin early [6]

## Measures

- Registrations [1]

## Where it comes from

- [1] objective: “Fill the evening courses”
- [2] call-to-action: “Register” (an answer)
- [3] segment-1: “Parents: Have children at the school”
- [4] offer: “Two evenings for 40 €”
- [5] segment-2: “Neighbours”
- [6] deadline-1: “Registration closes on 4 May 2027”

## Your answer

- **Approve**: the emails are written exactly as planned here.
- **Edit**: your version is checked by the same rules and takes the place of this one.
- **Respond** with what to change: the plan is made again and comes back to you.
- **Reject**, if you can with a reason: the plan is made again; nothing is written until you approve.
`);
});

test.each([
  ['de', 'Diesen Plan freigeben?'],
  ['fr', 'Approuver ce plan ?'],
  ['es', '¿Aprobar este plan?'],
  ['it', 'Approvare questo piano?'],
  ['nl', 'Dit plan goedkeuren?'],
  ['pt', 'Aprovar este plano?'],
] as const)('speaks %s when the plan does', (language, heading) => {
  const text = describeStrategy({ ...shown, strategy: { ...strategy, language } });
  expect(text.startsWith(`# ${heading}`)).toBe(true);
  expect(text).not.toMatch(/[{}]/);
});

test('shows the text of others as text, whatever it is made of', () => {
  const hostile = '<img src=x> ![a](http://b) | **bold**\n# heading \u202e';
  const text = describeStrategy({ ...shown, strategy: { ...strategy, title: hostile } });
  expect(text).toContain('\\<img src=x\\> !\\[a\\](http://b) \\| \\*\\*bold\\*\\* # heading**');
});

test('says what changed since the comment that sent the plan back', () => {
  const shorter = { ...strategy, sequence: strategy.sequence.slice(0, 1) };
  const text = describeStrategy({ ...shown, strategy: shorter, previous: before });
  expect(text).toContain(
    '> **Your comment:** “Only one email”\n>\n> **Changed since then:** Sequence (2 → 1)\n',
  );
});

test('says that nothing changed when nothing did', () => {
  expect(describeStrategy({ ...shown, previous: before })).toContain(
    '> Nothing has changed since then.',
  );
});

test('says why the same question comes again', () => {
  const reasons = [
    { message: 'An email goes out after a deadline.', remedy: 'Give it an earlier date.' },
  ];
  expect(describeStrategy({ ...shown, previous: before, reasons })).toContain(
    '> **You are asked again, because:**\n> - An email goes out after a deadline. Give it an earlier date.',
  );
});

test('lists what is still open', () => {
  const open = {
    ...requirements,
    missing: ['sender.email'],
    withheld: [{ type: 'card', count: 2 }],
  };
  const text = describeStrategy({ ...shown, requirements: open });
  expect(text).toContain(
    '## Still open\n\n- The brief does not say: sender.email\n- Identifiers of persons that were left out: 2',
  );
});

test('marks a trace that leads nowhere', () => {
  const edited = { ...strategy, tone: { text: 'Loud', traces: ['nowhere'] } };
  expect(describeStrategy({ ...shown, strategy: edited })).toContain('- **Tone:** Loud [?]');
});

test('lists what of the brief was not used, as text, and how much there is besides', () => {
  const passages = Array.from({ length: 14 }, (_, index) => ({
    line: index + 3,
    start: index,
    end: index + 1,
    text: index === 0 ? 'The door is **green**.' : `Line ${index}`,
  }));
  const text = describeStrategy({
    ...shown,
    requirements: { ...requirements, notUsed: { passages, more: 5 } },
  });
  expect(text).toContain(
    '## Not used from the brief\n\n- line 3: “The door is \\*\\*green\\*\\*.”',
  );
  expect(text).toContain('- and 7 more passages');
  expect(describeStrategy(shown)).not.toContain('Not used');
});
