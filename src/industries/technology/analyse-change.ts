import { scanText, SECRET_TYPES } from '../../privacy/index.ts';
import { defineAgent } from '../../workflow/index.ts';
import { comparableId } from '../person-decides.ts';
import { Analysis, Change, type ChangedFile } from './facts.ts';
import { readDiff, type Diff } from './read-diff.ts';
import risk from './risk.json' with { type: 'json' };

const HOUR_MS = 3_600_000;
const DESTRUCTIVE =
  /\b(?:drop\s+(?:table|column|database|schema)|truncate\s+table|delete\s+from)\b/i;
const RESTORES = /\b(?:restore|backup|snapshot)\b/i;
const MAX_PATH = 300;
const CATEGORIES = risk.categories.map(({ id, points, patterns }) => ({
  id,
  points,
  patterns: patterns.map((pattern) => new RegExp(pattern)),
}));

/** Reads the diff, the tests and the dates of a change. It approves nothing. */
export const analysisAgent = defineAgent({
  id: 'change-analysis',
  input: Change,
  artifact: Analysis,
  reads: {},
  simulated: ({ input }) => analysed(input),
});

function analysed(change: Change): Analysis {
  const { tests, commit, incident, submittedAt, window, freezes, rollback } = change;
  const diff = readDiff(change.diff);
  const files = diff.files.map(({ path, added, removed }): ChangedFile => ({
    path: path.slice(0, MAX_PATH),
    added: added.length,
    removed,
    categories: categoriesOf(path),
  }));
  const lines = linesOf(files);
  const destructive = addedLines(diff).filter((line) => DESTRUCTIVE.test(line)).length;
  const categories = [...new Set(files.flatMap((file) => file.categories))].toSorted();
  const points = pointsOf(categories, lines, destructive);
  return {
    author: comparableId(change.author.id),
    files,
    whole: diff.whole,
    lines,
    codeLines: linesOf(files.filter(isCode)),
    testFiles: files.filter((file) => file.categories.includes('test')).length,
    categories,
    secrets: scanText(addedLines(diff).join('\n'), { types: SECRET_TYPES }).length,
    destructive,
    restores: rollback.some((step) => RESTORES.test(step)),
    points,
    risk: riskOf(points),
    ...sumOf(tests.suites),
    testedCommit: tests.commit === commit,
    incidentOpen: incident?.open ?? false,
    leadHours: hoursBetween(submittedAt, window.start),
    windowHours: hoursBetween(window.start, window.end),
    frozen: freezes.some(({ from, to }) => isDuring(window, { from, to })),
  };
}

function addedLines({ files }: Diff): readonly string[] {
  return files.flatMap(({ added }) => added);
}

function linesOf(files: readonly ChangedFile[]): number {
  return files.reduce((sum, { added, removed }) => sum + added + removed, 0);
}

function isCode({ categories }: ChangedFile): boolean {
  return !categories.includes('test') && !categories.includes('docs');
}

function categoriesOf(path: string): string[] {
  return CATEGORIES.filter(({ patterns }) => patterns.some((pattern) => pattern.test(path))).map(
    ({ id }) => id,
  );
}

function pointsOf(categories: readonly string[], lines: number, destructive: number): number {
  const bySize = risk.lines.find(({ above }) => lines > above)?.points ?? 0;
  const byCategory = CATEGORIES.filter(({ id }) => categories.includes(id));
  const sum = byCategory.reduce((total, { points }) => total + points, 0);
  return sum + bySize + (destructive > 0 ? risk.destructive : 0);
}

function riskOf(points: number): Analysis['risk'] {
  if (points >= risk.high) return 'high';
  return points >= risk.medium ? 'medium' : 'low';
}

function sumOf(suites: Change['tests']['suites']): Pick<Analysis, 'passed' | 'failed' | 'skipped'> {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of suites) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

function hoursBetween(from: string, to: string): number {
  return Math.round(((Date.parse(to) - Date.parse(from)) / HOUR_MS) * 100) / 100;
}

function isDuring(
  { start, end }: Change['window'],
  { from, to }: { readonly from: string; readonly to: string },
): boolean {
  return Date.parse(start) < Date.parse(to) && Date.parse(end) > Date.parse(from);
}
