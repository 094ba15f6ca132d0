import { z } from 'zod';

import { notApplicable, notSatisfied, satisfied } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';

/** A decision about a person is not left to a machine alone. */
export const decisionReview = definePrimitive(
  {
    id: 'decision.review',
    parameters: z.strictObject({}),
    evidence: ['state', 'audit'],
    predicate:
      'If the decision is solely automated with a significant effect, a human review step and a route to contest it are recorded',
    says: 'The step is there and done',
    cannotSay: 'The substance of the review',
    on: ['decision'],
  },
  {
    gate: {
      needs: ['decision'],
      judge: ({ decision, now }) => {
        const { solelyAutomated, significantEffect, review, contestRoute } = decision;
        if (!solelyAutomated || !significantEffect)
          return notApplicable('The decision is not solely automated with a significant effect.');
        const lacking = [
          ...(review?.kind === 'human' && Date.parse(review.at) <= Date.parse(now)
            ? []
            : ['compliance.decision.review']),
          ...(contestRoute === null ? ['compliance.decision.contestRoute'] : []),
        ];
        if (lacking.length === 0)
          return satisfied('A human reviewed the decision, and a route to contest it is recorded.');
        return notSatisfied('A human review or a route to contest the decision is not recorded.', {
          remedy: 'Let a person review the decision, and record how it can be contested.',
          paths: lacking,
        });
      },
    },
  },
);
