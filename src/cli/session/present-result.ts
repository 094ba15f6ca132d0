import { basename, extname, join, relative, resolve } from 'node:path';

import { counted } from '../../kernel/index.ts';
import type { App, MissingFact, ThreadView } from '../../app/index.ts';
import type { RunReport } from '../../workflow/index.ts';
import { osUser } from '../asking/principals.ts';
import { awaitedIn, type Awaited } from '../asking/awaited.ts';
import type { CommandContext } from '../command-context.ts';
import { failureLines, failuresToTell } from '../progress/gate-lines.ts';
import { hanging } from '../rendering/hanging.ts';
import { plainLine } from '../rendering/plain-text.ts';
import { elapsedMs, durationText } from '../rendering/time.ts';
import type { Terminal } from '../terminal.ts';
import type { RunningOptions } from './running-options.ts';
import { nextLines } from './next-lines.ts';
import { approvalLine } from './approval-line.ts';
import { DEGRADED } from './degraded.ts';
import { fallbackLines } from './fallback-lines.ts';

/** A run that has come to a stop, and where to show it. */
export interface Presenting {
  readonly app: App;
  readonly context: CommandContext;
  readonly options: RunningOptions;
  readonly report: RunReport;
}

/** Writes the files of a completed run, and shows where the run stands: for a person, or as one JSON object. */
export async function presentResult(presenting: Presenting): Promise<void> {
  const { app, context, options, report } = presenting;
  const { missingFacts, viewThread } = await import('../../app/index.ts');
  const view = await viewThread(app, report.thread);
  const missing = report.status === 'blocked' ? missingFacts(app, report) : [];
  const files = report.status === 'completed' ? await writeOutput(presenting) : undefined;
  if (options.json === true) {
    context.terminal.out(JSON.stringify(jsonResult({ view, files, app, missing })));
    return;
  }
  for (const line of resultLines({ ...presenting, view, files, missing }))
    context.terminal.out(line);
  if (view.isDegraded) context.terminal.err(`Degraded: ${DEGRADED}.`);
}

async function writeOutput(presenting: Presenting): Promise<readonly string[]> {
  const { app, report } = presenting;
  const { entryOfThread, recordOutput, writeFiles } = await import('../../app/index.ts');
  const { thread, run, workflow } = report;
  const files = (await entryOfThread(app, report)).filesFrom(report.artifacts);
  const output = { thread, run, workflow, files, by: osUser() };
  return recordOutput(app.audit, output, async () =>
    writeFiles(outputDirectory(presenting), files),
  );
}

function outputDirectory({ app, options, report }: Presenting): string {
  return resolve(options.out ?? join(app.storage.directory, 'output', report.thread));
}

/** What `--json` prints of a run. */
export function jsonResult({
  view,
  files,
  app,
  missing = [],
}: {
  readonly view: ThreadView;
  readonly app: App;
  readonly missing?: readonly MissingFact[];
  readonly files?: readonly string[] | undefined;
}): unknown {
  const { report, status, template, checkpoint, visits, approvals, startedAt, endedAt } = view;
  return {
    ...report,
    status,
    ...(template === undefined ? {} : { template }),
    checkpoint,
    startedAt,
    endedAt,
    visits,
    approvals,
    dataDir: app.storage.directory,
    storage: { kind: app.storage.kind, place: app.storage.place },
    ...(view.isDegraded ? { degraded: true } : {}),
    ...(files === undefined ? {} : { files }),
    ...(missing.length === 0 ? {} : { missingFacts: missing }),
  };
}

interface Shown extends Presenting {
  readonly missing: readonly MissingFact[];
  readonly view: ThreadView;
  readonly files: readonly string[] | undefined;
}

function resultLines(shown: Shown): readonly string[] {
  const { report } = shown;
  switch (report.status) {
    case 'completed':
      return ['', ...completedLines(shown)];
    case 'blocked':
      return ['', ...blockedLines(shown)];
    case 'waiting':
    case 'running':
      return ['', ...waitingLines(shown)];
  }
}

