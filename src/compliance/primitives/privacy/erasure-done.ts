import { z } from 'zod';

import { notApplicable } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { judgeEach } from '../judge-each.ts';
import { daysBetween } from '../spans.ts';

/** Who asked to be forgotten is. */
export const erasureDone = definePrimitive(
  {
    id: 'erasure.done',
    parameters: z.strictObject({
      /** Days within which it has to be done. */
      days: z.number().min(1).default(30),
    }),
    evidence: ['audit', 'keys'],
    predicate:
      'For each request the key of the subject was destroyed and the token map is empty within N days, with a receipt',
    says: 'The destruction of the key is recorded in this system',
    cannotSay: 'Copies with providers, in backups, in trained models',
  },
  {
    report: {
      needs: ['erasures'],
      assess: ({ erasures, assessedAt }, { days }) => {
        if (erasures.length === 0) return notApplicable('Nobody asked for erasure in the period.');
        return judgeEach(erasures, {
          path: 'erasures',
          holds: ({ requestedAt, keyDestroyedAt, tokensLeft, receipt }) => {
            if (keyDestroyedAt === null) return daysBetween(requestedAt, assessedAt) <= days;
            const took = daysBetween(requestedAt, keyDestroyedAt);
            return took >= 0 && took <= days && tokensLeft === 0 && receipt !== null;
          },
          yes: `${erasures.length} requests are done with a receipt, or within their ${days} days.`,
          no: `A request was not done within ${days} days, left tokens behind, or has no receipt.`,
          remedy: 'Erase by the key of the subject, and keep the receipt.',
        });
      },
    },
  },
);
