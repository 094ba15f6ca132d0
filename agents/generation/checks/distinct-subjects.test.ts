import { expect, test } from 'vitest';

import type { Email } from '../artifact.ts';
import { bicycles } from '../fixtures/campaigns.ts';
import { judge, written } from '../fixtures/judge.ts';
import { writeCampaign } from '../simulated/write-campaign.ts';
import { distinctSubjects } from './distinct-subjects.ts';

const campaign = written(bicycles());
/** The campaign with other subject lines, in the order of its emails: two segments, by turns. */
const withSubjects = (subjects: readonly string[]) => ({
  ...campaign,
  generation: {
    ...campaign.generation,
    emails: campaign.generation.emails.map((email, index): Email => ({
      ...email,
      subject: subjects[index] ?? email.subject,
    })),
  },
});

test.each([
  ['Season pass', 'Season pass'],
  ['Season pass', 'season  pass!'],
  ['Season pass', 'Se\u00ADason pass'],
])('refuses %j and %j to one segment', (one, other) => {
  const { outcome, message } = judge(distinctSubjects, withSubjects([one, 'Seats', other]));
  expect(outcome).toBe('fail');
  expect(message).toContain('step-2-commuters');
});

test.each([
  ['two segments that get one line each', ['Season pass', 'Season pass']],
  ['lines that differ in a price', ['Pass €5', 'Seats', 'Pass €6']],
])('accepts %s', (_, subjects) => {
  expect(judge(distinctSubjects, withSubjects(subjects)).outcome).toBe('pass');
});

test('the simulated writer keeps to it where a sequence has more emails than facts', () => {
  const fixture = bicycles();
  const [step] = fixture.confirmation.strategy.sequence;
  if (step === undefined) throw new Error('Expected a step.');
  const purposes = ['announce', 'explain', 'remind', 'remind', 'last-call'] as const;
  const sequence = purposes.map((purpose, index) => ({
    ...step,
    id: `step-${index + 1}`,
    purpose,
    dayOffset: index,
    facts: ['offer'],
    traces: ['offer'],
  }));
  const strategy = { ...fixture.confirmation.strategy, sequence };
  const confirmation = { ...fixture.confirmation, strategy };
  const generation = writeCampaign(fixture.requirements, confirmation);
  expect(judge(distinctSubjects, { ...fixture, confirmation, generation }).outcome).toBe('pass');
});
