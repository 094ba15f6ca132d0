import type { Facts } from '../kernel/index.ts';

/** What an entry tells of. */
export type AuditKind =
  | 'run-started'
  | 'run-ended'
  | 'phase-entered'
  | 'phase-left'
  | 'gate-verdict'
  | 'approval'
  | 'waiver'
  | 'model-call'
  | 'effect'
  | 'refusal'
  | 'access'
  | 'chain-opened'
  | 'chain-cut'
  | 'chain-resumed'
  | 'chain-replaced'
  | 'key-rotated'
  | 'hold-placed'
  | 'hold-released'
  | 'subject-erased';

/** How it ended. The gate's own words for a verdict, so that nothing is lost in translation. */
export type AuditOutcome =
  | 'success'
  | 'failure'
  | 'pending'
  | 'allow'
  | 'revise'
  | 'ask'
  | 'deny'
  | 'refused';

/** Who acted: the resolved principal, and on whose behalf. */
export interface AuditActor {
  /** Who acted, as resolved from the authenticated caller; never taken from a payload. */
  readonly id: string;
  readonly kind: 'person' | 'service' | 'script' | 'agent' | 'unknown';
  /** The principal that asked for it, where an agent or a service acts. */
  readonly onBehalfOf?: string;
  readonly roles?: readonly string[];
  /** Whether anything but the caller's word stands behind `id`. */
  readonly authenticated: boolean;
}

/** Something that happened. Digests are 64 lowercase hex digits (SHA-256). */
export interface AuditEvent {
  /** Names the event for ever; see {@link eventKey}. The same event under the same key is written once. */
  readonly key: string;
  readonly kind: AuditKind;
  readonly actor: AuditActor;
  readonly outcome: AuditOutcome;
  /** What was acted on: a workflow, a phase, a transition, a model, a recipient list by digest. */
  readonly target: string;
  readonly run?: string;
  readonly thread?: string;
  readonly phase?: string;
  /** Digest of the policy (gate, rule pack, configuration) that decided. */
  readonly policy?: string;
  /** Digest of what went in. */
  readonly input?: string;
  /** Digest of what came out. */
  readonly output?: string;
  /** Counts, ids and flags; user text does not fit. */
  readonly facts?: Facts;
}

/** What {@link eventKey} is made of. */
export interface EventPlace {
  readonly thread: string;
  /** Names one visit of a phase; a node that runs again after a crash has the same visit. */
  readonly visit: string;
  readonly kind: AuditKind;
  /** Tells apart several events of one kind in one visit: the check, the tool call's number, the effect's claim. */
  readonly part?: string;
}

/**
 * Gives the key of an event that is the same when its node runs again after a crash.
 *
 * @returns `thread/visit/kind[/part]`, each part escaped so that two places never share a key.
 */
export function eventKey({ thread, visit, kind, part }: EventPlace): string {
  const parts = part === undefined ? [thread, visit, kind] : [thread, visit, kind, part];
  return parts.map((text) => encodeURIComponent(text.toWellFormed())).join('/');
}

/** Kinds after which the chain is signed at once: a decision must not wait for the 64th entry. */
const DECISIONS: ReadonlySet<AuditKind> = new Set<AuditKind>([
  'gate-verdict',
  'approval',
  'waiver',
  'refusal',
  'run-ended',
  'chain-opened',
  'chain-cut',
  'chain-resumed',
  'chain-replaced',
  'key-rotated',
  'hold-placed',
  'hold-released',
  'subject-erased',
]);

/** Tells whether an entry of this kind is signed at once. */
export function isDecision(kind: AuditKind): boolean {
  return DECISIONS.has(kind);
}
