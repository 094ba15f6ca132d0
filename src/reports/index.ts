export { editionSentence } from './edition-sentence.ts';
export { renderReport, REPORT_FORMATS, type ReportFormat } from './render-report.ts';
export {
  coverageSentence,
  gapSentence,
  gapsOf,
  OUTCOME_WORDS,
  OUTCOMES,
  type ComplianceReport,
  type EarlierReport,
  type EditionInForce,
  type EvidenceEntry,
  type Gap,
  type TrailFinding,
} from './report.ts';
