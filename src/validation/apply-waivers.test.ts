import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';

import {
  applyWaivers,
  askOn,
  defineCheck,
  defineGate,
  denyOn,
  evaluateGate,
  fail,
  readWaivers,
  reviseOn,
  undetermined,
  type Check,
  type CheckResult,
  type WaivedGateResult,
} from './index.ts';

const question = { id: 'name', text: 'Who?', path: 'name', options: [] };
const check = (
  id: string,
  answer: boolean | CheckResult,
  version = '1',
): Check<Record<string, never>> =>
  defineCheck({
    id,
    version,
    reads: z.object({}),
    message: 'It fails.',
    remedy: 'Mend it.',
    evaluate: () => answer,
  });
const limit = check('limit', false);
const waiver = {
  id: 'w-1',
  checkId: 'limit',
  checkDigest: limit.digest,
  from: 'plan',
  to: 'work',
  reason: 'Moving offices.',
  owner: 'role-1',
  approvedBy: 'role-2',
  startsAt: '2026-01-01T00:00:00Z',
  endsAt: '2026-02-01T00:00:00Z',
};

async function judged(
  checks: Parameters<typeof defineGate>[0]['checks'],
  now = '2026-01-15T00:00:00Z',
  waivers: readonly object[] = [waiver],
): Promise<WaivedGateResult> {
  const gate = defineGate({ checks: [check('fine', true), ...checks] });
  const result = await evaluateGate(gate, {});
  return applyWaivers(result, {
    gate,
    transition: { from: 'plan', to: 'work' },
    waivers: readWaivers(waivers),
    now,
  });
}

test('a failure that is waived is recorded and does not hold the run', async () => {
  const result = await judged([limit]);
  expect(result).toMatchObject({ outcome: 'allow', waivedBy: ['w-1'], undecided: true });
  expect(result.checks[1]).toMatchObject({
    outcome: 'fail',
    mode: 'audit',
    message:
      'It fails. Waived by "w-1" until 2026-02-01T00:00:00Z; owner role-1, approved by role-2.',
  });
  expect((await judged([reviseOn(limit, 'plan')])).outcome).toBe('allow');
});

test.each([
  ['before it starts', '2025-12-31T23:59:59.999Z'],
  ['when it has ended', '2026-02-01T00:00:00Z'],
  ['at a time that is none', 'soon'],
])('%s it lets nothing pass', async (_, now) => {
  expect(await judged([limit], now)).toMatchObject({ outcome: 'deny', waivedBy: [] });
});

test('it ends when the check changes, and covers no other check', async () => {
  expect((await judged([check('limit', false, '2')])).outcome).toBe('deny');
  const result = await judged([limit, check('other', false)]);
  expect(result).toMatchObject({ outcome: 'deny', waivedBy: ['w-1'] });
  const other = reviseOn(check('other', false), 'plan');
  expect(await judged([limit, other])).toMatchObject({ outcome: 'revise', reviseTo: ['plan'] });
});

test.each([
  { from: 'plan', to: 'end' },
  { from: 'draft', to: 'work' },
])('one for $from -> $to holds at no other gate', async (transition) => {
  expect(await judged([limit], undefined, [{ ...waiver, ...transition }])).toMatchObject({
    outcome: 'deny',
    waivedBy: [],
  });
});

test('one that names no transition is refused, with what to do', () => {
  const { from: _from, ...older } = waiver;
  expect(() => readWaivers([older])).toThrow('from: a waiver names the transition');
});

test('what could not be decided, and what is asked, cannot be waived', async () => {
  const unknown = check('limit', undetermined());
  const broken = check('limit', 'yes' as unknown as boolean);
  const asked = askOn(check('limit', fail({ questions: [question] })));
  for (const one of [denyOn(unknown), denyOn(broken), asked]) {
    const waivers = [{ ...waiver, checkDigest: one.check.digest }];
    const result = await judged([one], undefined, waivers);
    expect(result.outcome).not.toBe('allow');
    expect(result.waivedBy).toEqual([]);
  }
});

test('a waiver is never stricter or laxer than the failures that it leaves', async () => {
  const outcomes = fc.constantFrom(true, false, undetermined(), fail());
  await fc.assert(
    fc.asyncProperty(fc.array(outcomes, { minLength: 1, maxLength: 4 }), async (answers) => {
      const checks = answers.map((answer, index) => check(`c-${index}`, answer));
      const waivers = checks.map(({ id, digest }) => ({
        ...waiver,
        id,
        checkId: id,
        checkDigest: digest,
      }));
      const { outcome } = await judged(checks, undefined, waivers);
      const isUndecided = answers.some(
        (one) => typeof one === 'object' && one.outcome === 'undetermined',
      );
      expect(outcome).toBe(isUndecided ? 'deny' : 'allow');
    }),
    { numRuns: 50 },
  );
});

test.each([
  ['an owner who approved alone', { approvedBy: ' ROLE-1 ' }, /owner cannot approve/],
  ['no reason', { reason: ' ' }, /reason/],
  ['an end before the start', { endsAt: '2025-01-01T00:00:00Z' }, /ends before/],
  ['no end to speak of', { endsAt: '2036-01-01T00:00:00Z' }, /more than a year/],
  ['an unknown key', { scope: 'all' }, /scope/],
])('%s is refused', (_, change, reason) => {
  expect(() => readWaivers([{ ...waiver, ...change }])).toThrow(reason);
});

test('two waivers of one id are refused, and so is what is no list', () => {
  expect(() => readWaivers([waiver, waiver])).toThrow(/twice/);
  expect(() => readWaivers({})).toThrow(
    expect.objectContaining({ code: 'VALIDATION_INVALID_WAIVER' }),
  );
});

test.each(['role-1.', 'Role - 1', 'rôle-1', 'role\u20101'])(
  'its owner cannot approve it as %j either',
  (approvedBy) => {
    expect(() => readWaivers([{ ...waiver, approvedBy }])).toThrow('its owner cannot approve it');
  },
);

test.each(['ro\u200ble-1', 'role-1\u0000x', 'r\u043ele-1'])('nobody is called %j', (approvedBy) => {
  expect(() => readWaivers([{ ...waiver, approvedBy }])).toThrow('approvedBy: the id');
  expect(() => readWaivers([{ ...waiver, owner: approvedBy }])).toThrow('owner: the id');
});
