import type { ControlAssessment } from '../compliance/index.ts';
import { editionSentence } from './edition-sentence.ts';
import {
  coverageSentence,
  DISCLAIMER,
  exceptionLines,
  exceptionsSentence,
  gapSentence,
  gapsOf,
  lackingSentence,
  partsTold,
  minute,
  OUTCOME_WORDS,
  OUTCOMES,
  periodSentence,
  type ComplianceReport,
} from './report.ts';

/** Renders a report as Markdown (CommonMark with tables). */
export function renderMarkdown(report: ComplianceReport): string {
  const sections = [
    head,
    notCovered,
    summary,
    open,
    exceptions,
    trailFound,
    everyCheck,
    earlierOnes,
    sources,
  ];
  return sections.flatMap((section) => [...section(report), '']).join('\n');
}

type Lines = readonly string[];

function head({ id, tool, subject, workflows, assessment }: ComplianceReport): Lines {
  const { standard, period, assessedAt } = assessment;
  return [
    `# ${text(standard.title)}: what the records show`,
    '',
    DISCLAIMER,
    '',
    `- Period: ${periodSentence(period)}`,
    `- Looked at: ${text(subject)}; workflows ${text(workflows.join(', ') || 'none')}`,
    `- Assessed: ${assessedAt} by ${tool.name} ${tool.version}`,
    `- Pack: ${standard.id} ${standard.version}, digest \`${standard.digest}\``,
    `- Source: ${text(standard.source)}`,
    `- Report: \`${id}\``,
  ];
}

function notCovered({ assessment, lacking, editions }: ComplianceReport): Lines {
  const { standard, notCovered: rest } = assessment;
  return [
    '## What this report does not cover',
    '',
    ...editions.flatMap((edition) => [`**${text(editionSentence(edition, standard))}**`, '']),
    coverageSentence(assessment),
    '',
    text(standard.note),
    ...(lacking.length === 0 ? [] : ['', lackingSentence(lacking)]),
    '',
    'No machine can attest, and nothing here speaks to:',
    '',
    ...rest.neverAttestable.map((item) => `- ${text(item)}`),
  ];
}

function summary({ assessment: { counts } }: ComplianceReport): Lines {
  return [
    '## In short',
    '',
    row(OUTCOMES.map((outcome) => OUTCOME_WORDS[outcome])),
    row(OUTCOMES.map(() => '---:')),
    row(OUTCOMES.map((outcome) => String(counts[outcome]))),
  ];
}

function open({ assessment }: ComplianceReport): Lines {
  const gaps = gapsOf(assessment).map((gap) => {
    const { check, controls, outcome } = gap;
    return row([check, text(controls.join(', ')), OUTCOME_WORDS[outcome], text(gapSentence(gap))]);
  });
  const table = [row(['Check', 'Controls', 'Outcome', 'Why, and what to do next']), row(DASHES(4))];
  const body = gaps.length === 0 ? ['Nothing that was asked is open.'] : [...table, ...gaps];
  return ['## What is open', '', ...body];
}

function exceptions(report: ComplianceReport): Lines {
  const lines = exceptionLines(report);
  const heads = ['Exception', 'From the check', 'Reason', 'Answers for it', 'Approved by'];
  const rows = lines.map(({ exception, sentence }) => {
    const { id, check = '', reason, by, secondApprover, startedAt } = exception;
    const told = [id, check, reason, by, secondApprover ?? 'nobody'].map(text);
    return row([...told, minute(startedAt), sentence]);
  });
  const table = [row([...heads, 'Begun (UTC)', 'Until (UTC)']), row(DASHES(7)), ...rows];
  return [
    '## Exceptions that were given',
    '',
    exceptionsSentence(lines),
    ...(rows.length === 0 ? [] : ['', ...table]),
  ];
}

function trailFound({ trail }: ComplianceReport): Lines {
  const { covered, size } = trail;
  return [
    '## The trail that this rests on',
    '',
    trail.ok
      ? `The chain was verified: nothing up to entry ${covered} of ${size} was edited, deleted, inserted or reordered.`
      : '**The audit trail does not verify.** What rests on it is not to be relied on.',
    '',
    ...trail.faults.map((fault) => `- ${text(fault)}`),
    ...trail.unseen.map((sentence) => `- Not seen: ${text(sentence)}`),
  ];
}

function everyCheck({ assessment }: ComplianceReport): Lines {
  return ['## Every check', ...assessment.controls.flatMap(controlLines)];
}

function earlierOnes({ earlier }: ComplianceReport): Lines {
  if (earlier.length === 0) return [];
  return [
    '## Earlier reports',
    '',
    row(['Assessed', ...OUTCOMES.map((outcome) => OUTCOME_WORDS[outcome])]),
    row(DASHES(OUTCOMES.length + 1)),
    ...earlier.map(({ assessedAt, counts }) =>
      row([assessedAt.slice(0, 10), ...OUTCOMES.map((outcome) => String(counts[outcome]))]),
    ),
  ];
}

function sources({ evidence, entries }: ComplianceReport): Lines {
  return [
    '## Where the evidence came from',
    '',
    ...evidence.map(({ part, from }) => `- ${part}: ${text(from)}`),
    '',
    '## Entries that are referred to',
    '',
    row(['Entry', 'When (UTC)', 'What', 'Outcome', 'On what', 'Hash']),
    row(DASHES(6)),
    ...entries.map(({ seq, at, kind, outcome, target, hash }) =>
      row([String(seq), at, kind, outcome, text(target), `\`${hash.slice(0, 16)}\``]),
    ),
  ];
}

const DASHES = (columns: number): Lines => Array.from({ length: columns }, () => '---');

function row(cells: Lines): string {
  return `| ${cells.join(' | ')} |`;
}

function controlLines(control: ControlAssessment): readonly string[] {
  const { check, controls, outcome, message, remedy, entries, entriesConcerned } = control;
  const parts = partsTold(control);
  const more =
    entriesConcerned > entries.length ? ` and ${entriesConcerned - entries.length} more` : '';
  return [
    '',
    `### ${check}: ${text(controls.join(', '))}`,
    '',
    `**${OUTCOME_WORDS[outcome]}.** ${text(message)}`,
    '',
    `- Asked: ${text(control.predicate)} (\`${control.primitive}\`)`,
    ...(remedy === '' ? [] : [`- What to do next: ${text(remedy)}`]),
    ...(entriesConcerned === 0 ? [] : [`- Entries: ${entries.join(', ')}${more}`]),
    ...(parts === '' ? [] : [`- Evidence: ${text(parts)}`]),
    `- A pass says: ${text(control.says)}`,
    `- It cannot say: ${text(control.cannotSay)}`,
  ];
}

/** Text that stays text: one line, and no sign of it begins markup. */
function text(given: string): string {
  return given
    .trim()
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replaceAll(/[\\`*_[\]<>#|]/g, (sign) => `\\${sign}`);
}
