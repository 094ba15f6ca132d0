export { approveWaiver, requestWaiver, revokeWaiver, type WaiverOrder } from './give-waivers.ts';
export { acceptPolicies, demandFloor } from './policy-floor.ts';
export {
  ForgedFloorError,
  MissingPolicyError,
  OlderPolicyError,
  UnboundPolicyError,
  UnboundStandardError,
  UnclearGateError,
  UnknownCheckError,
  UnsignedPolicyError,
  WaiverRefusedError,
} from './errors.ts';
export type { LoadedPolicy, Policies } from './load-policies.ts';
export {
  replayPolicy,
  type ChangedDecision,
  type PolicyReplay,
  type UndeterminedRule,
} from './replay/replay-policy.ts';
export { signPolicy, type PolicySignature } from './policy-signature.ts';
export { checkPolicyFile, testPolicyFile, type CheckedPolicy } from './try-policy.ts';
export type { WaiverBook, WaiverRecord, WaiverRequest } from './waiver-book.ts';
