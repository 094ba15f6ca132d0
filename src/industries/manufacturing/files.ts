import type { JsonValue } from '../../kernel/index.ts';
import { htmlPage, markdownPage, type PageSection } from '../pages.ts';
import type { TradeFile } from '../trade.ts';
import { jsonFile } from '../write-texts.ts';
import { CapaReport } from './facts.ts';

/** Gives the report to read and to print, and the actions as data. */
export function capaFiles(artifacts: Readonly<Record<string, JsonValue>>): readonly TradeFile[] {
  const report = CapaReport.parse(artifacts['report']);
  const title = `CAPA report ${report.reference}`;
  const sections = sectionsOf(report);
  const { reference, severity, lotAction, plan, sampling, approvedBy, approvedAt } = report;
  const data = { reference, severity, lotAction, actions: plan.actions, sampling: sampling.plan };
  return [
    { path: 'capa.md', content: markdownPage(title, sections) },
    { path: 'capa.html', content: htmlPage(title, sections) },
    { path: 'capa.json', content: jsonFile({ ...data, approvedBy, approvedAt }) },
  ];
}

function sectionsOf(report: CapaReport): readonly PageSection[] {
  const { plan, sampling, containment } = report;
  const sample = sampling.plan;
  return [
    { heading: `Problem (${report.severity})`, paragraphs: [plan.texts.problem] },
    { heading: 'Root cause', paragraphs: [plan.texts.rootCause] },
    {
      heading: `Lot: ${report.lotAction}`,
      paragraphs: [
        plan.texts.justification,
        `Sampling plan: ${sample.size} units, accept with at most ${sample.accept}; producer's risk ${sample.producerRisk} %, consumer's risk ${sample.consumerRisk} %.`,
        containment.mustStop ? 'The machine had to stand still, and did.' : 'No stop was needed.',
      ],
    },
    {
      heading: 'Actions',
      rows: [
        ['id', 'kind', 'action', 'owner', 'due'],
        ...plan.actions.map(({ id, kind, text, owner, due }) => [id, kind, text, owner, due]),
      ],
    },
    { heading: 'Approved', paragraphs: [`By ${report.approvedBy}, ${report.approvedAt} (UTC).`] },
  ];
}
