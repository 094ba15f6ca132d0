export {
  Confirmation,
  confirmationAgent,
  decisionMade,
  strategyApproved,
} from './confirmation/index.ts';
export {
  campaignFiles,
  Claim,
  Deliverable,
  deliverableChecks,
  Email,
  generationAgent,
  ModelAbsentError,
  NothingToTellError,
  SenderUnknownError,
  type CampaignFile,
  type DeliverableFacts,
} from './generation/index.ts';
export { agents } from './registry.generated.ts';
export {
  AudienceSegment,
  CampaignInput,
  Contradiction,
  Deadline,
  Fact,
  OpenQuestion,
  Requirements,
  MissingModelError,
  requirementsAgent,
  requirementsComplete,
  requirementsConsistent,
  requirementsFreeOfIdentifiers,
  requirementsSourced,
  Source,
} from './requirements/index.ts';
export {
  confirmedStrategyChecks,
  ModelMissingError,
  NothingToPlanError,
  planChecks,
  SegmentPlan,
  SequenceStep,
  Strategy,
  strategyAgent,
  type PlanChecks,
  type PlanFacts,
  type PlanPlace,
} from './strategy/index.ts';
