import { defineAgent } from '../../src/workflow/index.ts';
import { CampaignInput, Requirements } from '../requirements/artifact.ts';
import { Strategy } from './artifact.ts';
import { planWithModel } from './plan-with-model.ts';
import { simulateStrategy } from './simulated/simulate-strategy.ts';

/** Plans a campaign from its requirements, and changes the plan as a reviewer asks. */
export const strategyAgent = defineAgent({
  id: 'strategy',
  input: CampaignInput,
  artifact: Strategy,
  reads: { requirements: Requirements },
  simulated: simulateStrategy,
  llm: planWithModel,
});
