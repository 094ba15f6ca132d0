export {
  assessStandard,
  type AssessmentOptions,
  type ControlAssessment,
  type StandardAssessment,
} from './assess/assess-standard.ts';
export {
  InvalidBindingError,
  InvalidEvidenceError,
  InvalidOverlayError,
  InvalidStandardError,
  StandardFolderError,
  UnknownStandardError,
  type StandardProblem,
} from './errors.ts';
export { ComplianceFacts, type FactName, type FactsWith } from './facts/compliance-facts.ts';
export { CARD_DATA_TYPES, cardDataDetector } from './facts/card-data.ts';
export { complianceFacts, type SuppliedFacts } from './facts/merge-facts.ts';
export {
  inspectSuppliedFacts,
  readSuppliedFacts,
  type InspectedFacts,
} from './facts/supplied-facts.ts';
export {
  scanContent,
  scanRun,
  type ContentToScan,
  type RunContent,
  type ScannedFacts,
} from './facts/scan-content.ts';
export type { Amount, Risk, TransitionTag } from './facts/vocabulary.ts';
export {
  bindStandard,
  type BindingMode,
  type StandardBinding,
  type StandardBindingOptions,
  type TaggedTransition,
} from './gate/bind-standard.ts';
export {
  defineCompliance,
  type Compliance,
  type ComplianceDefinition,
  type CompliancePlace,
} from './gate/define-compliance.ts';
export { findStandard, STANDARD_IDS } from './gate/find-standard.ts';
export {
  gateCheckId,
  gateChecksOf,
  type GateCheck,
  type WithCompliance,
} from './gate/gate-checks-of.ts';
export { readCases, runCases, type CaseResult, type StandardCases } from './cases/run-cases.ts';
export { ControlOutcome, type Judgement } from './judgement.ts';
export type { EvidenceKind, Primitive, PrimitiveMode } from './primitive.ts';
export { PRIMITIVES } from './primitives/registry.ts';
export { defineStandard, readStandard, type StandardOrigin } from './standard/define-standard.ts';
export { editionChanges, type EditionChanges } from './standard/edition-changes.ts';
export { loadStandard, packText } from './standard/load-standard.ts';
export { openStandardFolder, type OpenedStandard } from './standard/standard-folder.ts';
export { overlay, type OverlayChanges } from './standard/overlay.ts';
export type { StandardCheckText, StandardPack, StandardPackInput } from './standard/pack-schema.ts';
export type { Standard, StandardCheck } from './standard/standard.ts';
export { gatesOf, type JudgedTransition } from './trail/gates-of.ts';
export { scanTrail } from './trail/scan-trail.ts';
export {
  readEvidence,
  type EvidenceName,
  type EvidenceWith,
  type TrailEntry,
  type TrailEvidence,
  type TrailEvidenceInput,
} from './trail/trail-evidence.ts';
