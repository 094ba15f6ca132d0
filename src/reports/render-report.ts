import { renderHtml } from './html/render-html.ts';
import { renderOscal } from './oscal/render-oscal.ts';
import { renderMarkdown } from './render-markdown.ts';
import type { ComplianceReport } from './report.ts';

/** Formats of a report. */
export const REPORT_FORMATS = ['html', 'md', 'json', 'oscal'] as const;
/** One of {@link REPORT_FORMATS}. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

const RENDERERS: Readonly<Record<ReportFormat, (report: ComplianceReport) => string>> = {
  html: renderHtml,
  md: renderMarkdown,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  oscal: renderOscal,
};

/** Renders a report: the same report always gives the same bytes. */
export function renderReport(report: ComplianceReport, format: ReportFormat): string {
  return RENDERERS[format](report);
}
