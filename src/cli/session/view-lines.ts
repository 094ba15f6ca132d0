import type { App, ThreadView, Visit } from '../../app/index.ts';
import { counted, type JsonValue } from '../../kernel/index.ts';
import { awaitedIn } from '../asking/awaited.ts';
import type { CommandContext, SharedOptions } from '../command-context.ts';
import { countText, failureLines, failuresToTell } from '../progress/gate-lines.ts';
import { attemptText } from '../progress/plain-progress.ts';
import { renderMarkdown } from '../rendering/markdown.ts';
import { plainLine } from '../rendering/plain-text.ts';
import { statusText } from '../rendering/status-text.ts';
import { table } from '../rendering/table.ts';
import { durationText, elapsedMs, instantText } from '../rendering/time.ts';
import { approvalLine } from './approval-line.ts';
import { DEGRADED } from './degraded.ts';
import { fallbackLines } from './fallback-lines.ts';
import { nextLines } from './next-lines.ts';
import { questionLines } from './present-result.ts';

/** A thread to show, and where. */
export interface Shown {
  readonly view: ThreadView;
  readonly app: App;
  readonly options: SharedOptions;
  readonly context: CommandContext;
}

/** Tells where a run stands, how it came there, and what it waits for. */
export function viewLines(shown: Shown): readonly string[] {
  return [
    ...headLines(shown),
    ...phaseLines(shown),
    ...fallbackSection(shown),
    ...gateSection(shown),
    ...artifactLines(shown),
    ...awaitedLines(shown),
    ...nextLines(shown.view, shown.context, shown.options),
  ];
}

function headLines({ view, app, context }: Shown): readonly string[] {
  const { paint } = context.terminal;
  const { report, record } = view;
  const fact = (name: string, value: string): string => `  ${paint.dim(name.padEnd(8))}${value}`;
  return [
    `${paint.bold(plainLine(report.thread))}  ${statusText(view.status, paint)}`,
    fact('workflow', ` ${plainLine(view.workflow.title)} ${paint.dim(`(${report.workflow})`)}`),
    ...(view.template === undefined
      ? []
      : [fact('template', ` ${view.template.id}@${view.template.version}`)]),
    fact('phase', ` ${report.phase ?? 'not begun'}`),
    fact('begun', ` ${instantText(view.startedAt ?? record.createdAt)}`),
    ...(view.status !== 'forked'
      ? []
      : [fact('stands', ` at the fork ${view.checkpoint ?? ''}; nobody has run it on since`)]),
    ...(view.endedAt === null ? [] : [fact('ended', ` ${instantText(view.endedAt)}`)]),
    fact('state', ` ${plainLine(placeText(app))}`),
    ...(view.isDegraded ? [fact('degraded', ` ${DEGRADED}`)] : []),
    ...(report.reason === null ? [] : [fact('reason', ` ${plainLine(report.reason)}`)]),
  ];
}

/** Names where the state is: the data folder, or the server. */
export function placeText({ storage }: App): string {
  return storage.kind === 'redis' ? `Redis at ${storage.place}` : storage.place;
}

function phaseLines({ view, context }: Shown): readonly string[] {
  const { paint, width } = context.terminal;
  if (view.visits.length === 0) return [];
  const rows = view.visits.map((visit) => [
    paint.bold(visit.phase),
    attemptText(visit).trim().replaceAll(/[()]/g, ''),
    instantText(visit.startedAt),
    visit.agent === null ? '' : durationText(elapsedMs(visit.startedAt, visit.endedAt)),
    spentText(visit),
  ]);
  const heads = ['phase', 'agent', 'started', 'took', ''];
  return ['', table(heads, rows, { width, head: paint.dim, rule: paint.dim })];
}

function fallbackSection({ view, context, options }: Shown): readonly string[] {
  const lines = fallbackLines(view.report, context, options);
  return lines.length === 0 ? [] : ['', ...lines];
}

function spentText({ answers, usage, fallback }: Visit): string {
  const fell = fallback === undefined ? [] : [`instead of ${fallback.from}: ${fallback.because}`];
  const answered = answers.length === 0 ? [] : [`${answers.length} answers`];
  const spent = usage.calls === 0 ? [] : [`${usage.calls} calls, ${usage.costUsd.toFixed(4)} USD`];
  return [...fell, ...answered, ...spent].join(', ');
}

function gateSection({ view, context }: Shown): readonly string[] {
  const { paint } = context.terminal;
  const { verdicts, refusals } = view.report;
  const lines = verdicts.flatMap((verdict) => {
    const { from, to, outcome, checks } = verdict;
    const style =
      outcome === 'allow' ? paint.good : outcome === 'deny' ? paint.bad : paint.attention;
    return [
      `  ${style(outcome.padEnd(6))} ${from} → ${to}  ${paint.dim(countText(checks))}`,
      ...failuresToTell(verdict)
        .flatMap((check) => failureLines(check, paint))
        .map((line) => `    ${line}`),
    ];
  });
  const refused = refusals.map(
    ({ phase, message }) => `  ${paint.bad('refused')} ${phase}: ${plainLine(message)}`,
  );
  const approved = view.approvals.map((approval) => `  ${approvalLine(approval, paint)}`);
  const all = [...lines, ...refused, ...approved];
  return all.length === 0 ? [] : ['', paint.bold('Gates'), ...all];
}

function artifactLines({ view, context }: Shown): readonly string[] {
  const { paint } = context.terminal;
  const artifacts = Object.entries(view.report.artifacts);
  if (artifacts.length === 0) return [];
  const lines = artifacts.map(([phase, value]) => `  ${phase}  ${paint.dim(outline(value))}`);
  return ['', `${paint.bold('Artifacts')} ${paint.dim('(whole with --json)')}`, ...lines];
}

/** What there is in an artifact: its parts, and how many of each. */
function outline(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return plainLine(String(value)).slice(0, 60);
  if (Array.isArray(value)) return counted(value.length, 'entry', 'entries');
  return Object.entries(value)
    .filter(([, part]) => part !== null && !(Array.isArray(part) && part.length === 0))
    .map(([name, part]) => (Array.isArray(part) ? `${part.length} ${name}` : name))
    .join(', ');
}

function awaitedLines({ view, context }: Shown): readonly string[] {
  const { terminal } = context;
  const { paint, width } = terminal;
  const awaited = awaitedIn(view.report);
  if (awaited === undefined) return [];
  if (awaited.kind === 'questions') {
    return ['', paint.bold('Waits for answers'), ...questionLines(awaited, terminal)];
  }
  return [
    '',
    paint.bold('Waits for a decision about this:'),
    '',
    renderMarkdown(awaited.description, { width, paint }),
  ];
}
