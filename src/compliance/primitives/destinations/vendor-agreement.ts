import { z } from 'zod';

import { notApplicable, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { spellingOf } from '../actors.ts';
import { judgeEach } from '../judge-each.ts';
import { msBetween } from '../spans.ts';

/** Who gets data has signed for it. */
export const vendorAgreement = definePrimitive(
  {
    id: 'vendor.agreement',
    parameters: z.strictObject({
      /** The agreement that is asked for, such as `DPA` or `BAA`; any unless told. */
      kind: z.string().min(1).max(40).optional(),
      /** Providers that are oneself. */
      own: z.array(z.string().min(1)).default(['self']),
    }),
    evidence: ['config'],
    predicate: 'Each provider has a current agreement reference whose expiry is in the future',
    says: 'A reference exists and is in date',
    cannotSay: 'The content of the agreement',
  },
  {
    gate: {
      needs: ['endpoints', 'agreements'],
      judge: ({ endpoints, agreements, now }, { kind, own }) => {
        if (endpoints.length === 0)
          return undecided('No endpoint is named.', {
            remedy: 'Name the endpoints of models, tools and stores, those on this machine too.',
            paths: ['compliance.endpoints'],
          });
        if (endpoints.every(({ provider }) => own.includes(provider)))
          return notApplicable('Every endpoint is one of our own.');
        const current = new Set(
          agreements
            .filter((one) => kind === undefined || one.kind === kind)
            .filter(({ expiresAt }) => msBetween(now, expiresAt) > 0)
            .map(({ provider }) => spellingOf(provider)),
        );
        return judgeEach(endpoints, {
          path: 'compliance.endpoints',
          holds: ({ provider }) => own.includes(provider) || current.has(spellingOf(provider)),
          yes: 'Every provider has an agreement in date.',
          no: `A provider has no ${kind ?? 'agreement'} that is in date.`,
          remedy: 'Conclude or renew the agreement, and refer to it.',
        });
      },
    },
  },
);
