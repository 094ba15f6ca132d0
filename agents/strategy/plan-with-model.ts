import type { AgentContext } from '../../src/workflow/index.ts';
import { Strategy } from './artifact.ts';
import { ModelMissingError } from './errors.ts';
import { STRATEGY_SYSTEM_PROMPT, strategyUserPrompt } from './prompt.ts';
import type { StrategyTask } from './simulated/simulate-strategy.ts';

/**
 * Lets a chat model plan. The gate after the phase judges the plan by the same checks as every other plan.
 *
 * @throws {@link ModelMissingError} without a model; ModelError (MODEL_*) when the model fails.
 */
export async function planWithModel(
  task: StrategyTask,
  { model }: Pick<AgentContext, 'model'>,
): Promise<Strategy> {
  if (model === undefined) throw new ModelMissingError();
  return model.structured({
    name: 'strategy',
    schema: Strategy,
    system: STRATEGY_SYSTEM_PROMPT,
    user: strategyUserPrompt(task),
  });
}
