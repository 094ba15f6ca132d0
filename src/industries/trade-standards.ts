import {
  bindStandard,
  defineCompliance,
  findStandard,
  overlay,
  scanRun,
  type Compliance,
  type RunContent,
  type SuppliedFacts,
  type TransitionTag,
} from '../compliance/index.ts';
import { digestOf } from '../kernel/index.ts';
import { COMPLETED, type WorkflowPlan } from '../state/index.ts';
import type { StandardsMode, TradeStandard } from './trade.ts';

/** Why a check that is for certain moves finds none of them in a trade's workflow. */
const NO_MOVE: Readonly<Record<string, string>> = {
  decision: 'Nobody is decided about: what is decided is decided by persons, about a matter.',
  totals: 'No records or amounts are carried over that would have to be reconciled.',
  deidentified: 'No data are handed on as de-identified.',
};

const NOT_PLANNED = 'The template that the workflow is made of has no move of this kind.';

/** The standards of a workflow, and what the workflow tells them. */
export interface TradeStandards<Facts> {
  readonly standards: readonly TradeStandard[];
  /** What moves are, as `from -> to`. */
  readonly tags: Readonly<Record<string, readonly TransitionTag[]>>;
  readonly complianceFacts?: ((facts: Facts) => SuppliedFacts) | undefined;
  /** Whether an agent may call tools; which ones it calls is then for the house to tell. */
  readonly callsTools?: boolean;
  /** Whether the workflow is made of somebody's plan: then it may lack any kind of moves. */
  readonly isPlanned?: boolean;
}

/** What the moves of a plan are: as a catalogue's own workflow has them, with an approval, or to the end. */
export function plannedTags(
  { transitions }: WorkflowPlan,
  known: TradeStandards<never>['tags'],
): TradeStandards<never>['tags'] {
  const tagged = transitions.map(({ from, to, approval }) => {
    const move = `${from} -> ${to}`;
    const tags = new Set(Object.hasOwn(known, move) ? known[move] : []);
    if (approval !== undefined) tags.add('approval');
    if (to === COMPLETED) tags.add('output');
    return [move, [...tags]] as const;
  });
  return Object.fromEntries(tagged.filter(([, tags]) => tags.length > 0));
}

/**
 * Binds a trade's standards to its workflow. The checks that the trade names hold a run; the others, which need facts about the
 * installation, are asked and recorded. What is for a kind of moves that the workflow does not have is set aside with the reason.
 */
export function tradeStandards<Facts>(
  {
    standards,
    tags,
    complianceFacts,
    callsTools = false,
    isPlanned = false,
  }: TradeStandards<Facts>,
  mode: Exclude<StandardsMode, 'off'>,
): Compliance<Facts & RunContent> {
  const tagged = new Set(Object.values(tags).flat());
  const bound = standards.map(({ id, changes = {}, holds = [], notApplicable = {} }) => {
    const standard = overlay(findStandard(id), changes);
    const aside = standard.checks.flatMap(({ id: check, primitive, mode: kind }) => {
      const { on } = primitive;
      if (kind === 'report' || on.length === 0 || on.some((tag) => tagged.has(tag))) return [];
      const other = isPlanned ? NOT_PLANNED : '';
      const reason = on.map((tag) => NO_MOVE[tag] ?? other).find((text) => text !== '');
      return reason === undefined ? [] : [[check, reason] as const];
    });
    return bindStandard(standard, {
      mode,
      modes: Object.fromEntries(holds.map((check) => [check, 'deny' as const])),
      notApplicable: { ...Object.fromEntries(aside), ...notApplicable },
    });
  });
  return defineCompliance<Facts & RunContent>({
    standards: bound,
    tags,
    facts: (given, { transition }) => ({
      ...(transition && scanRun(given, transition)),
      ...(callsTools ? {} : { toolCalls: [] }),
      ...complianceFacts?.(given),
    }),
    version: digestOf(String(complianceFacts)),
  });
}
