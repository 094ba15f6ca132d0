export { readAdvisories, type Advisories, type Advisory } from './advisories.ts';
export { createScanner, type Scanner } from './create-scanner.ts';
export { RISK_LIMITS } from './judge.ts';
export { describeReport, toSarif } from './report/index.ts';
export { isRunaway } from './rules/index.ts';
export {
  SEVERITY_WEIGHT,
  type CodeFile,
  type RiskPart,
  type RuleHit,
  type ScanRule,
  type ScanSubject,
  type Severity,
} from './scan-rule.ts';
export { DEFAULT_SCAN, type ScanSettings, type Suppression } from './scan-settings.ts';
export type { Fact, FactKind, FactOf, Value } from './source/index.ts';
