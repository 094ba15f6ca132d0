import { expect, test } from 'vitest';

import { isCheckResult, type Check } from '../../src/validation/index.ts';
import { reviewComment } from '../strategy/artifact.ts';
import type { Confirmation } from './artifact.ts';
import { decisionMade, strategyApproved } from './checks.ts';
import { strategy } from './fixtures/shown-fixture.ts';

const decided = (decision: Confirmation['decision'], comment = ''): Confirmation => ({
  decision,
  strategy,
  comment,
  decidedBy: 'reviewer',
  decidedAt: '2027-01-01T00:00:00.000Z',
});

/** What the check says when it fails; undefined when it passes. */
function refusal<Facts>(check: Check<Facts>, confirmation: Confirmation): string | undefined {
  const facts = check.reads.parse({ artifacts: { confirmation } });
  const answer = check.evaluate(facts, AbortSignal.timeout(60_000));
  if (answer === true) return undefined;
  if (answer === false) return check.message;
  if (!isCheckResult(answer)) throw new TypeError('Expected an answer.');
  return answer.outcome === 'pass' ? undefined : (answer.message ?? check.message);
}

test.each(['approved', 'edited'] as const)(
  'both checks pass a strategy that was %s',
  (decision) => {
    expect(refusal(decisionMade, decided(decision))).toBeUndefined();
    expect(refusal(strategyApproved, decided(decision))).toBeUndefined();
  },
);

test('an open decision fails the one check and not the other', () => {
  expect(refusal(decisionMade, decided('undecided'))).toBe(
    'Nobody has decided about the strategy.',
  );
  expect(refusal(strategyApproved, decided('undecided'))).toBeUndefined();
});

test.each(['rejected', 'responded'] as const)(
  'a comment travels in the refusal of a strategy that was %s',
  (decision) => {
    const message = refusal(strategyApproved, decided(decision, 'Only two emails\u0007'));
    expect(reviewComment(message ?? '')).toBe('Only two emails');
  },
);

test('a rejection without a comment is a refusal too', () => {
  expect(reviewComment(refusal(strategyApproved, decided('rejected')) ?? '')).toBe('');
});
