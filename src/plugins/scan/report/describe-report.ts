import type { ScanReport } from '../../contract/index.ts';
import { RISK_LIMITS } from '../judge.ts';

const DECIDED = {
  accept: 'accepted',
  approve: 'a person has to approve it',
  reject: 'rejected',
} as const;
// oxlint-disable-next-line no-control-regex -- Names of files come from the plugin and must not move a terminal's cursor.
const UNPRINTABLE = /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

/** Says in words what a scan says: the decision, the risk with its parts, and every finding with its place. */
export function describeReport(report: ScanReport): string {
  const { id, version, decision, risk, parts, gates, findings, advisories, passes } = report;
  const why = gates.length === 0 ? '' : ` because of ${gates.join(', ')}, whatever the risk`;
  const scores = Object.entries(parts).map(
    ([part, score]) => `${part} ${score}/${RISK_LIMITS[part as keyof typeof parts]}`,
  );
  const lines = findings.map(({ rule, severity, confidence, message, file, line, suppressed }) => {
    const place = `${file.replace(UNPRINTABLE, '?')}:${line}`;
    const note =
      suppressed === undefined
        ? ''
        : ` (suppressed until ${suppressed.until}: ${suppressed.reason})`;
    return `  ${severity.padEnd(8)} ${rule}  ${place}\n           ${message} [${confidence}]${note}`;
  });
  return [
    `${id} ${version}: ${DECIDED[decision]}${why}`,
    `risk ${risk} of 100: ${scores.join(', ')}`,
    `passes ${passes.join(' and ')}; advisories on dependencies: ${advisories}`,
    findings.length === 0 ? 'nothing found' : counted(findings.length),
    ...lines,
    '',
  ].join('\n');
}

function counted(findings: number): string {
  return findings === 1 ? '1 finding:' : `${findings} findings:`;
}