function completedLines(shown: Shown): readonly string[] {
  const { view, files = [], context } = shown;
  const { paint } = context.terminal;
  const took = durationText(elapsedMs(view.startedAt ?? '', view.endedAt ?? ''));
  return [
    `${paint.good('✔')} ${paint.bold('Completed')} ${paint.dim(`thread ${view.report.thread}, ${took}`)}`,
    ...view.approvals.map((approval) => `  ${approvalLine(approval, paint)}`),
    ...fallbackLines(view.report, context, shown.options),
    ...usageLines(view.report, context.terminal),
    ...fileLines(files, { context, directory: outputDirectory(shown) }),
  ];
}

function usageLines({ usage }: RunReport, { paint }: Terminal): readonly string[] {
  if (usage.calls === 0) return [];
  const tokens = `${usage.inputTokens} tokens in, ${usage.outputTokens} out`;
  return [paint.dim(`  ${usage.calls} model calls, ${tokens}, ${usage.costUsd.toFixed(4)} USD`)];
}

function fileLines(
  files: readonly string[],
  { context, directory }: { readonly context: CommandContext; readonly directory: string },
): readonly string[] {
  const { paint } = context.terminal;
  const kinds = new Map<string, string[]>();
  for (const file of files) {
    const ending = extname(file);
    kinds.set(ending, [...(kinds.get(ending) ?? []), basename(file)]);
  }
  const counts = [...kinds].map(([ending, names]) =>
    names.length === 1 ? names.join('') : `${names.length} ${ending}`,
  );
  const folder = relative(process.cwd(), directory);
  const shown = folder === '' || folder.startsWith('..') ? directory : folder;
  return [
    `  ${counted(files.length, 'file')} in ${paint.bold(plainLine(shown))} ${paint.dim(`(${counts.join(', ')})`)}`,
  ];
}

function blockedLines(shown: Shown): readonly string[] {
  const { report, context } = shown;
  const { paint } = context.terminal;
  const last = report.verdicts.at(-1);
  const failed = last === undefined ? [] : failuresToTell(last);
  return [
    `${paint.bad('✖')} ${paint.bold('Blocked')} ${paint.dim(`thread ${report.thread}`)}`,
    ...(report.reason === null ? [] : [`  ${plainLine(report.reason)}`]),
    ...fallbackLines(report, context, shown.options),
    ...failed.flatMap((check) => failureLines(check, paint)),
    ...missingLines(shown.missing),
    ...nextLines(shown.view, context, shown.options),
  ];
}

function missingLines(missing: readonly MissingFact[]): readonly string[] {
  return missing.map(({ fact, place, checks }) => {
    const where =
      place === undefined ? 'No file (compliance.facts) tells' : `${place} does not tell`;
    return `  ${plainLine(`${where} "${fact}", which is asked for by ${checks.join(', ')}`)}`;
  });
}

function waitingLines(shown: Shown): readonly string[] {
  const { report, context } = shown;
  const { paint } = context.terminal;
  const awaited = awaitedIn(report);
  const what = awaited?.kind === 'questions' ? 'answers' : 'a decision';
  const head =
    report.status === 'waiting'
      ? `${paint.attention('⏸')} ${paint.bold(`Waits for ${what}`)} ${paint.dim(`in the phase "${report.phase}", thread ${report.thread}`)}`
      : `${paint.attention('⏸')} ${paint.bold('Stopped on the way')} ${paint.dim(`thread ${report.thread}`)}`;
  return [
    head,
    ...fallbackLines(report, context, shown.options),
    ...questionLines(awaited, context.terminal),
    ...nextLines(shown.view, context, shown.options),
  ];
}

/** Shows open questions, with the ids that answers are filed under. */
export function questionLines(
  awaited: Awaited | undefined,
  { paint, width }: Terminal,
): readonly string[] {
  if (awaited?.kind !== 'questions') return [];
  return awaited.questions.flatMap(({ id, text, options }) => [
    hanging(`  ${paint.bold('?')} `, plainLine(text), width),
    ...options.map((option) => hanging(`      ${paint.dim('·')} `, plainLine(option), width)),
    `    ${paint.dim(`id: ${id}`)}`,
  ]);
}
