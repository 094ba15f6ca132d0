import type { AgentTask } from '../../../src/workflow/index.ts';
import type { CampaignInput, Requirements } from '../../requirements/artifact.ts';
import { reviewComment, type Strategy } from '../artifact.ts';
import {
  breachesOfConstraints,
  breachesOfCoverage,
  breachesOfDeadlines,
  breachesOfOrder,
  breachesOfTracing,
} from '../judging/judge-plan.ts';
import { bounded } from './bounded.ts';
import { gatherMaterial } from './gather-material.ts';
import { planStrategy } from './plan-strategy.ts';
import { applyComment } from './review/apply-comment.ts';

/** What the strategy agent is given. */
export type StrategyTask = AgentTask<
  CampaignInput,
  { readonly requirements: Requirements },
  Strategy
>;

/**
 * Plans by rules alone, without a model: the same task gives the same plan.
 * A reviewer's comments change the plan of the visit before, so that what was asked earlier stays asked.
 *
 * @throws NothingToPlanError (STRATEGY_NOTHING_TO_PLAN) without a segment, or without a single fact.
 */
export function simulateStrategy(task: StrategyTask): Strategy {
  const { requirements } = task.artifacts;
  const material = gatherMaterial(requirements);
  const comments = commentsIn(task);
  const base = comments.length > 0 ? usablePlan(task.previous, requirements) : undefined;
  return bounded(
    comments.reduce(
      (plan, comment) => applyComment(plan, comment, material),
      base ?? planStrategy(material),
    ),
  );
}

/** Tells whether a person has asked for changes. */
export function isReviewed(task: Pick<StrategyTask, 'revision'>): boolean {
  return commentsIn(task).length > 0;
}

function commentsIn({ revision }: Pick<StrategyTask, 'revision'>): readonly string[] {
  const reasons = revision?.reasons ?? [];
  return reasons
    .map(({ message }) => reviewComment(message))
    .filter((comment) => comment !== undefined);
}

/** The earlier plan, unless the requirements moved on and it no longer fits them. */
function usablePlan(
  previous: Strategy | undefined,
  requirements: Requirements,
): Strategy | undefined {
  if (previous === undefined || previous.language !== requirements.language) return undefined;
  const facts = { requirements, strategy: previous };
  const breaches = [
    ...breachesOfTracing(facts),
    ...breachesOfCoverage(facts),
    ...breachesOfDeadlines(facts),
    ...breachesOfConstraints(facts),
    ...breachesOfOrder(facts),
  ];
  return breaches.length === 0 ? previous : undefined;
}
