import { defineAgent } from '../../src/workflow/index.ts';
import { CampaignInput, Requirements } from '../requirements/artifact.ts';
import { Strategy } from './artifact.ts';
import { planWithModel } from './plan-with-model.ts';
import { isReviewed, simulateStrategy } from './simulated/simulate-strategy.ts';
import { onWorkingDays } from './working-days.ts';

/** Plans a campaign from its requirements, and changes the plan as a reviewer asks. */
export const strategyAgent = defineAgent({
  id: 'strategy',
  input: CampaignInput,
  artifact: Strategy,
  reads: { requirements: Requirements },
  simulated: async (task, { tools }) => {
    const plan = simulateStrategy(task);
    // What a reviewer asks for is kept to the day.
    return isReviewed(task) ? plan : await onWorkingDays(plan, task.artifacts.requirements, tools);
  },
  llm: planWithModel,
});
