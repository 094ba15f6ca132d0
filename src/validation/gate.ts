import { digestOf } from '../kernel/index.ts';
import type { CheckMode } from '../state/index.ts';
import type { Check } from './check.ts';
import { InvalidGateError } from './errors.ts';

/** Ids of the lines that a gate itself adds to a verdict. */
const RESERVED_IDS = new Set(['approval', 'attempts', 'gate']);
const LONGEST_MS = 100 * 365 * 86_400_000;

/** Where a failed check leads. */
export type Consequence =
  | { readonly kind: 'deny' }
  | { readonly kind: 'ask' }
  | { readonly kind: 'revise'; readonly to: string };

/** A check bound to a gate: what its failure does. */
export interface Binding<in Facts = never> {
  readonly check: Check<Facts>;
  readonly mode: CheckMode;
  readonly consequence: Consequence;
}

/** What a gate asks of a person before it opens. The approval is given in the phase that the transition leaves. */
export interface ApprovalRule<in Facts = never> {
  /** Exactly what must have been approved, taken from the facts as they are now. */
  readonly subject: (facts: Facts) => unknown;
  /** Roles of which the approver must hold one; empty for anyone. */
  readonly roles: readonly string[];
  /** Milliseconds for which an approval holds. */
  readonly validForMs: number;
}

/** The checks of one transition, and what each failure leads to. */
export interface Gate<in Facts = never> {
  readonly bindings: readonly Binding<Facts>[];
  readonly approval: ApprovalRule<Facts> | undefined;
  /** Changes whenever a check, a binding or the approval rule does. */
  readonly digest: string;
}

/** A failure denies: the run is blocked. The same as naming the check alone. */
export function denyOn<Facts>(check: Check<Facts>): Binding<Facts> {
  return { check, mode: 'deny', consequence: { kind: 'deny' } };
}

/** A failure sends the run back to the phase `to`, with the reason as input. */
export function reviseOn<Facts>(check: Check<Facts>, to: string): Binding<Facts> {
  return { check, mode: 'deny', consequence: { kind: 'revise', to } };
}

/** A failure asks a person for the missing facts, then runs the same phase again. */
export function askOn<Facts>(check: Check<Facts>): Binding<Facts> {
  return { check, mode: 'deny', consequence: { kind: 'ask' } };
}

/** A failure is shown and recorded, and does not hold the run. */
export function warnOn<Facts>(check: Check<Facts>): Binding<Facts> {
  return { check, mode: 'warn', consequence: { kind: 'deny' } };
}

/** A failure is recorded only. */
export function auditOn<Facts>(check: Check<Facts>): Binding<Facts> {
  return { check, mode: 'audit', consequence: { kind: 'deny' } };
}

/** What {@link defineGate} takes. Each check names the facts that it needs; the gate needs them all. */
export interface GateDefinition<Entry extends Check | Binding, Approved = unknown> {
  readonly checks: readonly Entry[];
  readonly approval?: ApprovalRule<Approved>;
}

/** The facts that each of some checks and bindings needs, together. */
export type FactsFor<Entry> = (
  Entry extends Check<infer Facts> | Binding<infer Facts> ? (facts: Facts) => void : never
) extends (facts: infer All) => void
  ? All
  : never;

/**
 * Describes a gate.
 *
 * @throws {@link InvalidGateError} for a gate without anything that could hold a run, or with two checks of one id.
 */
export function defineGate<Entry extends Check | Binding, Approved = unknown>(
  definition: GateDefinition<Entry, Approved>,
): Gate<FactsFor<Entry> & Approved>;
export function defineGate(definition: GateDefinition<Check | Binding, never>): Gate {
  const bindings = definition.checks.map((entry) =>
    Object.freeze('check' in entry ? entry : denyOn(entry)),
  );
  const { approval } = definition;
  if (!bindings.some(({ mode }) => mode === 'deny') && approval === undefined) {
    throw new InvalidGateError('no check in mode deny, so nothing could hold the run');
  }
  const ids = bindings.map(({ check }) => check.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index || RESERVED_IDS.has(id));
  if (twice !== undefined)
    throw new InvalidGateError(`the check id "${twice}" is taken twice or reserved`);
  if (approval !== undefined && !(approval.validForMs > 0 && approval.validForMs <= LONGEST_MS)) {
    throw new InvalidGateError(
      `an approval that cannot be dated: validForMs must be above 0 and up to ${LONGEST_MS}, a hundred years`,
    );
  }
  const digest = digestOf({
    bindings: bindings.map(({ check, mode, consequence }) => ({
      check: check.digest,
      mode,
      consequence,
    })),
    approval: approval && { ...approval, subject: String(approval.subject) },
  });
  return Object.freeze({ bindings: Object.freeze(bindings), approval, digest });
}
