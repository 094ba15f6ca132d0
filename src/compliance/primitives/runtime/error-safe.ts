import { z } from 'zod';

import { definePrimitive } from '../../primitive.ts';
import { judgeProbes } from '../probes.ts';

const FAULTS = ['error', 'timeout', 'unknown-fact'] as const;

/** Faults deny, and say nothing that must not be said. */
export const errorSafe = definePrimitive(
  {
    id: 'error.safe',
    parameters: z.strictObject({
      /** Days for which a probe holds. */
      probeDays: z.number().min(1).default(90),
    }),
    evidence: ['probe'],
    predicate:
      'Errors, timeouts and unknown facts deny, without internals or data of persons in the message',
    says: 'It failed secure for the faults that were probed',
    cannotSay: 'Faults that were not probed',
  },
  {
    gate: {
      needs: ['probes'],
      judge: ({ probes, now }, { probeDays }) =>
        judgeProbes(probes, { ids: FAULTS, maxDays: probeDays, now, path: 'compliance.probes' }),
    },
    report: {
      needs: ['probes'],
      assess: ({ probes, assessedAt }, { probeDays }) =>
        judgeProbes(probes, { ids: FAULTS, maxDays: probeDays, now: assessedAt }),
    },
  },
);
