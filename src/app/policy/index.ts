export { approveWaiver, requestWaiver, revokeWaiver, type WaiverOrder } from './give-waivers.ts';
export { loadPolicies, type LoadedPolicy, type Policies } from './load-policies.ts';
export { signatureFile, signPolicy, type PolicySignature } from './policy-signature.ts';
export {
  checkPolicyFile,
  replayPolicy,
  testPolicyFile,
  type ChangedDecision,
  type CheckedPolicy,
  type PolicyReplay,
} from './try-policy.ts';
export {
  openWaiverBook,
  type WaiverBook,
  type WaiverRecord,
  type WaiverRequest,
} from './waiver-book.ts';
export { workflowOf } from './workflow-of.ts';
