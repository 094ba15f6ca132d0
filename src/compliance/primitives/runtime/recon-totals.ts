import { z } from 'zod';

import { undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { judgeEach } from '../judge-each.ts';

/** What goes in comes out. */
export const reconTotals = definePrimitive(
  {
    id: 'recon.totals',
    parameters: z.strictObject({
      /** The difference that rounding may leave, in the unit of each total. */
      tolerance: z.number().min(0).default(0),
    }),
    evidence: ['state'],
    predicate:
      'Counts of records and control totals of the phase are the same in and out, save for differences that are explained',
    says: 'The arithmetic of the reconciliation',
    cannotSay: 'That the source is complete',
    on: ['totals'],
  },
  {
    gate: {
      needs: ['totals'],
      judge: ({ totals }, { tolerance }) => {
        if (totals.length === 0)
          return undecided('No total is named.', {
            remedy: 'Count records and amounts before and after the phase.',
            paths: ['compliance.totals'],
          });
        return judgeEach(totals, {
          path: 'compliance.totals',
          holds: (total) => {
            if (total.explained !== 0 && total.reference === null) return false;
            const left = Math.abs(total.in - total.out - total.explained);
            // Sums of fractions differ in their last digit.
            const noise = Math.max(Math.abs(total.in), Math.abs(total.out)) * Number.EPSILON * 4;
            return left <= Math.max(tolerance, noise);
          },
          yes: `${totals.length} totals agree, or their differences are explained.`,
          no: 'A total differs, and the difference is not explained.',
          remedy: 'Find the records that are missing or too many, or refer to the explanation.',
        });
      },
    },
  },
);
