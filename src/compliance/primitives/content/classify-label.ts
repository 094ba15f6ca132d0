import { z } from 'zod';

import { notSatisfied, satisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';

/** Everything has a label, and none comes off by itself. */
export const classifyLabel = definePrimitive(
  {
    id: 'classify.label',
    parameters: z.strictObject({}),
    evidence: ['state'],
    predicate:
      'Every artefact carries a classification, and no transition lowers one without an approval',
    says: 'Labels are present and do not sink',
    cannotSay: 'That the label is right',
  },
  {
    gate: {
      needs: ['classification'],
      judge: ({ classification: { order, artefacts } }) => {
        if (artefacts.length === 0)
          return undecided('No artefact is named.', {
            remedy: 'Name the artefacts of the run and their labels.',
            paths: ['compliance.classification.artefacts'],
          });
        const path = (index: number) => `compliance.classification.artefacts.${index}`;
        const unlabelled: string[] = [];
        const lowered: string[] = [];
        for (const [index, { label, before, loweringApprovedBy }] of artefacts.entries()) {
          const rank = label === null ? -1 : order.indexOf(label);
          const ranked = before === null ? -1 : order.indexOf(before);
          if (rank < 0 || (before !== null && ranked < 0)) unlabelled.push(path(index));
          else if (rank < ranked && loweringApprovedBy === null) lowered.push(path(index));
        }
        if (unlabelled.length + lowered.length === 0)
          return satisfied(`${artefacts.length} artefacts carry a label that was not lowered.`);
        return notSatisfied(
          `${unlabelled.length} artefacts have no known label, ${lowered.length} a lower one than before.`,
          {
            remedy: 'Label them; let somebody approve where a label sinks.',
            paths: [...unlabelled, ...lowered],
          },
        );
      },
    },
  },
);
