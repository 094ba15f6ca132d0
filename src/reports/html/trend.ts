import { OUTCOME_WORDS, OUTCOMES, type ComplianceReport } from '../report.ts';
import { html, type Markup } from './escape.ts';
import { table } from './table.ts';

/** Shows this report below the earlier ones of the standard; nothing where it is the first. */
export function trendTable({ earlier, assessment }: ComplianceReport): Markup {
  if (earlier.length === 0) return html``;
  const { standard, period, assessedAt, counts } = assessment;
  const all = [...earlier, { assessedAt, period, digest: standard.digest, counts }];
  const rows = all.map((one, index) => {
    const before = all[index - 1];
    const changed =
      before !== undefined && before.digest !== one.digest ? ' (the pack had changed)' : '';
    return html`<tr>
      <td class="number">${one.assessedAt.slice(0, 10)}${changed}</td>
      <td class="number">${one.period.from.slice(0, 10)} to ${one.period.to.slice(0, 10)}</td>
      ${OUTCOMES.map((outcome) => html`<td class="number">${one.counts[outcome]}</td>`)}
    </tr>`;
  });
  const heads = ['Assessed', 'Period', ...OUTCOMES.map((outcome) => OUTCOME_WORDS[outcome])];
  return html`<h2>Earlier reports</h2>
    ${table(heads, rows)}`;
}
