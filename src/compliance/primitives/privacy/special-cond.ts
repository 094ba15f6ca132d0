import { z } from 'zod';

import { notApplicable } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { judgeEach } from '../judge-each.ts';

/** Special categories are not touched without a condition. */
export const specialCond = definePrimitive(
  {
    id: 'special.cond',
    parameters: z.strictObject({}),
    evidence: ['state', 'config'],
    predicate: 'For each special category that is present a condition is recorded for the purpose',
    says: 'A condition is recorded',
    cannotSay: 'That the condition holds',
  },
  {
    gate: {
      needs: ['specialCategories', 'purpose'],
      judge: ({ specialCategories: { present, conditions }, purpose }) => {
        if (present.length === 0) return notApplicable('No special category is present.');
        return judgeEach(present, {
          path: 'compliance.specialCategories.present',
          holds: (category) =>
            conditions.some((one) => one.category === category && one.purpose === purpose.id),
          yes: 'A condition is recorded for every special category.',
          no: 'A special category is present without a condition for this purpose.',
          remedy: 'Leave it out, or let the condition be decided on and recorded.',
        });
      },
    },
  },
);
