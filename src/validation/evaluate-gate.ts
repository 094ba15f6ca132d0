import type { CheckReport, GateOutcome, Question } from '../state/index.ts';
import type { Binding, Consequence, Gate } from './gate.ts';
import { judgeCheck, type Judgement, type ParsedFacts } from './judge-check.ts';

/** What the checks of a gate said, and where that leads. */
export interface GateResult {
  readonly outcome: GateOutcome;
  /** Phases that failures lead back to; the workflow takes the earliest. */
  readonly reviseTo: readonly string[];
  readonly checks: readonly CheckReport[];
  readonly questions: readonly Question[];
  /** Whether something could not be decided, or a check is not pure, so that the same facts may give another answer later. */
  readonly undecided: boolean;
}

/**
 * Asks every check of `gate`; a failure never keeps another check from being asked.
 *
 * A failure that denies beats one that asks, which beats one that revises. A check that threw, ran out of time, gave no
 * proper answer, or lacked its facts denies, whatever its binding says. Never throws.
 *
 * @param facts - `{ input, artifacts, run }`, plain JSON; each check gets a frozen copy of the part that it declares.
 */
export async function evaluateGate(gate: Gate, facts: unknown): Promise<GateResult> {
  const parsed: ParsedFacts = new Map();
  const waiting: Promise<void>[] = [];
  const judgements: Judgement[] = [];
  for (const [index, binding] of gate.bindings.entries()) {
    const judged = judgeCheck(binding, facts, parsed);
    if (judged instanceof Promise)
      waiting.push(judged.then((late) => void (judgements[index] = late)));
    else judgements[index] = judged;
  }
  if (waiting.length > 0) await Promise.all(waiting);
  return combine(gate.bindings, judgements);
}

function combine(bindings: readonly Binding[], judgements: readonly Judgement[]): GateResult {
  const consequences: Consequence[] = [];
  const questions = new Map<string, Question>();
  let undecided = false;
  for (const [index, { check, mode, consequence }] of bindings.entries()) {
    const judged = judgements[index];
    const outcome = judged?.report.outcome ?? 'error';
    if (check.pure === false) undecided = true;
    if (outcome === 'pass') continue;
    if (outcome !== 'fail') undecided = true;
    if (mode !== 'deny') continue;
    consequences.push(outcome === 'fail' ? consequence : { kind: 'deny' });
    for (const question of judged?.questions ?? []) questions.set(question.id, question);
  }
  return {
    outcome: worstOf(consequences, questions.size),
    reviseTo: consequences.flatMap((consequence) =>
      consequence.kind === 'revise' ? [consequence.to] : [],
    ),
    checks: judgements.map(({ report }) => report),
    questions: [...questions.values()],
    undecided,
  };
}

/** The gate's answer, given what its failures lead to. */
export function worstOf(consequences: readonly Consequence[], questions: number): GateOutcome {
  const kinds = new Set(consequences.map(({ kind }) => kind));
  if (kinds.has('deny')) return 'deny';
  // A failure that is to be asked about, but brings no question, leaves nothing to wait for.
  if (kinds.has('ask')) return questions > 0 ? 'ask' : 'deny';
  return kinds.has('revise') ? 'revise' : 'allow';
}
