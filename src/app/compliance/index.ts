export { editionInForce } from './editions.ts';
export { InvalidHouseFactsError, ObservedFactsError, SuppliedEvidenceError } from './errors.ts';
export type { Period } from './gather-evidence.ts';
export { makeReports, type ReportOrder } from './make-report.ts';
export { missingFacts, type MissingFact } from './missing-facts.ts';
export { verifiedTrail } from './observe-trail.ts';
export { probeGates, type ProbeResult } from './probe.ts';
export { keptReports, type KeptReport } from './report-history.ts';
