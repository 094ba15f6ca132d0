import type { JsonValue } from '../../../kernel/index.ts';
import type { ScanFinding, ScanReport } from '../../contract/index.ts';
import { ALL_RULES } from '../rules/index.ts';
import { SEVERITY_WEIGHT, type ScanRule } from '../scan-rule.ts';

const LEVEL = {
  info: 'note',
  low: 'note',
  medium: 'warning',
  high: 'error',
  critical: 'error',
} as const;

/**
 * Gives a report for tools that read SARIF. Suppressed findings are in it, marked as such. Of a plugin that is
 * accepted no finding is an error.
 *
 * @param rules - Rules besides our own, for their descriptions.
 * @see SARIF 2.1.0 (OASIS)
 */
export function toSarif(report: ScanReport, rules: readonly ScanRule[] = []): JsonValue {
  const used = new Set(report.findings.map(({ rule }) => rule));
  const described = [...ALL_RULES, ...rules].filter(({ id }) => used.has(id));
  const indexes = new Map(described.map(({ id }, index) => [id, index]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'phasegate',
            rules: described.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((finding) =>
          resultOf(finding, { ruleIndex: indexes.get(finding.rule), decision: report.decision }),
        ),
        properties: {
          plugin: report.id,
          version: report.version,
          digest: report.digest,
          decision: report.decision,
          risk: report.risk,
          parts: { ...report.parts },
          gates: [...report.gates],
          advisories: report.advisories,
        },
      },
    ],
  };
}

function descriptor({ id, message, severity, part, confidence }: ScanRule): JsonValue {
  return {
    id,
    shortDescription: { text: message },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: {
      // Code scanning reads a score out of ten, as text.
      'security-severity': (SEVERITY_WEIGHT[severity] * 10).toFixed(1),
      precision: confidence >= 0.9 ? 'very-high' : confidence >= 0.7 ? 'high' : 'medium',
      tags: ['security', part],
    },
  };
}

/** Nothing in a plugin that is accepted as it is is an error. */
function levelOf(severity: ScanFinding['severity'], decision: ScanReport['decision']): string {
  const level = LEVEL[severity];
  return level === 'error' && decision === 'accept' ? 'warning' : level;
}

interface Place {
  readonly ruleIndex: number | undefined;
  readonly decision: ScanReport['decision'];
}

function resultOf(finding: ScanFinding, { ruleIndex, decision }: Place): JsonValue {
  const { rule, severity, confidence, message, file, line, suppressed } = finding;
  const suppressions =
    suppressed === undefined
      ? {}
      : {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: `${suppressed.reason} (until ${suppressed.until})`,
            },
          ],
        };
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levelOf(severity, decision),
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
          region: { startLine: line },
        },
      },
    ],
    properties: { severity, confidence },
    ...suppressions,
  };
}
