import { expect, test } from 'vitest';

import type { WaiverRecord } from '../policy/waiver-book.ts';
import { overridesAt } from './overrides.ts';

const step = (id: string, day: string) =>
  ({ id, kind: 'person', authenticated: true, at: `2026-06-${day}T09:00:00.000Z` }) as const;

const GIVEN: WaiverRecord = {
  id: 'w-1',
  workflow: 'payment-approval',
  checkId: 'sox.sox-02',
  checkDigest: 'd',
  from: 'approval',
  to: 'payment',
  reason: 'quarter end',
  owner: 'controller-4',
  installation: 'here',
  by: step('clerk-17', '01'),
  startsAt: '2026-06-01T09:00:00.000Z',
  endsAt: '2026-06-20T09:00:00.000Z',
  status: 'revoked',
  approvedBy: step('director-2', '05'),
  revokedBy: step('director-2', '10'),
};

test.each([
  ['before it was approved', '04', 0],
  ['while it stood', '07', 1],
  ['after it was revoked', '11', 0],
])('a waiver %s', (_when, day, count) => {
  expect(overridesAt([GIVEN], `2026-06-${day}T09:00:00.000Z`)).toHaveLength(count);
});

test('a waiver that ended, or holds nowhere here, stands no more', () => {
  const now = '2026-06-21T09:00:00.000Z';
  expect(overridesAt([{ ...GIVEN, status: 'ended', revokedBy: undefined }], now)).toEqual([]);
  const unbound: WaiverRecord = { ...GIVEN, status: 'unbound' };
  expect(overridesAt([unbound], '2026-06-07T09:00:00.000Z')).toEqual([]);
});

test('what is known later is not told: a revocation was not foreseen', () => {
  const [told] = overridesAt([GIVEN], '2026-06-07T09:00:00.000Z');
  expect(told).toMatchObject({ id: 'w-1', secondApprover: 'director-2' });
  expect(told).not.toHaveProperty('revokedAt');
});
