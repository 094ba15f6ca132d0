import { z } from 'zod';

import { notSatisfied, satisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';

/** The software is the one that was approved, from where it says. */
export const integritySoftware = definePrimitive(
  {
    id: 'integrity.software',
    parameters: z.strictObject({}),
    evidence: ['config'],
    predicate:
      'The digest of the lockfile and the provenance of packages are recorded, and the running build equals the approved one',
    says: 'Recorded digests match',
    cannotSay: 'Malice upstream',
  },
  {
    report: {
      needs: ['software'],
      assess: ({ software: { lockfile, provenance, runningBuild, approvedBuild } }) => {
        if (approvedBuild !== null && runningBuild !== approvedBuild)
          return notSatisfied('The running build is not the approved one.', {
            remedy: 'Run the approved build, or approve the one that runs.',
            paths: ['software.runningBuild'],
          });
        const lacking = Object.entries({ lockfile, provenance, approvedBuild }).flatMap(
          ([name, value]) => (value === null ? [`software.${name}`] : []),
        );
        if (lacking.length > 0)
          return undecided('A digest or the provenance is not recorded.', {
            remedy: 'Record the digest of the lockfile, the provenance and the approved build.',
            paths: lacking,
          });
        return satisfied(
          'The running build is the approved one; lockfile and provenance are recorded.',
        );
      },
    },
  },
);
