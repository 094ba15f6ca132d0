import { z } from 'zod';

import { notSatisfied, satisfied } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';

/** Who reads the trail may, and that he did is in it. */
export const auditAccess = definePrimitive(
  {
    id: 'audit.access',
    parameters: z.strictObject({}),
    evidence: ['config', 'audit'],
    predicate: 'Only listed roles can read the trail, and reading it is itself recorded',
    says: 'Access within the framework',
    cannotSay: 'Administrators of databases and access to the filesystem',
  },
  {
    report: {
      needs: ['entries', 'trailReaders'],
      assess: ({ entries, trailReaders: { roles, listed, recordsReads } }) => {
        const allowed = new Set(listed);
        const paths = [
          ...(roles.every((role) => allowed.has(role)) ? [] : ['trailReaders.roles']),
          ...(recordsReads ? [] : ['trailReaders.recordsReads']),
        ];
        // What an agent does with a tool is an access too, and not one to the trail.
        const reads = entries.filter(
          ({ event }) => event.kind === 'access' && event.facts?.['tool'] !== true,
        );
        const strangers = reads.filter(
          ({ event }) =>
            event.outcome !== 'refused' &&
            !(event.actor.roles ?? []).some((role) => allowed.has(role)),
        );
        if (paths.length + strangers.length === 0)
          return satisfied(
            `Only listed roles can read the trail; ${reads.length} reads are in it.`,
          );
        return notSatisfied(
          'The trail is open to roles that are not listed, or reads go unrecorded.',
          {
            remedy: 'List who may read the trail, take it from the others, and record reading.',
            paths,
            entries: strangers.map(({ seq }) => seq),
          },
        );
      },
    },
  },
);
