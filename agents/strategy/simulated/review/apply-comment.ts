import type { Strategy } from '../../artifact.ts';
import { figuresIn, figureKeys } from '../../judging/figures.ts';
import { textsOf } from '../../judging/known-ids.ts';
import type { RiskPhrase } from '../../phrases/phrases.ts';
import type { Material } from '../gather-material.ts';
import { clipped } from '../wording.ts';
import { grantWish } from './grant-wish.ts';
import { readComment, type Clause } from './read-comment.ts';

const QUOTE_CHARACTERS = 200;

/**
 * Changes `plan` as a reviewer's comment asks. What is not understood, or cannot be done, is kept among the risks, so
 * that the reviewer sees that it changed nothing.
 */
export function applyComment(plan: Strategy, comment: string, material: Material): Strategy {
  if (comment.trim() === '')
    return withNote(plan, material.phrases.review.silent, { comment, material });
  // `Only two emails, no reminder` wants two that are no reminders: what is dropped goes before anything is counted.
  const drops = ({ wishes }: Clause): number =>
    wishes.some(({ kind }) => kind === 'drop') ? 0 : 1;
  const clauses = readComment(comment).toSorted((one, other) => drops(one) - drops(other));
  return clauses.reduce((current, clause) => applyClause(current, clause, material), plan);
}

function applyClause(plan: Strategy, clause: Clause, material: Material): Strategy {
  let current = plan;
  let granted = 0;
  for (const wish of clause.wishes) {
    const next = grantWish(current, wish, material);
    if (next === undefined) continue;
    current = next;
    granted += 1;
  }
  if (granted > 0) return current;
  const { figure, notUnderstood } = material.phrases.review;
  const note = holdsUnknownFigure(clause, material) ? figure : notUnderstood;
  return withNote(current, note, { comment: clause.text, material });
}

function holdsUnknownFigure(clause: Clause, { requirements }: Material): boolean {
  const held = figureKeys(textsOf(requirements));
  return clause.wishes.length === 0 && figuresIn(clause.text).some(({ key }) => !held.has(key));
}

interface Noted {
  readonly comment: string;
  readonly material: Material;
}

function withNote(plan: Strategy, note: RiskPhrase, { comment, material }: Noted): Strategy {
  const { word, anchor } = material;
  const text = word(note.text, { comment: clipped(comment, QUOTE_CHARACTERS) });
  if (plan.risks.some((risk) => risk.text === text)) return plan;
  return {
    ...plan,
    risks: [{ text, mitigation: word(note.mitigation), traces: [anchor] }, ...plan.risks],
  };
}
