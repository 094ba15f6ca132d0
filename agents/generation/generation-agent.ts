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
  simulated: async ({ artifacts }, context) => {
    const { composeCampaign } = await import('./simulated/write-campaign.ts');
    const { lawfulCampaign } = await import('./law/lawful-campaign.ts');
    const written = composeCampaign(artifacts.requirements, artifacts.confirmation);
    return await lawfulCampaign(written, context);
  },
  llm: async (task, context) => {
    const { writeWithModel } = await import('./llm/write-with-model.ts');
    return writeWithModel(task, context);
  },
});
