import { randomIds, systemClock } from '../../kernel/index.ts';
import type { Principal } from '../../state/index.ts';
import type { App } from '../open-app.ts';
import { UnknownCheckError } from './errors.ts';
import { workflowOf } from './workflow-of.ts';
import { stepOf, type WaiverRecord, type WaiverRequest } from './waiver-book.ts';

/** An exception that somebody wants. */
export interface WaiverOrder {
  readonly check: string;
  readonly workflow: string;
  readonly reason: string;
  /** Who answers for it; the one who asks unless told. */
  readonly owner?: string | undefined;
  /** ISO-8601 UTC. */
  readonly endsAt: string;
}

/**
 * Asks for a waiver of a check as it is now.
 *
 * @throws {@link UnknownCheckError}; VALIDATION_INVALID_WAIVER; AUDIT_* when it cannot be recorded.
 */
export async function requestWaiver(
  app: App,
  { check, workflow: id, reason, owner, endsAt }: WaiverOrder,
  by: Principal,
): Promise<WaiverRequest> {
  const workflow = workflowOf(app, id);
  const checks = workflow.transitions.flatMap(({ gate }) =>
    gate.bindings.map((binding) => binding.check),
  );
  const found = checks.find((one) => one.id === check);
  if (found === undefined)
    throw new UnknownCheckError(check, id, [...new Set(checks.map((one) => one.id))].toSorted());
  const now = systemClock.now();
  const request = {
    workflow: id,
    checkId: check,
    checkDigest: found.digest,
    reason,
    owner: owner ?? by.id,
    startsAt: now,
    endsAt,
  };
  await record(app, { by, outcome: 'pending', what: `${id} ${check}`, policy: found.digest });
  return app.waivers.request(request, stepOf(by, now));
}

/** Approves a waiver that somebody else asked for. @throws APP_WAIVER_REFUSED; AUDIT_*. */
export async function approveWaiver(app: App, id: string, by: Principal): Promise<WaiverRecord> {
  await record(app, { by, outcome: 'allow', what: id });
  return app.waivers.approve(id, stepOf(by, systemClock.now()));
}

/** Takes a waiver back; from then on it lets nothing pass. @throws APP_WAIVER_REFUSED; AUDIT_*. */
export async function revokeWaiver(app: App, id: string, by: Principal): Promise<WaiverRecord> {
  await record(app, { by, outcome: 'deny', what: id });
  return app.waivers.revoke(id, stepOf(by, systemClock.now()));
}

interface Told {
  readonly by: Principal;
  readonly outcome: 'pending' | 'allow' | 'deny';
  readonly what: string;
  readonly policy?: string;
}

/** Recorded before it is done: what cannot be recorded does not happen. */
async function record(app: App, { by, outcome, what, policy }: Told): Promise<void> {
  const { id, kind, authenticated, source } = by;
  await app.audit.append({
    key: ['waiver', what, outcome, randomIds.next()].map(encodeURIComponent).join('/'),
    kind: 'waiver',
    actor: { id, kind, authenticated },
    outcome,
    target: `waiver ${what}`,
    ...(policy === undefined ? {} : { policy }),
    facts: { source },
  });
}
