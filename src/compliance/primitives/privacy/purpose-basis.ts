import { z } from 'zod';

import { notSatisfied, satisfied } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { msBetween } from '../spans.ts';

/** What data is used for has one declared basis. */
export const purposeBasis = definePrimitive(
  {
    id: 'purpose.basis',
    parameters: z.strictObject({}),
    evidence: ['config'],
    predicate: 'The purpose record names exactly one lawful basis and has not expired',
    says: 'A basis was declared',
    cannotSay: 'That the basis is legally valid',
  },
  {
    gate: {
      needs: ['purpose'],
      judge: ({ purpose: { bases, expiresAt }, now }) => {
        const wrong = [
          ...(bases.length === 1 ? [] : ['compliance.purpose.bases']),
          ...(msBetween(now, expiresAt) > 0 ? [] : ['compliance.purpose.expiresAt']),
        ];
        if (wrong.length === 0) return satisfied('The purpose has one declared basis, in date.');
        return notSatisfied('The purpose has not exactly one declared basis, or has expired.', {
          remedy: 'Let whoever answers for the data decide on the basis and renew the record.',
          paths: wrong,
        });
      },
    },
  },
);
