import { defineAgent, type Agent } from '../../src/workflow/index.ts';
import { CampaignInput, Requirements } from './artifact.ts';
import { readByModel } from './llm.ts';
import { readByRules } from './simulated.ts';

/** The agent that reads a campaign brief into typed requirements, each with the place that it was found at. */
export const requirementsAgent: Agent<
  CampaignInput,
  Record<never, never>,
  Requirements
> = defineAgent({
  id: 'requirements',
  input: CampaignInput,
  artifact: Requirements,
  reads: {},
  simulated: readByRules,
  llm: readByModel,
});
