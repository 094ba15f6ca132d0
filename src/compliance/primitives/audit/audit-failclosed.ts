import { z } from 'zod';

import { definePrimitive } from '../../primitive.ts';
import { judgeProbes } from '../probes.ts';

/** What cannot be recorded does not happen. */
export const auditFailclosed = definePrimitive(
  {
    id: 'audit.failclosed',
    parameters: z.strictObject({
      /** Days for which a probe holds. */
      probeDays: z.number().min(1).default(90),
    }),
    evidence: ['probe'],
    predicate: 'With the audit sink made to fail, a transition is denied',
    says: 'It failed closed when it was probed',
    cannotSay: 'Behaviour outside the probe',
  },
  {
    gate: {
      needs: ['probes'],
      judge: ({ probes, now }, { probeDays }) =>
        judgeProbes(probes, {
          ids: ['audit-sink-fails'],
          maxDays: probeDays,
          now,
          path: 'compliance.probes',
        }),
    },
    report: {
      needs: ['probes'],
      assess: ({ probes, assessedAt }, { probeDays }) =>
        judgeProbes(probes, { ids: ['audit-sink-fails'], maxDays: probeDays, now: assessedAt }),
    },
  },
);
