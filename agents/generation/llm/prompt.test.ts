import { expect, test } from 'vitest';

import { bicycles } from '../fixtures/campaigns.ts';
import { planEmails } from '../plan-emails.ts';
import { GENERATION_SYSTEM_PROMPT, generationUserPrompt } from './prompt.ts';

function promptOfFirst(): string {
  const { requirements, confirmation } = bicycles();
  const audience = requirements.audience.map((segment) => ({
    ...segment,
    details: [
      { kind: 'need' as const, text: `Needs of ${segment.id}` },
      { kind: 'message' as const, text: `Word for ${segment.id}` },
    ],
  }));
  const told = { ...requirements, audience };
  const [first] = planEmails(told, confirmation).emails;
  if (first === undefined) throw new Error('Expected an email.');
  const { strategy } = confirmation;
  return generationUserPrompt({ requirements: told, strategy, ...first, revision: undefined });
}

test('gives what is known of the segment alone, and lets its own message be told', () => {
  const prompt: unknown = JSON.parse(promptOfFirst());
  expect(prompt).toMatchObject({
    email: 'step-1-commuters',
    segment: { details: [{ kind: 'need', text: 'Needs of commuters' }, { kind: 'message' }] },
    facts: expect.arrayContaining([{ id: 'commuters', text: 'Word for commuters' }]),
  });
});

test('names the other emails to the segment, so that no subject line is written twice', () => {
  expect(JSON.parse(promptOfFirst())).toMatchObject({
    otherEmails: [{ purpose: 'explain' }, { purpose: 'last-call' }],
  });
});

test('leaves the tone to the strategy', () => {
  expect(GENERATION_SYSTEM_PROMPT).not.toContain('warm');
});
