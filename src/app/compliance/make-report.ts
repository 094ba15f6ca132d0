import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { z } from 'zod';

import { assessStandard, loadStandard, type StandardAssessment } from '../../compliance/index.ts';
import { digestOf, isPhasegateError } from '../../kernel/index.ts';
import type { ComplianceReport, EvidenceEntry } from '../../reports/index.ts';
import { UnreadableFileError } from '../errors.ts';
import type { App } from '../open-app.ts';
import { engineVersion } from '../plugins/engine-version.ts';
import { readDataFile } from '../policy/read-policy-file.ts';
import { WORKFLOWS } from '../workflows/catalogue.ts';
import { editionsOf, reportedStandard, setAside, type ReportedStandard } from './editions.ts';
import { SuppliedEvidenceError } from './errors.ts';
import { gatherEvidence, type Gathered, type Period } from './gather-evidence.ts';
import { keepReport, keptReports } from './report-history.ts';

/** Entries that a report shows; how many there were stands at each control. */
const MOST_ENTRIES = 500;

/** What to report on. */
export interface ReportOrder {
  /** Ids of standards, or files with packs of your own. */
  readonly standards: readonly string[];
  readonly period: Period;
  /** A file with evidence that the trail does not hold. */
  readonly evidence?: string | undefined;
  /** Whether the numbers are noted down for the trend. */
  readonly keep: boolean;
}

/**
 * Makes a report on each standard, from one look at the evidence.
 *
 * @throws COMPLIANCE_*; APP_NO_AUDIT_TRAIL; AUDIT_*; APP_UNREADABLE_FILE.
 */
export async function makeReports(
  app: App,
  { standards, period, evidence, keep }: ReportOrder,
): Promise<readonly ComplianceReport[]> {
  const packs = await Promise.all(standards.map((name) => standardOf(app, name)));
  const supplied = evidence === undefined ? undefined : await suppliedFrom(evidence);
  const gathered = await gatherEvidence(app, period, supplied);
  const told = Object.entries(supplied?.notApplicable ?? {});
  const reports: ComplianceReport[] = [];
  for (const pack of packs) {
    const notApplicable = new Map([...setAside(app, pack.standard), ...told]);
    const assessment = assessStandard(pack.standard, gathered.evidence, { notApplicable });
    const editions = editionsOf(app, pack);
    // oxlint-disable-next-line no-await-in-loop
    reports.push(await composed(app, { assessment, editions }, { gathered, keep }));
  }
  return reports;
}

/** A standard by its id, or from a file of the user's. */
async function standardOf(app: App, name: string): Promise<ReportedStandard> {
  if (!/[/\\.]/.test(name)) return reportedStandard(app, name);
  try {
    const text = await readFile(resolve(name), 'utf8');
    return { standard: loadStandard(text, { file: name }), file: name };
  } catch (error) {
    throw isPhasegateError(error) ? error : new UnreadableFileError(name, error);
  }
}

/** What only the trail, the store and the configuration may tell. */
const OBSERVED = [
  'entries',
  'chain',
  'recordScan',
  'gates',
  'stateChanges',
  'period',
  'assessedAt',
];

const Supplied = z.looseObject({
  not_applicable: z.record(z.string(), z.string().trim().min(1).max(2_000)).optional(),
});

async function suppliedFrom(path: string) {
  const { file, value } = await readDataFile(resolve(path));
  const { not_applicable: notApplicable, ...parts } = Supplied.parse(value);
  const own = OBSERVED.filter((part) => Object.hasOwn(parts, part));
  if (own.length > 0) throw new SuppliedEvidenceError(file, own);
  return { file, parts, notApplicable };
}

async function composed(
  app: App,
  { assessment, editions }: Pick<ComplianceReport, 'assessment' | 'editions'>,
  { gathered, keep }: { readonly gathered: Gathered; readonly keep: boolean },
): Promise<ComplianceReport> {
  const { standard, period, assessedAt, counts } = assessment;
  const { dataDir } = app.config;
  const exceptions = gathered.evidence.overrides ?? [];
  const id = digestOf({ assessment, editions, trail: gathered.trail, exceptions });
  const earlier = (await keptReports(dataDir)).filter((one) => one.standard === standard.id);
  const line = { assessedAt, period, digest: standard.digest, counts };
  if (keep) await keepReport(dataDir, { id, standard: standard.id, ...line });
  const lacking = assessment.controls.flatMap(({ outcome, paths }) =>
    outcome === 'error' ? paths : [],
  );
  const present = new Set(gathered.sources.map(({ part }) => part));
  return {
    id,
    tool: { name: 'Phasegate', version: engineVersion() },
    subject: `the audit trail and the state in ${app.storage.place}`,
    workflows: WORKFLOWS.map((workflow) => workflow.id),
    assessment,
    editions,
    trail: gathered.trail,
    evidence: gathered.sources,
    lacking: [...new Set(lacking)].filter((part) => !present.has(part)).toSorted(),
    entries: entriesIn(assessment, gathered),
    exceptions,
    earlier: earlier.map(({ id: _, standard: __, ...rest }) => rest),
  };
}

function entriesIn(
  { controls }: StandardAssessment,
  { entriesOf }: Gathered,
): readonly EvidenceEntry[] {
  const numbers = new Set<number>();
  for (const { entries } of controls) {
    for (const seq of entries) if (numbers.size < MOST_ENTRIES) numbers.add(seq);
  }
  return entriesOf(numbers);
}
