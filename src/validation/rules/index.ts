export { type RuleDecision, type TableTrace } from './decide-rule.ts';
export { explain, explainDecision, type RuleExplanation } from './explain.ts';
export {
  loadRulePack,
  readRulePack,
  type ReadRulePackOptions,
  type RulePackOptions,
} from './load-rule-pack.ts';
export type { Place, PlacePath, Position } from './pack/json-places.ts';
export {
  checksOf,
  type Rule,
  type RulePack,
  type RuleTransition,
  type Threshold,
} from './rule-pack.ts';
export { readJsonWithPlaces } from './pack/json-places.ts';
export {
  bindPolicy,
  judgeByPolicy,
  loadPolicy,
  readPolicy,
  readPolicyCases,
  runPolicyCases,
  type BoundPolicy,
  type Policy,
  type PolicyBinding,
  type PolicyCase,
  type PolicyCaseResult,
  type PolicyTarget,
} from './policy/index.ts';
