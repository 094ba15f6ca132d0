import { expect, test } from 'vitest';

import type { Requirements } from '../../../requirements/artifact.ts';
import type { Strategy } from '../../artifact.ts';
import { manufacturing, minimal, retail } from '../../fixtures/requirements-fixtures.ts';
import { gatherMaterial } from '../gather-material.ts';
import { planStrategy } from '../plan-strategy.ts';
import { applyComment } from './apply-comment.ts';

function reviewed(requirements: Requirements, ...comments: readonly string[]): Strategy {
  const material = gatherMaterial(requirements);
  return comments.reduce(
    (plan, comment) => applyComment(plan, comment, material),
    planStrategy(material),
  );
}

function purposes(plan: Strategy): readonly string[] {
  return plan.sequence.map(({ purpose }) => purpose);
}

test.each([
  ['Only two emails, please.', ['announce', 'last-call']],
  ['fewer than 3 mails', ['announce', 'last-call']],
  ['At most three emails', ['announce', 'explain', 'last-call']],
  ['Four emails are too many.', ['announce', 'explain', 'last-call']],
  ['one email fewer', ['announce', 'explain', 'last-call']],
  ['No reminder', ['announce', 'explain']],
  ['Drop the last reminder.', ['announce', 'explain', 'remind']],
  ['Please remove the last call', ['announce', 'explain', 'remind']],
  ['no explanation', ['announce', 'remind', 'last-call']],
  ['Only two emails, no reminder', ['announce', 'explain']],
  ['The sequence is too long', ['announce', 'explain', 'last-call']],
  ['Nur zwei E-Mails, bitte.', ['announce', 'last-call']],
  ['weniger als drei Mails', ['announce', 'last-call']],
  ['keine Erinnerung', ['announce', 'explain']],
  ['Die letzte Erinnerung weglassen', ['announce', 'explain', 'remind']],
])('does as "%s" asks', (comment, expected) => {
  const plan = reviewed(retail, comment);
  expect(purposes(plan)).toEqual(expected);
  expect(plan.sequence.map(({ id }) => id)).toEqual(
    expected.map((_purpose, index) => `step-${index + 1}`),
  );
  expect(plan.risks).toEqual(reviewed(retail).risks);
});

test('tells in the first email what only a dropped email would have told', () => {
  const facts = reviewed(retail, 'only two emails').sequence[0]?.facts;
  expect(facts).toEqual(
    expect.arrayContaining(['key-message-1', 'key-message-2', 'key-message-3']),
  );
});

test.each(['more formal', 'Too casual!', 'Bitte förmlicher', 'Das ist zu locker'])(
  'makes the tone formal for "%s"',
  (comment) => {
    const plan = reviewed(retail, comment);
    expect(plan.tone.text).toBe('Warm and down to earth (more formal, as the reviewer asked)');
    expect(plan.subjectLines.approach).toContain('matter-of-fact');
  },
);

test.each(['less formal', 'weniger förmlich'])('makes the tone less formal for "%s"', (comment) => {
  expect(reviewed(manufacturing, comment).tone.text).toContain('lockerer');
});

test.each(['Focus on the workshop', 'Schwerpunkt bitte auf workshop legen', 'lead with recycled'])(
  'puts a fact first everywhere for "%s"',
  (comment) => {
    const plan = reviewed(retail, comment);
    expect(plan.sequence[0]?.title).toContain('Every old jacket is repaired');
    expect(plan.sequence.every(({ facts }) => facts[0] === 'key-message-1')).toBe(true);
    for (const { message } of plan.segments)
      expect(message).toMatch(/^Open with: Every old jacket/);
  },
);

test('puts a segment first when the reviewer names one', () => {
  expect(reviewed(retail, 'Focus on lapsed buyers').segments.map(({ id }) => id)).toEqual([
    'segment-2',
    'segment-1',
  ]);
});

test('makes subject lines and emails shorter when asked for just that', () => {
  expect(reviewed(retail, 'Shorter subject lines').subjectLines.maxCharacters).toBe(50);
  const emails = reviewed(retail, 'The emails are too long');
  expect(emails.sequence).toHaveLength(4);
  expect(emails.sequence[1]?.facts).toEqual(['key-message-2', 'must-say-1']);
});

test('keeps what was asked before', () => {
  const plan = reviewed(retail, 'only two emails', 'more formal');
  expect(plan.sequence).toHaveLength(2);
  expect(plan.tone.text).toContain('more formal');
});

test.each([
  'Add a video',
  "Don't drop the reminder",
  'At least three emails',
  'only seven emails',
  'The emails are not too long',
  'Mehr Emojis',
  'Focus on helicopters',
])('shows that "%s" changed nothing', (comment) => {
  const plan = reviewed(retail, comment);
  expect(plan.risks[0]?.text).toBe(
    `This comment was not understood and changed nothing: “${comment}”`,
  );
  expect({ ...plan, risks: plan.risks.slice(1) }).toEqual(reviewed(retail));
});

test('does what it understands of a comment and shows the rest', () => {
  const plan = reviewed(retail, 'Great plan! Only two emails. Use more pictures, thanks');
  expect(plan.sequence).toHaveLength(2);
  expect(plan.risks[0]?.text).toContain('“Use more pictures”');
  expect(plan.risks).toHaveLength(reviewed(retail).risks.length + 1);
});

test('takes no figure from a comment', () => {
  const plan = reviewed(retail, 'Make it 35% off');
  expect(plan.risks[0]?.text).toContain('holds a figure that the brief does not hold');
  expect(JSON.stringify(plan)).not.toContain('35');
});

test('says that a rejection without a comment changed nothing', () => {
  expect(reviewed(minimal, '').risks[0]?.text).toContain('without saying what to change');
});

test('never takes away the only email', () => {
  const plan = reviewed(minimal, 'one email fewer');
  expect(plan.sequence).toHaveLength(1);
  expect(plan.risks[0]?.text).toContain('not understood');
});
