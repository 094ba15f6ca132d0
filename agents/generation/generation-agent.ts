import { defineAgent } from '../../src/workflow/index.ts';
import { Confirmation } from '../confirmation/artifact.ts';
import { CampaignInput, Requirements } from '../requirements/artifact.ts';
import { Deliverable } from './artifact.ts';

/**
 * Writes the emails of the approved strategy. The writers are loaded when the phase begins: what they need to render is
 * no part of starting up.
 */
export const generationAgent = defineAgent({
  id: 'generation',
  input: CampaignInput,
  artifact: Deliverable,
  reads: { requirements: Requirements, confirmation: Confirmation },
  simulated: async ({ artifacts }) => {
    const { writeCampaign } = await import('./simulated/write-campaign.ts');
    return writeCampaign(artifacts.requirements, artifacts.confirmation);
  },
  llm: async (task, context) => {
    const { writeWithModel } = await import('./llm/write-with-model.ts');
    return writeWithModel(task, context);
  },
});
