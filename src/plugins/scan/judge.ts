import type { RiskParts, ScanFinding, ScanReport } from '../contract/index.ts';
import { SEVERITY_WEIGHT, type RiskPart, type ScanRule, type Severity } from './scan-rule.ts';
import type { ScanSettings, Suppression } from './scan-settings.ts';

/** A finding with the rule that found it. */
export interface Found {
  readonly rule: ScanRule;
  readonly finding: ScanFinding;
}

/** The most that each part adds to a risk. */
export const RISK_LIMITS: Readonly<Record<RiskPart, number>> = Object.freeze({
  permissions: 25,
  threats: 30,
  undeclared: 20,
  dependencies: 15,
  provenance: 10,
});

/** What findings come to. */
export type Judgement = Pick<ScanReport, 'decision' | 'risk' | 'parts' | 'gates'>;

const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/** Judges what was found: the score with its parts, and the gates that decide whatever the score is. */
export function judge(found: readonly Found[], { thresholds }: ScanSettings): Judgement {
  const counted = found.filter(({ finding }) => finding.suppressed === undefined);
  const parts = Object.fromEntries(
    Object.entries(RISK_LIMITS).map(([part, limit]) => [
      part,
      scoreOf(
        counted.filter(({ rule }) => rule.part === part),
        limit,
      ),
    ]),
  ) as RiskParts;
  const risk = rounded(Object.values(parts).reduce((sum, part) => sum + part, 0));
  const gates = [
    ...new Set(counted.flatMap(({ rule, finding }) => gateOf(rule, finding))),
  ].toSorted();
  return { decision: decide(risk, gates, thresholds), risk, parts, gates };
}

function decide(
  risk: number,
  gates: readonly string[],
  { approve, reject }: ScanSettings['thresholds'],
): ScanReport['decision'] {
  if (gates.length > 0 || !(risk < reject)) return 'reject';
  return risk < approve ? 'accept' : 'approve';
}

/** 1 - prod(1 - severity x confidence), of the part's limit. */
function scoreOf(found: readonly Found[], limit: number): number {
  const safe = found.reduce(
    (product, { finding }) =>
      product * (1 - SEVERITY_WEIGHT[finding.severity] * finding.confidence),
    1,
  );
  return rounded(limit * (1 - safe));
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Gives the gate that a finding closes, if it closes one. */
export function gateOf(rule: ScanRule, { severity }: ScanFinding): readonly string[] {
  const least = SEVERITIES.indexOf(rule.gateFrom ?? 'info');
  if (rule.gate !== undefined && SEVERITIES.indexOf(severity) >= least) return [rule.gate];
  return severity === 'critical' ? ['critical-threat'] : [];
}

/** Says of a finding that it is suppressed, where it is. */
export function suppress(
  { rule, finding }: Found,
  plugin: string,
  active: readonly Suppression[],
): Found {
  if (rule.id.startsWith('identity.')) return { rule, finding };
  const isGate = gateOf(rule, finding).length > 0;
  const suppression = active.find(
    (each) =>
      each.rule === rule.id && (each.plugin === undefined ? !isGate : each.plugin === plugin),
  );
  if (suppression === undefined) return { rule, finding };
  const { reason, until } = suppression;
  return { rule, finding: { ...finding, suppressed: { reason, until } } };
}

/** Gives the suppressions that have not ended. One whose end is no date has. */
export function activeSuppressions(
  suppressions: readonly Suppression[],
  now: string,
): readonly Suppression[] {
  return suppressions.filter(({ until }) => Date.parse(until) > Date.parse(now));
}
