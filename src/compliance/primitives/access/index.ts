export { accessReview } from './access-review.ts';
export { identityUnique } from './identity-unique.ts';
export { overrideBreakglass } from './override-breakglass.ts';
export { rbacDenydefault } from './rbac-denydefault.ts';
export { rbacLeastpriv } from './rbac-leastpriv.ts';
export { sessionExpiry } from './session-expiry.ts';
export { toolAllowlist } from './tool-allowlist.ts';
