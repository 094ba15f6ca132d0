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

/** Tells those that stood at an instant, as they were known then. @param at - ISO-8601 UTC. */
export function overridesAt(waivers: readonly WaiverRecord[], at: string): Overrides {
  const now = Date.parse(at);
  const stood = waivers.filter(
    ({ status, startsAt, endsAt, approvedBy, revokedBy }) =>
      status !== 'unbound' &&
      approvedBy !== undefined &&
      Date.parse(approvedBy.at) <= now &&
      Date.parse(startsAt) <= now &&
      now < Date.parse(endsAt) &&
      (revokedBy === undefined || now < Date.parse(revokedBy.at)),
  );
  return overridesIn(stood.map((waiver) => ({ ...waiver, revokedBy: undefined })));
}
