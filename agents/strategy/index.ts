export { reviewComment, reviewMessage, SegmentPlan, SequenceStep, Strategy } from './artifact.ts';
export {
  confirmedStrategyChecks,
  planChecks,
  strategyCoversSegments,
  strategyHonoursConstraints,
  strategySequenceOrdered,
  strategyTraced,
  strategyWithinDeadlines,
  type PlanChecks,
  type PlanPlace,
} from './checks.ts';
export { ModelMissingError, NothingToPlanError } from './errors.ts';
export type { PlanFacts } from './judging/judge-plan.ts';
export { STRATEGY_SYSTEM_PROMPT, strategyUserPrompt } from './prompt.ts';
export type { StrategyTask } from './simulated/simulate-strategy.ts';
export { strategyAgent } from './strategy-agent.ts';
