export { requirementsAgent } from './agent.ts';
export {
  AudienceSegment,
  CampaignInput,
  Contradiction,
  Deadline,
  Fact,
  OpenQuestion,
  Requirements,
  SegmentDetail,
  Source,
} from './artifact.ts';
export { requirementsComplete } from './checks/requirements-complete.ts';
export { requirementsConsistent } from './checks/requirements-consistent.ts';
export { requirementsFreeOfIdentifiers } from './checks/requirements-free-of-identifiers.ts';
export { requirementsSourced } from './checks/requirements-sourced.ts';
export { MissingModelError } from './errors.ts';
