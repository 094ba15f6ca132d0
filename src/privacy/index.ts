export { passesLuhn, passesMod97 } from './checksums/index.ts';
export { classOfType, DATA_CLASSES, type DataClass } from './data-classes.ts';
export { DetectorError, PrivacyKeyError, PseudonymError, ScanBudgetError } from './errors.ts';
export {
  PERSONAL_TYPES,
  SECRET_TYPES,
  type Detector,
  type Finding,
  type PrivacyType,
} from './finding.ts';
export { scanText, type ScanOptions } from './scan-text.ts';
export { scanValue, type ValueFinding } from './scan-value.ts';
export {
  detokenise,
  memoryTokenVault,
  pseudonymise,
  redact,
  redactValue,
  revealPseudonyms,
  tokenise,
  type PseudonymOptions,
  type Redacted,
  type RedactOptions,
  type TokenOptions,
  type TokenVault,
} from './transform/index.ts';
