import { expect, test } from 'vitest';

import { BLOCKED, type Verdict } from '../state/index.ts';
import { AppendFailedError } from './errors.ts';
import { anEvent } from './fixtures/trail.ts';
import { recordVerdict, type AuditSink } from './sink.ts';

const allowed: Verdict = {
  from: 'strategy',
  to: 'confirmation',
  outcome: 'allow',
  destination: 'confirmation',
  gateDigest: 'g',
  factsDigest: 'f',
  checks: [],
  questions: [],
};
const failing: AuditSink = {
  append: async () => {
    throw new AppendFailedError('main', new Error('disk full'));
  },
};
const working: AuditSink = {
  append: async () => ({ chain: 'main/1', seq: 7, hash: 'h', repeated: false }),
};

/** The shortest gate that leads somewhere: it goes where its recorded verdict says. */
async function moveThrough(sink: AuditSink): Promise<Verdict> {
  return recordVerdict(sink, anEvent('1', 'gate-verdict'), allowed);
}

test('a verdict that was recorded holds', async () => {
  expect(await moveThrough(working)).toBe(allowed);
});

test('a verdict that could not be recorded denies the transition, with the reason', async () => {
  const verdict = await moveThrough(failing);
  expect(verdict).toMatchObject({ outcome: 'deny', destination: BLOCKED, questions: [] });
  expect(verdict.checks).toEqual([
    expect.objectContaining({
      id: 'audit',
      outcome: 'error',
      message: expect.stringContaining('AUDIT_APPEND_FAILED'),
    }),
  ]);
});

test('an error of a kind nobody foresaw denies too', async () => {
  const broken: AuditSink = { append: async () => Promise.reject(new TypeError('oops')) };
  expect((await moveThrough(broken)).outcome).toBe('deny');
});
