export { emailCampaign } from './email-campaign.ts';
export type { WorkflowSettings } from './workflow-settings.ts';
