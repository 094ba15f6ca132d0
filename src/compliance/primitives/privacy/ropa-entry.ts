import { z } from 'zod';

import { notSatisfied, satisfied } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';

/** The processing is on record. */
export const ropaEntry = definePrimitive(
  {
    id: 'ropa.entry',
    parameters: z.strictObject({}),
    evidence: ['config'],
    predicate:
      'The id of the workflow resolves to a processing record with purpose, categories of subjects and data, recipients, retention and safeguards',
    says: 'The record is complete by its schema',
    cannotSay: 'The accuracy of the record',
  },
  {
    gate: {
      needs: ['transition', 'processing'],
      judge: ({ transition, processing }) => {
        const remedy = 'Complete the record of the processing that this workflow does.';
        if (processing?.workflow !== transition.workflow)
          return notSatisfied('The workflow resolves to no processing record.', {
            remedy,
            paths: ['compliance.processing'],
          });
        const { purpose, subjectCategories, dataCategories, recipients, safeguards } = processing;
        const lacking = [
          ...(purpose.trim() === '' ? ['purpose'] : []),
          ...(processing.retentionDays === null ? ['retentionDays'] : []),
          ...Object.entries({ subjectCategories, dataCategories, recipients, safeguards }).flatMap(
            ([name, list]) => (list.length === 0 ? [name] : []),
          ),
        ];
        if (lacking.length === 0) return satisfied('The processing record is complete.');
        return notSatisfied('The processing record is incomplete.', {
          remedy,
          paths: lacking.map((name) => `compliance.processing.${name}`),
        });
      },
    },
  },
);
