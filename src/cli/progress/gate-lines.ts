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
 * Tells what a gate said: one line, and two for each check that failed, with what to do about it.
 *
 * @param mark - Whether the outcome is marked by a sign in front, for terminals.
 */
export function gateLines(
  { from, to, outcome, checks }: ReportedVerdict,
  paint: Paint,
): readonly string[] {
  const failed = checks.filter((check) => check.outcome !== 'pass');
  const passed = checks.length - failed.length;
  const count = `${passed} of ${checks.length} checks passed`;
  const style = outcome === 'allow' ? paint.good : outcome === 'deny' ? paint.bad : paint.attention;
  const head = `gate ${from} → ${to}: ${style(OUTCOMES[outcome])}${paint.dim(`, ${count}`)}`;
  return [head, ...failed.flatMap((check) => failureLines(check, paint))];
}

type ReportedCheck = ReportedVerdict['checks'][number];

/** Tells of one failed check what is wrong and what to do. */
export function failureLines(
  { id, outcome, mode, message, remedy }: ReportedCheck,
  paint: Paint,
): readonly string[] {
  const style = mode === 'deny' ? paint.bad : paint.attention;
  const how = mode === 'deny' ? outcome : `${outcome}, ${mode} only`;
  return [
    `  ${style('✖')} ${paint.bold(id)} ${paint.dim(`(${how})`)} ${plainLine(message)}`,
    ...(remedy === '' ? [] : [`    ${paint.accent('→')} ${plainLine(remedy)}`]),
  ];
}
