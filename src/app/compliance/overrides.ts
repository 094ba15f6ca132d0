import type { TrailEvidence } from '../../compliance/index.ts';
import type { WaiverRecord } from '../policy/waiver-book.ts';

type Overrides = NonNullable<TrailEvidence['overrides']>;

/** Tells waivers that somebody approved as exceptions that were taken, with when they were taken back. */
export function overridesIn(waivers: readonly WaiverRecord[]): Overrides {
  return waivers.flatMap((waiver) => {
    const { id, owner, checkId, reason, startsAt, endsAt, approvedBy, revokedBy } = waiver;
    if (approvedBy === undefined) return [];
    return [
      {
        id,
        by: owner,
        check: checkId,
        reason,
        startedAt: startsAt,
        endsAt,
        ...(revokedBy && { revokedAt: revokedBy.at }),
        secondApprover: approvedBy.id,
        review: null,
      },
    ];
  });
}
