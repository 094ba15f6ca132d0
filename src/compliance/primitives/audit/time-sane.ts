import { z } from 'zod';

import { notSatisfied, satisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { daysBetween } from '../spans.ts';

/** The times of the records can be compared. */
export const timeSane = definePrimitive(
  {
    id: 'time.sane',
    parameters: z.strictObject({
      /** Milliseconds that the clock may be away from one that is trusted. */
      maxSkewMs: z.number().min(1).default(1_000),
      /** Days for which a measurement of it holds. */
      measuredDays: z.number().min(0.1).default(7),
    }),
    evidence: ['audit'],
    predicate:
      'Times are UTC, never go back within the chain, and are within a limit of a trusted clock',
    says: 'Ordering and skew',
    cannotSay: 'The accuracy of the external clock',
  },
  {
    report: {
      needs: ['entries', 'clock'],
      assess: ({ entries, clock, assessedAt }, { maxSkewMs, measuredDays }) => {
        const wrong: number[] = [];
        let latest = -Infinity;
        for (const { seq, at } of entries) {
          const ms = at.endsWith('Z') ? Date.parse(at) : Number.NaN;
          // A comparison with NaN is false: what is no time is wrong.
          if (ms >= latest) latest = ms;
          else wrong.push(seq);
        }
        if (wrong.length > 0)
          return notSatisfied('Times are not UTC, or go back.', {
            remedy: 'Set the clock by a trusted source, and see who set it back.',
            entries: wrong,
          });
        const ageDays = daysBetween(clock.measuredAt, assessedAt);
        if (entries.length === 0 || ageDays > measuredDays || ageDays < 0)
          return undecided('There are no entries, or the clock was not measured lately.', {
            remedy: 'Measure the clock against a trusted one.',
            paths: entries.length === 0 ? ['entries'] : ['clock.measuredAt'],
          });
        if (Math.abs(clock.skewMs) > maxSkewMs)
          return notSatisfied(`The clock is more than ${maxSkewMs} ms away from the trusted one.`, {
            remedy: 'Set the clock by a trusted source.',
            paths: ['clock.skewMs'],
          });
        return satisfied(`The times of ${entries.length} entries are in order.`);
      },
    },
  },
);
