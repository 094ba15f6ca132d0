import type { ReportedVerdict } from '../../workflow/index.ts';
import type { Paint } from '../rendering/paint.ts';
import { plainLine } from '../rendering/plain-text.ts';

const OUTCOMES = {
  allow: 'open',
  revise: 'sends it back for revision',
  ask: 'asks a person',
  deny: 'blocks the run',
} as const;

/**
 * Tells what a gate said: one line, and for each check that failed what is wrong, in which facts, and what to do about it.
 */
export function gateLines(verdict: ReportedVerdict, paint: Paint): readonly string[] {
  const { from, to, outcome, checks } = verdict;
  const failed = failuresToTell(verdict);
  const count = countText(checks);
  const style = outcome === 'allow' ? paint.good : outcome === 'deny' ? paint.bad : paint.attention;
  const head = `gate ${from} → ${to}: ${style(OUTCOMES[outcome])}${paint.dim(`, ${count}`)}`;
  return [head, ...failed.flatMap((check) => failureLines(check, paint))];
}

/** Tells how many checks passed, of those that had a say. */
export function countText(checks: ReportedVerdict['checks']): string {
  // What is only recorded is for reports; what was waived is not.
  const asked = checks.filter(isToTell);
  const passed = asked.filter(({ outcome }) => outcome === 'pass').length;
  const recorded = checks.length - asked.length;
  const more = recorded === 0 ? '' : `, ${recorded} recorded only`;
  return `${passed} of ${asked.length} checks passed${more}`;
}

type ReportedCheck = ReportedVerdict['checks'][number];

function isToTell({ mode, waiver }: ReportedCheck): boolean {
  return mode !== 'audit' || waiver !== undefined;
}

/**
 * Gives the failures that say something. What is sent back for another reason was of course not approved; only where
 * nothing else failed is the missing approval news.
 */
export function failuresToTell({ outcome, checks }: ReportedVerdict): readonly ReportedCheck[] {
  const failed = checks.filter((check) => check.outcome !== 'pass' && isToTell(check));
  const others = failed.filter(({ id }) => id !== 'approval');
  return outcome === 'deny' || others.length === 0 ? failed : others;
}

/** Tells of one failed check what is wrong, in which facts (their paths, never their values), and what to do. */
export function failureLines(
  { id, outcome, mode, message, remedy, paths, waiver }: ReportedCheck,
  paint: Paint,
): readonly string[] {
  const style = mode === 'deny' ? paint.bad : paint.attention;
  const how =
    waiver !== undefined
      ? `${outcome}, waived`
      : mode === 'deny'
        ? outcome
        : `${outcome}, ${mode} only`;
  return [
    `  ${style('✖')} ${paint.bold(id)} ${paint.dim(`(${how})`)} ${plainLine(message)}`,
    ...(paths.length === 0 ? [] : [`    ${paint.dim(`facts: ${pathsText(paths)}`)}`]),
    ...(remedy === '' ? [] : [`    ${paint.accent('→')} ${plainLine(remedy)}`]),
  ];
}

const MOST_PATHS = 6;

function pathsText(paths: readonly string[]): string {
  const more = paths.length - MOST_PATHS;
  const shown = paths.slice(0, MOST_PATHS).map(plainLine).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}
