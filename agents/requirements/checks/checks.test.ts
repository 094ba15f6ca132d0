import { readdir, readFile } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';

import { isCheckResult, type Check, type CheckResult } from '../../../src/validation/index.ts';
import type { Requirements } from '../artifact.ts';
import { readBrief } from '../testing/run-requirements.ts';
import type { RequirementsFacts } from './facts.ts';
import { requirementsComplete } from './requirements-complete.ts';
import { requirementsConsistent } from './requirements-consistent.ts';
import { requirementsFreeOfIdentifiers } from './requirements-free-of-identifiers.ts';
import { requirementsSourced } from './requirements-sourced.ts';

const BRIEFS = new URL('../../../examples/briefs/', import.meta.url);
const brief = await readFile(new URL('spring-offer.md', BRIEFS), 'utf8');
const good = await readBrief(brief);

function ask(
  check: Check<RequirementsFacts>,
  requirements: Requirements,
  text = brief,
): CheckResult {
  const answer = check.evaluate(
    check.reads.parse({ input: { brief: text }, artifacts: { requirements } }),
    new AbortController().signal,
  );
  if (!isCheckResult(answer)) throw new Error('The check gave no result.');
  return answer;
}

/** A fact of the brief, changed. */
const offerWith = (change: Partial<NonNullable<Requirements['offer']>>): Requirements => ({
  ...good,
  offer: good.offer && { ...good.offer, ...change },
});

test('every sample brief is sourced and free of identifiers', async () => {
  for (const name of await readdir(BRIEFS)) {
    const text = await readFile(new URL(name, BRIEFS), 'utf8');
    const requirements = await readBrief(text);
    expect({ name, ...ask(requirementsSourced, requirements, text) }).toMatchObject({
      name,
      outcome: 'pass',
    });
    expect({ name, ...ask(requirementsFreeOfIdentifiers, requirements, text) }).toMatchObject({
      name,
      outcome: 'pass',
    });
  }
});

describe('requirements.complete', () => {
  test('passes when nothing is missing', () => {
    expect(ask(requirementsComplete, good).outcome).toBe('pass');
  });

  test('fails with a question for each missing field, and none about contradictions', async () => {
    const open = await readBrief('## Audience\n- Students\n## Exclude\n- Students\n');
    const answer = ask(requirementsComplete, open);
    expect(answer.outcome).toBe('fail');
    expect(answer.questions.map(({ id }) => id)).toEqual(open.missing);
  });

  test.each([
    ['objective', { ...good, objective: null }],
    ['audience', { ...good, audience: [] }],
    ['keyMessages', { ...good, offer: null, keyMessages: [] }],
    ['sender.postalAddress', { ...good, sender: { ...good.sender, postalAddress: null } }],
  ])('is not fooled by an artifact that does not own up to a missing %s', (path, requirements) => {
    expect(ask(requirementsComplete, requirements)).toMatchObject({
      outcome: 'fail',
      paths: [`artifacts.requirements.${path}`],
    });
  });
});

describe('requirements.consistent', () => {
  test('passes when nothing stands against anything', () => {
    expect(ask(requirementsConsistent, good).outcome).toBe('pass');
  });

  test('fails with the question of each contradiction, and no other', async () => {
    const open = await readBrief('## Audience\n- Students\n## Exclude\n- Students\n');
    const answer = ask(requirementsConsistent, open);
    expect(answer.outcome).toBe('fail');
    expect(answer.questions.map(({ id }) => id)).toEqual(open.contradictions.map(({ id }) => id));
  });
});

