import { z } from 'zod';

import { undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { judgeEach } from '../judge-each.ts';

/** Data goes where it may. */
export const regionAllowed = definePrimitive(
  {
    id: 'region.allowed',
    parameters: z.strictObject({
      /** Whether a reference to a safeguard lets data go elsewhere. */
      safeguards: z.boolean().default(true),
    }),
    evidence: ['config'],
    predicate:
      'Region and provider of each endpoint are in the allowed lists, or carry a reference to a transfer safeguard',
    says: 'The destination that is set',
    cannotSay: 'The actual routing, or sub-processors',
  },
  {
    gate: {
      needs: ['endpoints', 'destinations'],
      judge: ({ endpoints, destinations: { regions, providers } }, { safeguards }) => {
        if (endpoints.length === 0)
          return undecided('No endpoint is named.', {
            remedy: 'Name the endpoints of models, tools and stores, those on this machine too.',
            paths: ['compliance.endpoints'],
          });
        return judgeEach(endpoints, {
          path: 'compliance.endpoints',
          holds: ({ region, provider, safeguard }) =>
            (regions.includes(region) && providers.includes(provider)) ||
            (safeguards && safeguard !== undefined),
          yes: 'Every endpoint is where data may go.',
          no: 'An endpoint is in a region or with a provider that is not allowed.',
          remedy: 'Choose another endpoint, or record what safeguards the transfer.',
        });
      },
    },
  },
);
