import { z } from 'zod';

import { undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { judgeEach } from '../judge-each.ts';

/** Nothing lies in clear. */
export const cryptoRest = definePrimitive(
  {
    id: 'crypto.rest',
    parameters: z.strictObject({
      /** Kinds of stores that there have to be. */
      kinds: z
        .array(z.enum(['checkpoints', 'audit', 'vault', 'records']))
        .default(['checkpoints', 'audit']),
    }),
    evidence: ['config'],
    predicate:
      'The stores of checkpoints, trail and vault declare encryption with a key id, and sensitive fields are sealed',
    says: 'Settings that are declared; sealed fields that were verified',
    cannotSay: 'Settings of disk or cloud',
  },
  {
    report: {
      needs: ['stores'],
      assess: ({ stores }, { kinds }) => {
        if (!kinds.every((kind) => stores.some((store) => store.kind === kind)))
          return undecided('Not every kind of store is in the evidence.', {
            remedy: `Describe the stores of ${kinds.join(', ')}.`,
            paths: ['stores'],
          });
        return judgeEach(stores, {
          path: 'stores',
          holds: ({ encryption, sensitiveFields, sealedFields }) =>
            encryption !== null && sensitiveFields.every((field) => sealedFields.includes(field)),
          yes: `${stores.length} stores declare encryption; sensitive fields are sealed.`,
          no: 'A store declares no encryption, or a sensitive field is not sealed.',
          remedy: 'Encrypt the store by a key that has an id, and seal the fields.',
        });
      },
    },
  },
);
