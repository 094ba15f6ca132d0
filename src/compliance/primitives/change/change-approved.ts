import { z } from 'zod';

import { notSatisfied, satisfied } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { nameOf } from '../actors.ts';
import { isSameRunning } from '../same-running.ts';
import { msBetween } from '../spans.ts';

/** What runs is what was approved. */
export const changeApproved = definePrimitive(
  {
    id: 'change.approved',
    parameters: z.strictObject({}),
    evidence: ['config', 'audit'],
    predicate:
      'The digests of the running workflow, policy, prompts and tools equal those of an approved change record whose approver is not its author',
    says: 'What runs is what was approved',
    cannotSay: 'That the change is right',
  },
  {
    gate: {
      needs: ['running', 'changes'],
      judge: ({ running, changes, now }) => {
        const same = changes.flatMap((change, index) =>
          isSameRunning(change.digests, running) ? [{ change, index }] : [],
        );
        const approved = same.some(
          ({ change: { author, approvedBy, approvedAt } }) =>
            nameOf(author) !== nameOf(approvedBy) && msBetween(approvedAt, now) >= 0,
        );
        if (approved) return satisfied('What runs is in an approved change record.');
        return notSatisfied(
          'What runs is in no change record that somebody else than its author approved.',
          {
            remedy: 'Let the change be approved by somebody else, or run what was approved.',
            paths:
              same.length === 0
                ? ['compliance.running']
                : same.map(({ index }) => `compliance.changes.${index}`),
          },
        );
      },
    },
  },
);
