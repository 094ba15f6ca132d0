import { expect, test } from 'vitest';

import { exampleText, simulateRun } from '../fixtures/simulate-run.ts';
import { Submission } from './facts.ts';
import { measured, sentencesOf } from './measure.ts';
import { readSubmission } from './read-submission.ts';
import { generalTrade as trade } from './trade.ts';

const policy = Submission.parse(trade.inputFrom(exampleText('general', 'remote-work-policy.md')));

test('a document is read with its head, whatever its line ends are', () => {
  const text = exampleText('general', 'remote-work-policy.md');
  expect(readSubmission(text.replaceAll('\n', '\r\n'))).toEqual(readSubmission(text));
  expect(policy).toMatchObject({ document: 'remote-work-policy', effectiveOn: '2026-07-01' });
});

test.each([
  ['no head', '# Purpose\n\nWords.'],
  ['an unknown line', '---\ndocument: a\nsecret: b\n---\nWords.'],
  ['a line twice', '---\ntitle: a\ntitle: b\n---\nWords.'],
  ['a name of every object', '---\nconstructor: a\n---\nWords.'],
])('a document with %s is refused, and not quoted', (_what, text) => {
  expect(() => readSubmission(text)).toThrow(
    expect.objectContaining({ code: 'INDUSTRIES_UNREADABLE_INPUT' }),
  );
  expect(() => readSubmission(text)).toThrow(/^(?!.*(secret|Words))/);
});

test('gaps, missing sections and data of persons are counted', () => {
  const body = '# Purpose\n\nTODO: ask [name of the head] at head@office.example. ____\n';
  expect(measured(body, 'policy')).toMatchObject({
    missing: ['scope', 'rules', 'responsibilities'],
    placeholders: 3,
    personal: 1,
  });
});

test('points of a list are sentences of their own', () => {
  expect(sentencesOf('One. Two!\n- Three\n- Four')).toEqual(['One.', 'Two!', 'Three', 'Four']);
});

test('an edit is published as it was approved, unless it makes the document worse', async () => {
  const outcome = async (body: string) => {
    const subject = { title: policy.title, body, summary: 'Short.' };
    const answer = { decision: 'edit', subject };
    const run = await simulateRun(trade, policy, {
      decisions: [{ by: 'yara.stonefield', answer }],
    });
    return run.report.status;
  };
  expect(await outcome(`${policy.body}\n\nIt may be ended at any time.`)).toBe('completed');
  expect(await outcome(`${policy.body}\n\nTBD`)).toBe('blocked');
  expect(await outcome('# Purpose\n\nNothing.')).toBe('blocked');
});

test('a sentence that is too long is shown and does not hold the run', async () => {
  const long = `${Array.from({ length: 60 }, () => 'word').join(' ')}.`;
  const { report } = await simulateRun(
    trade,
    { ...policy, body: `${policy.body}\n\n${long}` },
    { decisions: [{ by: 'yara.stonefield' }] },
  );
  expect(report.status).toBe('completed');
  const shown = report.verdicts.flatMap(({ checks }) =>
    checks.filter(({ outcome, mode }) => outcome === 'fail' && mode === 'warn'),
  );
  expect(shown.map(({ id }) => id)).toEqual(['document.readable']);
});
