import type { AgentContext } from '../../src/workflow/index.ts';
import { Strategy } from './artifact.ts';
import { ModelMissingError } from './errors.ts';
import { STRATEGY_SYSTEM_PROMPT, strategyUserPrompt, TOOLS_PROMPT } from './prompt.ts';
import type { StrategyTask } from './simulated/simulate-strategy.ts';

/**
 * Lets a chat model plan. The gate after the phase judges the plan by the same checks as every other plan.
 *
 * @throws {@link ModelMissingError} without a model; ModelError (MODEL_*) when the model fails.
 */
export async function planWithModel(
  task: StrategyTask,
  { model, tools }: Pick<AgentContext, 'model' | 'tools'>,
): Promise<Strategy> {
  if (model === undefined) throw new ModelMissingError();
  return model.structured({
    name: 'strategy',
    schema: Strategy,
    system:
      tools.offered.length === 0
        ? STRATEGY_SYSTEM_PROMPT
        : `${STRATEGY_SYSTEM_PROMPT}\n\n${TOOLS_PROMPT}`,
    user: strategyUserPrompt(task),
    tools: tools.offered,
  });
}
