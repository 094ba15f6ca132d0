import { exceptionLines, exceptionsSentence, minute, type ComplianceReport } from '../report.ts';
import { html, type Markup } from './escape.ts';
import { table } from './table.ts';

/** Shows who let which failures pass, on whose word, until when, and what was taken back. */
export function exceptionsTable(report: ComplianceReport): Markup {
  const lines = exceptionLines(report);
  const rows = lines.map(
    ({ exception, state, sentence }) =>
      html`<tr>
        <td class="number">${exception.id}</td>
        <td class="name">${exception.check ?? ''}</td>
        <td>${exception.reason}</td>
        <td>${exception.by}</td>
        <td>${exception.secondApprover ?? 'nobody'}</td>
        <td class="number">${minute(exception.startedAt)}</td>
        <td class="${state === 'stands' ? 'error' : 'soft'}">${sentence}</td>
      </tr>`,
  );
  const heads = ['Exception', 'From the check', 'Reason', 'Answers for it', 'Approved by'];
  return html`<h2>Exceptions that were given</h2>
    <p>${exceptionsSentence(lines)}</p>
    ${lines.length === 0 ? html`` : table([...heads, 'Begun (UTC)', 'Until (UTC)'], rows)}`;
}
