import type { Check } from '../check.ts';
import type { CompiledExpression } from './expression/compile-expression.ts';
import type { DecisionTable } from './pack/compile-table.ts';
import type { RuleText } from './pack/pack-schema.ts';

/** A fixed figure of a pack, and what it counts. */
export interface Threshold {
  readonly value: number;
  readonly unit: string;
  readonly title?: string | undefined;
}

/** A rule of a pack, compiled. */
export interface Rule<in Facts = never> {
  readonly text: RuleText;
  readonly expression: CompiledExpression;
  readonly tables: readonly DecisionTable[];
  /** Paths of all facts that have to be there, those of its tables among them. */
  readonly paths: readonly string[];
  readonly check: Check<Facts>;
}

/** Rules as data, typed against the facts that they read. */
export interface RulePack<in Facts = never> {
  readonly id: string;
  readonly version: string;
  /** Changes whenever anything in the pack or the shape of its facts does. */
  readonly digest: string;
  readonly rules: readonly Rule<Facts>[];
  readonly thresholds: ReadonlyMap<string, Threshold>;
  /** Positions in `rules` by transition; those of rules that apply everywhere under a key of their own. */
  readonly byTransition: ReadonlyMap<string, readonly number[]>;
}

/** The key of rules that name no transition. */
export const EVERYWHERE = '';

/** A move from one phase to another. */
export interface RuleTransition {
  readonly from: string;
  readonly to: string;
}

/** The key of a transition in a pack's index. */
export function transitionKey({ from, to }: RuleTransition): string {
  return JSON.stringify([from, to]);
}

/**
 * Gives a pack's rules as checks for `defineGate`, in the pack's order.
 *
 * @param transition - Only the rules that apply to it; all rules unless told. A gate needs at least one check.
 */
export function checksOf<Facts>(
  pack: RulePack<Facts>,
  transition?: RuleTransition,
): readonly Check<Facts>[] {
  if (transition === undefined) return pack.rules.map(({ check }) => check);
  const everywhere = pack.byTransition.get(EVERYWHERE) ?? [];
  const here = pack.byTransition.get(transitionKey(transition)) ?? [];
  return [...everywhere, ...here]
    .toSorted((one, other) => one - other)
    .flatMap((index) => pack.rules[index]?.check ?? []);
}
