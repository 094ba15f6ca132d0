import { defineAgent } from '../../src/workflow/index.ts';
import { CampaignInput, Requirements } from '../requirements/artifact.ts';
import { Strategy } from '../strategy/artifact.ts';
import { Confirmation } from './artifact.ts';
import { confirmStrategy } from './confirm-strategy.ts';

/** Lets a person decide about the strategy. There is no variant with a model: a person decides. */
export const confirmationAgent = defineAgent({
  id: 'confirmation',
  input: CampaignInput,
  artifact: Confirmation,
  reads: { requirements: Requirements, strategy: Strategy },
  simulated: confirmStrategy,
});
