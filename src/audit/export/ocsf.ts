import type { StoredEntry } from './json-lines.ts';
import { parseEntry, type EntryBody } from './parse-entry.ts';

const SCHEMA_VERSION = '1.3.0';
const FINDINGS = 2;
const APPLICATION = 6;
const COMPLIANCE_FINDING = 2003;
const APPLICATION_LIFECYCLE = 6002;
const API_ACTIVITY = 6003;

/** Decisions are findings; the rest is activity of an application. */
const FINDING_KINDS = new Set(['gate-verdict', 'approval', 'waiver', 'refusal']);
const LIFECYCLE = new Map([
  ['run-started', 3],
  ['phase-entered', 3],
  ['run-ended', 4],
  ['phase-left', 4],
]);

/** An event of the Open Cybersecurity Schema Framework. */
export interface OcsfEvent {
  readonly category_uid: number;
  readonly class_uid: number;
  readonly activity_id: number;
  /** class_uid * 100 + activity_id. */
  readonly type_uid: number;
  readonly severity_id: number;
  readonly status_id: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly time: number;
  readonly [attribute: string]: unknown;
}

/**
 * Gives an entry as an OCSF event: verdicts, approvals, waivers and refusals as Compliance Finding (2003), runs and phases
 * as Application Lifecycle (6002), everything else as API Activity (6003).
 *
 * @see OCSF schema 1.3.0
 */
export function toOcsf(entry: StoredEntry): OcsfEvent {
  const body = parseEntry(entry.body);
  const { kind } = body.event;
  if (FINDING_KINDS.has(kind)) return finding(entry, body);
  const activity = LIFECYCLE.get(kind);
  if (activity !== undefined) {
    const app = { name: body.event.target, vendor_name: 'phasegate' };
    return event(entry, body, {
      category: APPLICATION,
      type: APPLICATION_LIFECYCLE,
      activity,
      more: { app },
    });
  }
  const more = {
    api: { operation: kind },
    src_endpoint: { name: body.where },
    resources: [{ name: body.event.target }],
  };
  // A model call reads; everything else that is left changes something.
  const asked = kind === 'model-call' || kind === 'access' ? 2 : 3;
  return event(entry, body, { category: APPLICATION, type: API_ACTIVITY, activity: asked, more });
}

function finding(entry: StoredEntry, body: EntryBody): OcsfEvent {
  const { kind, target, outcome, policy } = body.event;
  const more = {
    finding_info: { uid: entry.hash, title: `${kind}: ${outcome}`, types: [kind] },
    compliance: {
      control: target,
      standards: ['phasegate'],
      ...(policy === undefined ? {} : { requirements: [policy] }),
      status_id: complianceStatus(outcome),
      status: outcome,
    },
    resources: [{ name: target, uid: body.event.run ?? '' }],
  };
  return event(entry, body, { category: FINDINGS, type: COMPLIANCE_FINDING, activity: 1, more });
}

/** 1 Pass, 2 Warning (no result for want of information), 3 Fail. */
function complianceStatus(outcome: string): number {
  if (outcome === 'allow' || outcome === 'success') return 1;
  return outcome === 'ask' || outcome === 'pending' ? 2 : 3;
}

interface Shape {
  readonly category: number;
  readonly type: number;
  readonly activity: number;
  readonly more: Readonly<Record<string, unknown>>;
}

function event(entry: StoredEntry, body: EntryBody, shape: Shape): OcsfEvent {
  const { actor, outcome, ...told } = body.event;
  const isFailure = ['failure', 'deny', 'refused'].includes(outcome);
  return {
    category_uid: shape.category,
    class_uid: shape.type,
    activity_id: shape.activity,
    type_uid: shape.type * 100 + shape.activity,
    // 1 Informational, 3 Medium.
    severity_id: isFailure ? 3 : 1,
    // 1 Success (New, for a finding), 2 Failure (In Progress, for a finding).
    status_id: shape.category === APPLICATION && isFailure ? 2 : 1,
    time: Date.parse(body.at),
    metadata: {
      version: SCHEMA_VERSION,
      product: { name: 'phasegate', vendor_name: 'phasegate' },
      uid: `${body.chain}/${entry.seq}`,
      sequence: entry.seq,
      correlation_uid: body.event.run ?? '',
      original_time: body.at,
    },
    actor: { user: { name: actor.id, uid: actor.id, type: actor.kind } },
    ...shape.more,
    unmapped: {
      ...told,
      outcome,
      onBehalfOf: actor.onBehalfOf,
      authenticated: actor.authenticated,
      hash: entry.hash,
      previous: entry.previous,
    },
  };
}
