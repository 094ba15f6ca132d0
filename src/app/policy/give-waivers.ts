import { randomIds, systemClock } from '../../kernel/index.ts';
import type { Principal } from '../../state/index.ts';
import type { WorkflowDescription } from '../../workflow/index.ts';
import type { App } from '../open-app.ts';
import { UnclearGateError, UnknownCheckError } from './errors.ts';
import { workflowOf } from './workflow-of.ts';
import { stepOf, type WaiverRecord, type WaiverRequest } from './waiver-book.ts';

/** An exception that somebody wants. */
export interface WaiverOrder {
  readonly check: string;
  readonly workflow: string;
  /** Phases of the transition at whose gate it is; may be left out where one gate alone asks the check. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly reason: string;
  /** Who answers for it; the one who asks unless told. */
  readonly owner?: string | undefined;
  /** ISO-8601 UTC. */
  readonly endsAt: string;
}

/**
 * Asks for a waiver of a check as it is now.
 *
 * @throws {@link UnknownCheckError}; {@link UnclearGateError}; VALIDATION_INVALID_WAIVER; AUDIT_* when it cannot be recorded.
 */
export async function requestWaiver(
  app: App,
  order: WaiverOrder,
  by: Principal,
): Promise<WaiverRequest> {
  const { check, workflow: id, reason, owner, endsAt } = order;
  const { from, to, digest } = placeOf(workflowOf(app, id), order);
  // Begins the trail that the waiver belongs to, where there is none yet.
  await app.audit.open();
  const now = systemClock.now();
  const request = {
    workflow: id,
    checkId: check,
    checkDigest: digest,
    from,
    to,
    reason,
    owner: owner ?? by.id,
    startsAt: now,
    endsAt,
  };
  const draft = app.waivers.draft(request, stepOf(by, now));
  await record(app, draft, { by, outcome: 'pending' });
  app.waivers.keep(draft);
  return draft;
}

/** The one gate that is meant. */
function placeOf(
  { id, transitions }: WorkflowDescription<unknown, unknown>,
  { check, from, to }: WaiverOrder,
): { readonly from: string; readonly to: string; readonly digest: string } {
  const all = transitions.flatMap((move) =>
    move.gate.bindings.map((binding) => ({ from: move.from, to: move.to, ...binding.check })),
  );
  const asking = all.filter((one) => one.id === check);
  if (asking.length === 0)
    throw new UnknownCheckError(check, id, [...new Set(all.map((one) => one.id))].toSorted());
  const [meant, ...others] = asking.filter(
    (one) => (from ?? one.from) === one.from && (to ?? one.to) === one.to,
  );
  if (meant !== undefined && others.length === 0) return meant;
  throw new UnclearGateError(
    check,
    asking.map((one) => `--from ${one.from} --to ${one.to}`),
  );
}

/** Approves a waiver that somebody else asked for. @throws APP_WAIVER_REFUSED; AUDIT_*. */
export async function approveWaiver(app: App, id: string, by: Principal): Promise<WaiverRecord> {
  const step = stepOf(by, systemClock.now());
  await record(app, app.waivers.examineApproval(id, step), { by, outcome: 'allow' });
  return app.waivers.approve(id, step);
}

/** Takes a waiver back; from then on it lets nothing pass. @throws APP_WAIVER_REFUSED; AUDIT_*. */
export async function revokeWaiver(app: App, id: string, by: Principal): Promise<WaiverRecord> {
  const step = stepOf(by, systemClock.now());
  await record(app, app.waivers.examineRevocation(id, step), { by, outcome: 'deny' });
  return app.waivers.revoke(id, step);
}

/** Recorded before it is done, and only what may be done: what cannot be recorded does not happen. */
async function record(
  app: App,
  { id: waiver, workflow, checkId, checkDigest, from = '', to = '', owner, endsAt }: WaiverRequest,
  { by, outcome }: { readonly by: Principal; readonly outcome: 'pending' | 'allow' | 'deny' },
): Promise<void> {
  const { id, kind, authenticated, source } = by;
  await app.audit.append({
    key: ['waiver', waiver, outcome, randomIds.next()].map(encodeURIComponent).join('/'),
    kind: 'waiver',
    actor: { id, kind, authenticated },
    outcome,
    target: waiver,
    policy: checkDigest,
    facts: { source, workflow, check: checkId, from, to, owner, endsAt },
  });
}
