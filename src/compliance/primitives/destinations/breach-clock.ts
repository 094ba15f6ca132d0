import { z } from 'zod';

import { notApplicable } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { judgeEach } from '../judge-each.ts';
import { msBetween } from '../spans.ts';

const HOUR_MS = 3_600_000;

/** Incidents are decided on and told in time. */
export const breachClock = definePrimitive(
  {
    id: 'breach.clock',
    parameters: z.strictObject({
      /** Hours from discovery to notification; 72 where neither hours nor days are told. */
      hours: z.number().min(1).optional(),
      days: z.number().min(1).optional(),
    }),
    evidence: ['audit'],
    predicate:
      'Each security incident has a time of discovery, a decision, and a notification within the limit or an open alert',
    says: 'Recorded times',
    cannotSay: 'Incidents that nobody detected',
  },
  {
    report: {
      needs: ['incidents'],
      assess: ({ incidents, assessedAt }, { hours, days }) => {
        if (incidents.length === 0)
          return notApplicable('No security incident was recorded in the period.');
        const limitMs = (hours ?? (days === undefined ? 72 : days * 24)) * HOUR_MS;
        return judgeEach(incidents, {
          path: 'incidents',
          holds: ({ discoveredAt, decision, decidedAt, notifiedAt, alertOpen }) => {
            const within = (at: string) => {
              const ms = msBetween(discoveredAt, at);
              return ms >= 0 && ms <= limitMs;
            };
            if (decision === 'notify' && notifiedAt !== null) return within(notifiedAt);
            if (decision === 'no-notification') return decidedAt !== null && within(decidedAt);
            return alertOpen && within(assessedAt);
          },
          yes: `${incidents.length} incidents were decided on and told in time, or have an open alert.`,
          no: 'An incident was not decided on or told in time.',
          remedy: 'Decide and notify now; record why it was late.',
        });
      },
    },
  },
);
