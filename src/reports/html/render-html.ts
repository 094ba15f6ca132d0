import type { ControlAssessment } from '../../compliance/index.ts';
import {
  coverageSentence,
  DISCLAIMER,
  gapSentence,
  gapsOf,
  lackingSentence,
  minute,
  OUTCOME_WORDS,
  OUTCOMES,
  partsTold,
  periodSentence,
  type ComplianceReport,
  type EvidenceEntry,
} from '../report.ts';
import { editionSentence } from '../edition-sentence.ts';
import { html, Markup } from './escape.ts';
import { exceptionsTable } from './exceptions.ts';
import { STYLE } from './style.ts';
import { table } from './table.ts';
import { trendTable } from './trend.ts';

// The style is this program's own text, not a reader's.
const STYLE_MARKUP = new Markup(STYLE);

/** Renders a report as one page of HTML: without scripts, and without anything from elsewhere. */
export function renderHtml(report: ComplianceReport): string {
  const { assessment } = report;
  const { standard } = assessment;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        />
        <title>${standard.title}: what the records show</title>
        <style>
          ${STYLE_MARKUP}
        </style>
      </head>
      <body>
        <main>
          ${head(report)} ${notCovered(report)} ${summary(report)} ${gaps(report)}
          ${exceptionsTable(report)} ${trail(report)}
          <h2 id="controls">Every check</h2>
          ${assessment.controls.map((control) => controlSection(control, report))}
          ${trendTable(report)} ${appendix(report)}
        </main>
      </body>
    </html> `;
  return page.text;
}

function head({ id, tool, subject, workflows, assessment }: ComplianceReport): Markup {
  const { standard, period, assessedAt } = assessment;
  return html`<h1>${standard.title}: what the records show</h1>
    <p class="soft">${DISCLAIMER}</p>
    <dl class="facts">
      <dt>Period</dt>
      <dd>${periodSentence(period)}</dd>
      <dt>Looked at</dt>
      <dd>${subject}</dd>
      <dt>Workflows</dt>
      <dd>${workflows.join(', ') || 'none'}</dd>
      <dt>Assessed</dt>
      <dd>${minute(assessedAt)} (UTC) by ${tool.name} ${tool.version}</dd>
      <dt>Pack</dt>
      <dd>${standard.id} ${standard.version}, digest <code>${standard.digest}</code></dd>
      <dt>Source</dt>
      <dd>${standard.source}</dd>
      <dt>Report</dt>
      <dd><code>${id}</code></dd>
    </dl>`;
}

function notCovered({ assessment, lacking, editions }: ComplianceReport): Markup {
  const { notCovered: rest, standard } = assessment;
  const missing = lacking.length === 0 ? html`` : html`<p>${lackingSentence(lacking)}</p>`;
  return html`<section class="first">
    <h2>What this report does not cover</h2>
    ${editions.map((edition) => html`<p><strong>${editionSentence(edition, standard)}</strong></p>`)}
    <p>${coverageSentence(assessment)}</p>
    <p>${standard.note}</p>
    ${missing}
    <p>No machine can attest, and nothing here speaks to:</p>
    <ul>
      ${rest.neverAttestable.map((item) => html`<li>${item}</li>`)}
    </ul>
  </section>`;
}

function summary({ assessment }: ComplianceReport): Markup {
  const boxes = OUTCOMES.map(
    (outcome) =>
      html`<div class="count ${outcome}">
        <strong>${assessment.counts[outcome]}</strong><span>${OUTCOME_WORDS[outcome]}</span>
      </div>`,
  );
  return html`<h2>In short</h2>
    <p>
      ${assessment.controls.length} checks were asked. The numbers are of checks, not of the
      standard's own requirements.
    </p>
    <div class="counts">${boxes}</div>`;
}

function gaps({ assessment }: ComplianceReport): Markup {
  const open = gapsOf(assessment);
  if (open.length === 0)
    return html`<h2>What is open</h2>
      <p>Nothing that was asked is open.</p>`;
  const rows = open.map(
    (gap) =>
      html`<tr>
        <td class="number"><a href="#${gap.check}">${gap.check}</a></td>
        <td>${gap.controls.join(', ')}</td>
        <td><span class="badge ${gap.outcome}">${OUTCOME_WORDS[gap.outcome]}</span></td>
        <td>${gap.asked}<br /><span class="soft">${gapSentence(gap)}</span></td>
      </tr>`,
  );
  const last = 'What was asked, why it is open, and what to do next';
  return html`<h2>What is open</h2>
    ${table(['Check', 'Controls', 'Outcome', last], rows, 'stack')}`;
}

function trail({ trail: found }: ComplianceReport): Markup {
  const verdict = found.ok
    ? html`<p>
        The chain of the audit trail was verified: nothing up to entry ${found.covered} of
        ${found.size} was edited, deleted, inserted or reordered.
      </p>`
    : html`<p class="not-satisfied">
          <strong>The audit trail does not verify.</strong> What rests on it is not to be relied on.
        </p>
        <ul>
          ${found.faults.map((fault) => html`<li>${fault}</li>`)}
        </ul>`;
  const unseen = found.unseen.map((sentence) => html`<li>${sentence}</li>`);
  return html`<h2>The trail that this rests on</h2>
    ${verdict}
    <p>What the verification cannot see:</p>
    <ul>
      ${unseen}
    </ul>`;
}

function controlSection(control: ControlAssessment, { entries }: ComplianceReport): Markup {
  const { check, controls, note, outcome, message, remedy, primitive } = control;
  const about = note === undefined ? '' : ` (${note})`;
  return html`<section class="control" id="${check}">
    <header>
      <h3>${check} · ${controls.join(', ')}${about}</h3>
      <span class="badge ${outcome}">${OUTCOME_WORDS[outcome]}</span>
    </header>
    <dl>
      <dt>Asked</dt>
      <dd>${control.predicate} <span class="soft small">(${primitive})</span></dd>
      <dt>Found</dt>
      <dd>${message}</dd>
      ${
        remedy === ''
          ? html``
          : html`<dt>What to do next</dt>
              <dd>${remedy}</dd>`
      }
      ${evidenceOf(control, entries)}
      <dt>A pass says</dt>
      <dd>${control.says}</dd>
      <dt>It cannot say</dt>
      <dd>${control.cannotSay}</dd>
    </dl>
  </section>`;
}

function evidenceOf(
  { entries, entriesConcerned, ...control }: ControlAssessment,
  known: readonly EvidenceEntry[],
): Markup {
  const parts = partsTold(control);
  if (entriesConcerned === 0 && parts === '') return html``;
  const shown = new Set(known.map(({ seq }) => seq));
  const links = entries.map((seq) =>
    shown.has(seq) ? html` <a href="#entry-${seq}">${seq}</a>` : html` ${seq}`,
  );
  const more =
    entriesConcerned > entries.length ? ` and ${entriesConcerned - entries.length} more` : '';
  const told = entriesConcerned === 0 ? html`` : html`Entries${links}${more}. `;
  return html`<dt>Evidence</dt>
    <dd>${told}${parts}</dd>`;
}

const ENTRY_HEADS = ['Entry', 'When (UTC)', 'What', 'Outcome', 'On what', 'Who', 'Thread', 'Hash'];

function appendix({ entries, evidence }: ComplianceReport): Markup {
  const rows = entries.map(
    ({ seq, at, kind, outcome, target, actor, thread, hash }) =>
      html`<tr id="entry-${seq}">
        <td class="number">${seq}</td>
        <td class="number">${minute(at)}</td>
        <td>${kind}</td>
        <td>${outcome}</td>
        <td class="name">${target}</td>
        <td>${actor}</td>
        <td>${thread ?? ''}</td>
        <td><code>${hash.slice(0, 16)}</code></td>
      </tr>`,
  );
  const parts = evidence.map(({ part, from }) => html`<li>${part}: ${from}</li>`);
  return html`<h2>Where the evidence came from</h2>
    <ul>
      ${parts}
    </ul>
    <h2>Entries of the audit trail that are referred to</h2>
    ${entries.length === 0 ? html`<p>None.</p>` : table(ENTRY_HEADS, rows)}
    <h2>How to check this report</h2>
    <p>
      Export the trail and verify it with the public key that you noted down before, then compare
      the hashes above:
    </p>
    <p>
      <code>phasegate audit export --out trail.jsonl</code><br /><code
        >phasegate-verify trail.jsonl --key audit.key.pub</code
      >
    </p>`;
}
