import { z } from 'zod';

import type { Override } from '../../facts/vocabulary.ts';
import { notSatisfied, satisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { nameOf } from '../actors.ts';
import { judgeEach } from '../judge-each.ts';
import { daysBetween, msBetween } from '../spans.ts';

const HOUR_MS = 3_600_000;
const REMEDY = 'Record reason, end, second approver and review of each override.';

/** Who goes around a rule says why, for how long, and who agreed; and it is looked at later. */
export const overrideBreakglass = definePrimitive(
  {
    id: 'override.breakglass',
    parameters: z.strictObject({
      /** What the override is for, in the user's words. */
      kind: z.string().min(1).max(100).default('override'),
      /** Hours that an override may last. */
      maxHours: z.number().min(0.1).default(24),
      /** Days after its end by which it has to be reviewed. */
      reviewDays: z.number().min(0).default(7),
    }),
    evidence: ['audit'],
    predicate:
      'Every override has a reason, a time limit, a second approver and a later review record',
    says: 'The records are complete',
    cannotSay: 'The quality of the justification',
  },
  {
    gate: {
      needs: ['overrides'],
      judge: ({ overrides, now }, { kind, maxHours }) =>
        judgeEach(overrides, {
          path: 'compliance.overrides',
          // What is under way cannot have been reviewed yet.
          holds: (override) =>
            isGranted(override, maxHours) && msBetween(now, override.endsAt ?? now) > 0,
          yes: `Nothing is overridden without reason, end and second approver (${kind}).`,
          no: `An override (${kind}) lacks a reason, an end or a second approver, or has ended.`,
          remedy: REMEDY,
        }),
    },
    report: {
      needs: ['entries', 'overrides'],
      assess: ({ entries, overrides, assessedAt }, { kind, maxHours, reviewDays }) => {
        const waivers = new Set<string>();
        const told: number[] = [];
        for (const { seq, event } of entries) {
          const used =
            event.kind === 'waiver' ? [event.target] : waiversIn(event.facts?.['waived']);
          if (used.length > 0) told.push(seq);
          for (const id of used) waivers.add(id);
        }
        const recorded = new Set(overrides.map(({ id }) => id));
        const unrecorded = [...waivers].filter((id) => !recorded.has(id));
        const wrong = overrides.flatMap((override, index) =>
          isGranted(override, maxHours) && isReviewed(override, assessedAt, reviewDays)
            ? []
            : [`overrides.${index}`],
        );
        if (wrong.length > 0)
          return notSatisfied(`${wrong.length} overrides (${kind}) have incomplete records.`, {
            remedy: REMEDY,
            paths: wrong,
          });
        if (unrecorded.length > 0)
          return undecided('The trail tells of waivers that no record explains.', {
            remedy: REMEDY,
            paths: ['overrides'],
            entries: told,
          });
        return satisfied(`${overrides.length} overrides (${kind}) have complete records.`);
      },
    },
  },
);

/** Ids of the waivers in a verdict, which names each behind the check that it let pass. */
function waiversIn(waived: string | number | boolean | undefined): readonly string[] {
  if (typeof waived !== 'string') return [];
  return waived.split(' ').flatMap((pair) => pair.split('=')[1] ?? []);
}

function isGranted(override: Override, maxHours: number): boolean {
  const { by, reason, startedAt, endsAt, secondApprover } = override;
  if (reason.trim() === '' || secondApprover === null || endsAt === null) return false;
  if (nameOf(secondApprover) === nameOf(by)) return false;
  const lengthMs = msBetween(startedAt, endsAt);
  return lengthMs > 0 && lengthMs <= maxHours * HOUR_MS;
}

function isReviewed(override: Override, now: string, days: number): boolean {
  const { by, review } = override;
  const endedAt = override.revokedAt ?? override.endsAt;
  if (endedAt === null) return false;
  if (review === null) return daysBetween(endedAt, now) <= days;
  const isLater = msBetween(endedAt, review.at) >= 0 && msBetween(review.at, now) >= 0;
  return isLater && nameOf(review.by) !== nameOf(by);
}
