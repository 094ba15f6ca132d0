import { z } from 'zod';

import { notSatisfied, satisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';

/** The configuration is the one that was approved. */
export const configBaseline = definePrimitive(
  {
    id: 'config.baseline',
    parameters: z.strictObject({}),
    evidence: ['config'],
    predicate: 'The configuration in effect equals the approved baseline; what differs is listed',
    says: 'Drift inside the framework',
    cannotSay: 'Drift of host or cloud',
  },
  {
    report: {
      needs: ['baseline'],
      assess: ({ baseline: { approved, effective } }) => {
        const parts = [...new Set([...Object.keys(approved), ...Object.keys(effective)])];
        if (Object.keys(approved).length === 0)
          return undecided('There is no approved baseline.', {
            remedy: 'Approve the configuration that is in effect, part by part.',
            paths: ['baseline.approved'],
          });
        const drifted = parts.filter((part) => approved[part] !== effective[part]);
        if (drifted.length === 0)
          return satisfied(`${parts.length} parts of the configuration are as approved.`);
        return notSatisfied(
          `${drifted.length} of ${parts.length} parts differ from the baseline.`,
          {
            remedy: 'Put back what was approved, or approve what is in effect.',
            paths: drifted.toSorted().map((part) => `baseline.effective.${part}`),
          },
        );
      },
    },
  },
);
