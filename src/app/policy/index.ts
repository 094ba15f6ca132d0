export { approveWaiver, requestWaiver, revokeWaiver, type WaiverOrder } from './give-waivers.ts';
export { acceptPolicies } from './policy-floor.ts';
export {
  ForgedFloorError,
  MissingPolicyError,
  OlderPolicyError,
  UnboundPolicyError,
  UnclearGateError,
  UnknownCheckError,
  UnsignedPolicyError,
  WaiverRefusedError,
} from './errors.ts';
export type { LoadedPolicy, Policies } from './load-policies.ts';
export { signPolicy, type PolicySignature } from './policy-signature.ts';
export {
  checkPolicyFile,
  replayPolicy,
  testPolicyFile,
  type ChangedDecision,
  type CheckedPolicy,
  type PolicyReplay,
} from './try-policy.ts';
export type { WaiverBook, WaiverRecord, WaiverRequest } from './waiver-book.ts';
