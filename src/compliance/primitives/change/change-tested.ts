import { z } from 'zod';

import { notSatisfied, satisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { isSameRunning } from '../same-running.ts';

/** What runs was tested. */
export const changeTested = definePrimitive(
  {
    id: 'change.tested',
    parameters: z.strictObject({}),
    evidence: ['config'],
    predicate:
      'The change record of what runs links a run of tests that passed for the same digests',
    says: 'The link and the result',
    cannotSay: 'Whether the tests are enough',
  },
  {
    report: {
      needs: ['running', 'changes'],
      assess: ({ running, changes }) => {
        const same = changes.flatMap(({ digests, test }, index) =>
          isSameRunning(digests, running) ? [{ test, path: `changes.${index}.test` }] : [],
        );
        if (same.length === 0)
          return undecided('No change record is about what runs.', {
            remedy: 'Supply the change records with the digests of what they approved.',
            paths: ['changes'],
          });
        if (same.some(({ test }) => test?.passed === true && isSameRunning(test.digests, running)))
          return satisfied('The change record links a run of tests that passed.');
        return notSatisfied('The change record links no run of tests that passed for what runs.', {
          remedy: 'Run the tests on exactly what runs, and link the result.',
          paths: same.map(({ path }) => path),
        });
      },
    },
  },
);
