import { exceptionLines, exceptionsSentence, minute, type ComplianceReport } from '../report.ts';
import { html, type Markup } from './escape.ts';

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
  const table = html`<div class="wide">
    <table>
      <thead>
        <tr>
          <th>Exception</th>
          <th>From the check</th>
          <th>Reason</th>
          <th>Answers for it</th>
          <th>Approved by</th>
          <th>Begun (UTC)</th>
          <th>Until (UTC)</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
  return html`<h2>Exceptions that were given</h2>
    <p>${exceptionsSentence(lines)}</p>
    ${lines.length === 0 ? html`` : table}`;
}
