import { z } from 'zod';

import { CampaignInput, Requirements } from '../artifact.ts';

/** The facts that the checks on requirements read. */
export const RequirementsFacts = z.object({
  input: CampaignInput,
  artifacts: z.object({ requirements: Requirements }),
});
export type RequirementsFacts = z.infer<typeof RequirementsFacts>;
