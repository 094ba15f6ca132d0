import type { Gate } from '../../validation/index.ts';
import type { TrailEvidence } from './trail-evidence.ts';

/** A transition of a workflow, as far as its gate goes. */
export interface JudgedTransition {
  readonly gate: Pick<Gate, 'digest' | 'bindings'>;
}

/** Gives the part `gates` of the evidence: what each gate of some workflows asks, by the digest that verdicts name. */
export function gatesOf(
  transitions: readonly JudgedTransition[],
): NonNullable<TrailEvidence['gates']> {
  const gates = new Map(
    transitions.map(({ gate }) => [
      gate.digest,
      gate.bindings.map(({ check, mode }) => ({ id: check.id, mode })),
    ]),
  );
  return [...gates].map(([policy, checks]) => ({ policy, checks }));
}
