import { z } from 'zod';

import { notApplicable, notSatisfied, satisfied } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { monthsBefore } from '../spans.ts';

/** Somebody looked through who may do what. */
export const accessReview = definePrimitive(
  {
    id: 'access.review',
    parameters: z.strictObject({
      /** Calendar months for which a review holds. */
      months: z.int().min(1).max(120).default(12),
    }),
    evidence: ['audit'],
    predicate: 'A signed access-review record newer than N months covers every role in use',
    says: 'A review record exists and covers the roles',
    cannotSay: 'The quality of the review',
  },
  {
    report: {
      needs: ['entries', 'accessReviews'],
      assess: ({ entries, accessReviews, assessedAt }, { months }) => {
        const used = new Map<string, number>();
        for (const { seq, event } of entries)
          for (const role of event.actor.roles ?? []) if (!used.has(role)) used.set(role, seq);
        if (used.size === 0) return notApplicable('No role was used in the period.');
        const since = Date.parse(monthsBefore(assessedAt, months));
        const current = accessReviews.filter(
          ({ signedAt }) =>
            Date.parse(signedAt) >= since && Date.parse(signedAt) <= Date.parse(assessedAt),
        );
        const covered = new Set(current.flatMap(({ roles }) => roles));
        const open = [...used].filter(([role]) => !covered.has(role));
        if (open.length === 0)
          return satisfied(`${used.size} roles in use are covered by reviews of ${months} months.`);
        return notSatisfied(
          `${open.length} of ${used.size} roles in use are in no signed review of the last ${months} months.`,
          {
            remedy: 'Review who holds these roles, and sign the record.',
            paths: ['accessReviews'],
            entries: open.map(([, seq]) => seq),
          },
        );
      },
    },
  },
);
