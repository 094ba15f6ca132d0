import { z } from 'zod';

import { notApplicable, notSatisfied, satisfied } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { msBetween } from '../spans.ts';

/** High risk was thought about beforehand. */
export const dpiaRef = definePrimitive(
  {
    id: 'dpia.ref',
    parameters: z.strictObject({}),
    evidence: ['config'],
    predicate:
      'Where the processing is flagged as high risk, an impact assessment is referred to and in date',
    says: 'The reference is there',
    cannotSay: 'The quality of the assessment',
  },
  {
    gate: {
      needs: ['impactAssessment'],
      judge: ({ impactAssessment: { highRisk, reference, expiresAt }, now }) => {
        if (!highRisk) return notApplicable('The processing is not flagged as high risk.');
        if (reference !== null && expiresAt !== null && msBetween(now, expiresAt) > 0)
          return satisfied('An impact assessment is referred to and in date.');
        return notSatisfied('High risk has no impact assessment that is in date.', {
          remedy: 'Make or renew the impact assessment, and refer to it.',
          paths: ['compliance.impactAssessment'],
        });
      },
    },
  },
);
