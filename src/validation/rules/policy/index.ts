export { bindPolicy, type BoundPolicy, type PolicyTarget } from './bind-policy.ts';
export {
  judgeByPolicy,
  readPolicyCases,
  runPolicyCases,
  type PolicyCase,
  type PolicyCaseResult,
} from './judge-by-policy.ts';
export type { PolicyBinding } from './policy-schema.ts';
export { loadPolicy, readPolicy, type Policy } from './read-policy.ts';
