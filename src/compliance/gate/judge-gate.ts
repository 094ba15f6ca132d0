import { factsReader } from '../facts/compliance-facts.ts';
import { undecided, type Judgement } from '../judgement.ts';
import type { StandardCheck } from '../standard/standard.ts';

/**
 * Asks a check of a standard about facts, as a gate does: what is missing or of another shape cannot be decided.
 *
 * @param facts - The compliance facts, as data.
 * @throws whatever the primitive check throws; a gate takes that for an error.
 */
export function judgeGate(check: StandardCheck, facts: unknown): Judgement {
  const { gate } = check.primitive;
  if (gate === undefined || check.mode === 'report')
    return undecided('The check is not asked at gates.', { remedy: 'Ask for an assessment.' });
  const parsed = factsReader(gate.needs).safeParse({ compliance: facts });
  if (!parsed.success) return missing(parsed.error.issues);
  return answerOf(check, parsed.data.compliance);
}

/** Asks a check about facts that its reader has parsed. */
export function answerOf(
  { primitive, parameters }: StandardCheck,
  facts: { readonly now: string },
): Judgement {
  // The reader of the primitive gave the facts, its schema the parameters.
  const judge = primitive.gate?.judge as ((given: unknown, by: unknown) => Judgement) | undefined;
  if (judge === undefined)
    return undecided('The check is not asked at gates.', { remedy: 'Ask for an assessment.' });
  return judge(facts, parameters);
}

function missing(issues: readonly { readonly path: readonly PropertyKey[] }[]): Judgement {
  return undecided('Facts that the check reads are missing or of another shape.', {
    remedy: 'Supply the facts named.',
    paths: [...new Set(issues.map(({ path }) => path.map(String).join('.')))],
  });
}
