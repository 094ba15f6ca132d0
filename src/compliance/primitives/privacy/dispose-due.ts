import { z } from 'zod';

import { notApplicable } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { judgeEach } from '../judge-each.ts';
import { daysBetween } from '../spans.ts';

/** What is past its time is gone. */
export const disposeDue = definePrimitive(
  {
    id: 'dispose.due',
    parameters: z.strictObject({
      /** Days after its time by which it has to be gone. */
      graceDays: z.number().min(0).default(30),
    }),
    evidence: ['config', 'audit'],
    predicate: 'Data past its retention is purged, or sealed with its key destroyed, with receipts',
    says: 'The receipts inside this system',
    cannotSay: 'External copies',
  },
  {
    report: {
      needs: ['disposals'],
      assess: ({ disposals, assessedAt }, { graceDays }) => {
        const due = disposals.filter(({ dueAt }) => daysBetween(dueAt, assessedAt) >= 0);
        if (due.length === 0) return notApplicable('Nothing was due in the period.');
        return judgeEach(disposals, {
          path: 'disposals',
          holds: ({ dueAt, disposedAt, how, receipt }) =>
            disposedAt === null
              ? daysBetween(dueAt, assessedAt) <= graceDays
              : how !== null && receipt !== null && daysBetween(dueAt, disposedAt) <= graceDays,
          yes: `${due.length} disposals that were due are done with a receipt, or within their time.`,
          no: 'Data past its retention is still there, or went without a receipt.',
          remedy: 'Purge it or destroy its key, and keep the receipt.',
        });
      },
    },
  },
);
