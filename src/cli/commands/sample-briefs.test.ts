import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';
import { z } from 'zod';

import { openPlace, WHOLE_BRIEF } from '../fixtures/run-command.ts';

const BRIEFS = join(WHOLE_BRIEF, '..');

/** What comes of each brief: a campaign in its language, or the questions that it leaves open. */
const OUTCOMES = {
  'baeckerei.txt': 'campaign in de',
  'clinic-newsletter.txt': 'campaign in en',
  'contradictory.md':
    'questions: audience, constraints-mustsay, date-03-04-2027, deadlines, keymessages, offer, sender-name, tone',
  'hostile.md': 'questions: callToAction',
  'long-brief.md': 'campaign in en',
  'maschinenbau.md': 'campaign in de',
  'nearly-empty.txt':
    'questions: audience, callToAction, keyMessages, objective, sender.email, sender.name, sender.postalAddress',
  'semaine-du-miel.txt': 'questions: rule',
  'spring-offer.md': 'campaign in en',
};

const Report = z.object({
  artifacts: z.object({ requirements: z.object({ language: z.string() }) }),
  interrupt: z
    .object({
      value: z.object({
        phasegate: z.object({ questions: z.array(z.object({ id: z.string() })) }),
      }),
    })
    .optional(),
});

/** The questions by what they are about. */
function subjectsOf({ interrupt }: z.infer<typeof Report>): string {
  const asked = interrupt?.value.phasegate.questions ?? [];
  const subjects = asked.map(({ id }) => id.replace(/^contradiction-|-[0-9a-f]{8}$/g, ''));
  return [...new Set(subjects)].toSorted().join(', ');
}

test('every sample brief is tried', () => {
  expect(readdirSync(BRIEFS).toSorted()).toEqual(Object.keys(OUTCOMES));
});

test.each(Object.entries(OUTCOMES))('%s comes to %s', async (file, outcome) => {
  using place = openPlace();
  const out = join(place.directory, 'campaign');
  const brief = ['--input', join(BRIEFS, file), '--approve-as', 'ci', '--out', out];
  const { exitCode, value } = await place.json('run', 'email-campaign', ...brief);
  const report = Report.parse(value);
  if (exitCode === 0) {
    expect(`campaign in ${report.artifacts.requirements.language}`).toBe(outcome);
    expect(readdirSync(out)).toContain('step-1-segment-1.eml');
  } else {
    expect(exitCode).toBe(3);
    expect(`questions: ${subjectsOf(report)}`).toBe(outcome);
  }
});
