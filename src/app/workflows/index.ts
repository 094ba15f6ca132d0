export type { HousedWorkflow, HouseOrder } from '../housed-workflow.ts';
export { emailCampaign } from './email-campaign.ts';
export { openWorkflow } from './open-workflow.ts';
export type { WorkflowSettings } from './workflow-settings.ts';
