import type { JsonValue } from '../../kernel/index.ts';
import { markdownPage } from '../pages.ts';
import type { TradeFile } from '../trade.ts';
import { jsonFile } from '../write-texts.ts';
import { ChangeRecord } from './facts.ts';

/** Gives the change record to read, and as data for whatever deploys. */
export function changeFiles(artifacts: Readonly<Record<string, JsonValue>>): readonly TradeFile[] {
  const record = ChangeRecord.parse(artifacts['record']);
  const { deployment, approvals, tests } = record;
  const { texts, steps, rollback, window } = deployment;
  const numbered = (lines: readonly string[]): readonly string[] =>
    lines.map((line, index) => `${index + 1}. ${line}`);
  const page = markdownPage(`Change ${deployment.reference}`, [
    {
      heading: 'What',
      paragraphs: [
        texts.summary,
        `${deployment.service}, ${deployment.environment}, commit ${deployment.commit}, ${window.start} to ${window.end}.`,
        ...(record.incident === '' ? [] : [`Incident ${record.incident}.`]),
      ],
    },
    { heading: `Risk: ${record.risk}`, paragraphs: [texts.impact] },
    { heading: 'Tested', paragraphs: [texts.verification, `Coverage ${tests.coverage} %.`] },
    { heading: 'Steps', paragraphs: numbered(steps) },
    { heading: 'Way back', paragraphs: numbered(rollback) },
    {
      heading: 'Approved',
      rows: [
        ['phase', 'by', 'as', 'at (UTC)'],
        ...approvals.map(({ phase, by, kind, at }) => [phase, by, kind, at]),
      ],
    },
  ]);
  return [
    { path: 'change-record.md', content: page },
    { path: 'change.json', content: jsonFile(record) },
  ];
}
