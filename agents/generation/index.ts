export { Claim, Deliverable, Email } from './artifact.ts';
export { deliverableChecks } from './deliverable-checks.ts';
export { ModelAbsentError, NothingToTellError, SenderUnknownError } from './errors.ts';
export { campaignFiles, type CampaignFile } from './files/campaign-files.ts';
export { CampaignList } from './files/campaign-list.ts';
export { generationAgent } from './generation-agent.ts';
export type { DeliverableFacts } from './judging/facts.ts';
export { GENERATION_SYSTEM_PROMPT, generationUserPrompt } from './llm/prompt.ts';
