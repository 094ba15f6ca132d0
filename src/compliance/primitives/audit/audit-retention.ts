import { z } from 'zod';

import { notSatisfied, satisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { daysBetween } from '../spans.ts';

/** Records are kept as long as they have to be. */
export const auditRetention = definePrimitive(
  {
    id: 'audit.retention',
    parameters: z.strictObject({
      /** Days that entries are kept; `agency` where a schedule of the user's own has to be laid over it first. */
      days: z.union([z.int().min(1), z.literal('agency')]).default(365),
      /** Days that entries are at hand without fetching an archive. */
      online: z.int().min(0).default(0),
    }),
    evidence: ['config', 'audit'],
    predicate:
      'The retention that is set is at least N days, the oldest record is as old as the system or the retention, and nothing was purged before it was due',
    says: 'The retention that is set, and the span that is there',
    cannotSay: 'Backups or copies elsewhere',
  },
  {
    report: {
      needs: ['retention'],
      assess: ({ retention, assessedAt }, { days, online }) => {
        if (days === 'agency')
          return undecided('The days have to come from a schedule of your own.', {
            remedy: 'Lay an overlay over the standard that sets days.',
            paths: ['parameters.days'],
          });
        const { onlineDays = retention.days, systemStartedAt, oldestEntryAt, purges } = retention;
        const short = [
          ...(retention.days < days ? ['retention.days'] : []),
          ...(onlineDays < online ? ['retention.onlineDays'] : []),
        ];
        if (short.length > 0)
          return notSatisfied(`Records are kept for less than ${days} days (${online} at hand).`, {
            remedy: 'Raise the retention.',
            paths: short,
          });
        const early = purges.flatMap(({ at, upTo }, index) =>
          daysBetween(upTo, at) < days ? [`retention.purges.${index}`] : [],
        );
        if (early.length > 0)
          return notSatisfied('Records were purged before they were due.', {
            remedy: 'Find out who purged them; restore them where a copy exists.',
            paths: early,
          });
        if (oldestEntryAt === null)
          return undecided('No record is there whose age could be told.', {
            remedy: 'Assess again once something is recorded.',
            paths: ['retention.oldestEntryAt'],
          });
        const age = daysBetween(systemStartedAt, assessedAt);
        const span = daysBetween(oldestEntryAt, assessedAt);
        if (span < Math.min(age, days) - 1)
          return notSatisfied('The oldest record is younger than the system and the retention.', {
            remedy: 'Find out where the earlier records are.',
            paths: ['retention.oldestEntryAt'],
          });
        return satisfied(`Records are kept for ${retention.days} days; none was purged early.`);
      },
    },
  },
);
