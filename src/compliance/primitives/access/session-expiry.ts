import { z } from 'zod';

import { notApplicable } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { judgeEach } from '../judge-each.ts';
import { msBetween } from '../spans.ts';

const MINUTE_MS = 60_000;

/** Nothing that was granted for a time is used after it. */
export const sessionExpiry = definePrimitive(
  {
    id: 'session.expiry',
    parameters: z.strictObject({
      /** Minutes without use after which a session ends. */
      minutes: z.number().min(1).default(30),
    }),
    evidence: ['state'],
    predicate: 'Approvals, sessions and elevated grants are within their time limit',
    says: 'Expiry was enforced',
    cannotSay: 'Sessions that the framework does not know',
  },
  {
    gate: {
      needs: ['sessions'],
      judge: ({ sessions, now }, { minutes }) =>
        sessions.length === 0
          ? notApplicable('Nothing that was granted for a time is in use.')
          : judgeEach(sessions, {
              path: 'compliance.sessions',
              holds: ({ kind, startedAt, lastUsedAt, expiresAt }) =>
                msBetween(startedAt, now) >= 0 &&
                msBetween(now, expiresAt) > 0 &&
                // Only a session ends by not being used; an approval and a grant end when they say.
                (kind !== 'session' || msBetween(lastUsedAt, now) <= minutes * MINUTE_MS),
              yes: 'Everything that is used is within its time.',
              no: 'Something is used that has expired.',
              remedy: 'Sign in again, or let it be granted again.',
            }),
    },
  },
);
