import { expect, test } from 'vitest';

import { agentContext, scriptedModel } from '../../testing/index.ts';
import type { RunReport } from '../../workflow/index.ts';
import { caseFrom } from '../fixtures/agent-case.ts';
import { exampleText, simulateRun } from '../fixtures/simulate-run.ts';
import { draftAgent } from './draft-letter.ts';
import { Referral } from './facts.ts';
import { healthcareTrade as trade } from './trade.ts';

/** All that says who the patient is, and who is near them. */
const IDENTIFYING =
  /ferncastle|rosalind|alaric|quarry|stonebridge|80498|555|0048217|219-09|mailbox|1957-08|2026-03-01|pt-204/i;

const referral = Referral.parse(
  trade.inputFrom(exampleText('healthcare', 'cardiology-referral.json')),
);
const skin: Referral = {
  ...referral,
  about: { ...referral.about, specialty: 'dermatology' },
};
const decisions = [{ by: 'noor.vandersteen' }];
const heart = (await simulateRun(trade, referral, { decisions })).facts;
const other = (await simulateRun(trade, skin, { decisions })).facts;
const texts = { reason: 'a', history: 'b', findings: 'c', question: 'd' };

test('neither the model nor its agent is given anything that says who the patient is', async () => {
  const model = scriptedModel([{ value: texts }]);
  const { task } = caseFrom(draftAgent, heart, { name: 'heart' });
  expect(JSON.stringify(task)).not.toMatch(IDENTIFYING);
  await draftAgent.llm?.(task, agentContext({ model }));
  expect(JSON.stringify(model.requests)).toContain('Atrial fibrillation');
  expect(JSON.stringify(model.requests)).not.toMatch(IDENTIFYING);
});

test('the record is narrowed to what the specialty needs, without what is labelled as sensitive', () => {
  const kept = JSON.stringify(heart.artifacts['selection']);
  for (const absent of ['Hemoglobin', 'Tobacco', 'Depressive', 'Alaric', 'breakfast', 'attachment'])
    expect(kept).not.toContain(absent);
  expect(JSON.stringify(other.artifacts['selection'])).not.toContain('Heart rate');
  expect(heart.artifacts['selection']).toMatchObject({ kept: 10, left: 5 });
});

test('the letter tells of the patient a name and a date of birth, and no more', () => {
  const letter = JSON.stringify(heart.artifacts['letter']);
  expect(letter).toContain('Rosalind Mae Ferncastle');
  expect(letter).not.toMatch(/quarry|80498|555|0048217|219-09|mailbox/i);
});

test('texts that name the patient after an edit go back to the reviewer, as often as the phase may run', async () => {
  const subject = { ...texts, reason: 'Please see Rosalind.' };
  const answers = Array.from({ length: 4 }, () => ({
    by: 'noor.vandersteen',
    answer: { decision: 'edit', subject },
  }));
  const { report } = await simulateRun(trade, referral, { decisions: answers });
  expect(report.status).toBe('blocked');
  expect(failed(report)).toEqual(['referral.review-unidentified', 'attempts']);
});

test('a name that no part of the record knows is not found: the README says so', async () => {
  const unknown = { ...referral, reason: 'Her neighbour Ottoline brought her.' };
  const { report } = await simulateRun(trade, unknown, { decisions });
  expect(report.status).toBe('completed');
  expect(JSON.stringify(report.artifacts['deidentification'])).toContain('Ottoline');
});

test('what changes the meaning of a resource is not left out in silence: it blocks the run', async () => {
  const [patient, condition, ...rest] = referral.bundle.entry;
  const negated = {
    ...condition,
    resource: {
      ...condition?.resource,
      resourceType: 'Condition',
      modifierExtension: [{ url: 'https://records.lindenhall.example/absent', valueBoolean: true }],
    },
  };
  const entry = patient === undefined ? [] : [patient, negated, ...rest];
  const bundle = { ...referral.bundle, entry };
  const { report } = await simulateRun(trade, { ...referral, bundle }, { decisions });
  expect(report.status).toBe('blocked');
  expect(failed(report)).toEqual(['referral.deidentified']);
});

test('what was refuted or entered in error is no part of the selection', async () => {
  const entry = referral.bundle.entry.map(({ fullUrl, resource }) => ({
    ...(fullUrl === undefined ? {} : { fullUrl }),
    resource:
      resource.resourceType === 'Condition'
        ? { ...resource, verificationStatus: { coding: [{ code: 'refuted' }] } }
        : resource,
  }));
  const bundle = { ...referral.bundle, entry };
  const { report } = await simulateRun(trade, { ...referral, bundle }, { decisions });
  expect(report.artifacts['deidentification']).toMatchObject({ extract: { conditions: [] } });
});

function failed({ verdicts }: RunReport): readonly string[] {
  const asked = verdicts.at(-1)?.checks ?? [];
  return asked
    .filter(({ id, outcome }) => outcome === 'fail' && !/^(hipaa|gdpr|soc2)\./.test(id))
    .map(({ id }) => id);
}