describe('requirements.sourced', () => {
  test.each([
    [
      'says more than its place',
      offerWith({ text: '30 % off all spring tool sets until Sunday, 11 April 2027.' }),
    ],
    ['cites another place', offerWith({ sources: [{ kind: 'brief', start: 0, end: 22 }] })],
    [
      'cites a place behind the brief',
      offerWith({ sources: [{ kind: 'brief', start: 509, end: 1_000_000 }] }),
    ],
    [
      'cites a place that ends before it starts',
      offerWith({ sources: [{ kind: 'brief', start: 599, end: 509 }] }),
    ],
    [
      'cites an impossible place next to an answer',
      offerWith({
        sources: [
          { kind: 'brief', start: 599, end: 509 },
          { kind: 'answer', question: 'offer' },
        ],
      }),
    ],
  ])('fails for a fact that %s', (_what, requirements) => {
    expect(ask(requirementsSourced, requirements)).toMatchObject({
      outcome: 'fail',
      paths: ['artifacts.requirements.offer'],
    });
  });

  test('fails for a deadline with a date that its place does not say', () => {
    const deadlines = good.deadlines.map((deadline) => ({ ...deadline, date: '2027-12-24' }));
    expect(ask(requirementsSourced, { ...good, deadlines }).outcome).toBe('fail');
  });

  test('fails for a passage of no use, or an exemption, that the brief does not hold', () => {
    const passage = { line: 1, start: 0, end: 5, text: 'Somebody else said so' };
    const notUsed = { passages: [passage], more: 0 };
    expect(ask(requirementsSourced, { ...good, notUsed }).paths).toEqual([
      'artifacts.requirements.notUsed.passages.0',
    ]);
    const sources = [{ kind: 'brief' as const, start: 0, end: 5 }];
    const exemption = {
      id: 'exemption-1',
      mustNotSay: 'must-not-say-1',
      text: 'Anything',
      sources,
    };
    const constraints = { ...good.constraints, exemptions: [exemption] };
    expect(ask(requirementsSourced, { ...good, constraints }).paths).toEqual([
      'artifacts.requirements.constraints.exemptions.0',
    ]);
  });

  test('fails when the brief is another one', () => {
    expect(ask(requirementsSourced, good, brief.replace('20 %', '10 %')).paths).toEqual([
      'artifacts.requirements.offer',
    ]);
  });

  test('holds after corrections by a person', async () => {
    const text = '## Dates\n- Offer ends: 31 March';
    const settled = await readBrief(text, { 'date-31-march': '31 March 2027' });
    expect(settled.deadlines[0]?.date).toBe('2027-03-31');
    expect(ask(requirementsSourced, settled, text).outcome).toBe('pass');
  });

  test('holds after an answer names an address of the brief as the sender’s', async () => {
    const text =
      'Goal: fill the camp\nKey messages:\n- Ask jane@camp.example.com\n\nReplies: jane@camp.example.com\n';
    expect((await readBrief(text)).withheld).toEqual([{ type: 'email', count: 2 }]);
    const settled = await readBrief(text, { 'sender.email': 'Jane@camp.example.com' });
    expect(settled.withheld).toEqual([]);
    expect(ask(requirementsSourced, settled, text).outcome).toBe('pass');
    expect(ask(requirementsFreeOfIdentifiers, settled, text).outcome).toBe('pass');
  });
});

describe('requirements.free-of-identifiers', () => {
  test.each([
    'SSN 078-05-1120',
    'card 4111 1111 1111 1111',
    'MRN 4455667',
    'jane.sample@private.example.com',
  ])('fails for %s in any text', (identifier) => {
    const tone = good.tone && { ...good.tone, text: `Warm. ${identifier}` };
    expect(ask(requirementsFreeOfIdentifiers, { ...good, tone })).toMatchObject({
      outcome: 'fail',
      paths: ['artifacts.requirements.tone.text'],
    });
  });

  test('does not take the sender’s address for one', async () => {
    const text =
      'Sender: Sample Ltd, 1 Example Street, Exampleton EX1 1AA, jane.sample@example.com';
    const requirements = await readBrief(text);
    expect(requirements.sender.email?.text).toBe('jane.sample@example.com');
    expect(ask(requirementsFreeOfIdentifiers, requirements, text).outcome).toBe('pass');
  });

  test('takes two senders in dispute in the question about them, and nowhere else', async () => {
    const text =
      'Sender: Sample Ltd, 1 Example Street, Exampleton EX1 1AA, jane.sample@example.com\n\nSender email: kim.sample@example.com\n';
    const open = await readBrief(text);
    expect(open.contradictions.map(({ field }) => field)).toEqual(['sender.email']);
    expect(ask(requirementsFreeOfIdentifiers, open, text).outcome).toBe('pass');
    const told = [
      {
        id: 'key-message-1',
        text: 'Write to kim.sample@example.com',
        sources: good.deadlines[0]?.sources ?? [],
      },
    ];
    expect(ask(requirementsFreeOfIdentifiers, { ...open, keyMessages: told }, text)).toMatchObject({
      outcome: 'fail',
      paths: ['artifacts.requirements.keyMessages.0.text'],
    });
  });
});
