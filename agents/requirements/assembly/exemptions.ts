import type { Exemption } from '../artifact.ts';
import type { Draft } from '../conflicts/draft.ts';
import { candidatesOf } from '../conflicts/draft.ts';
import { toFact, toFacts } from './facts.ts';

/** Makes of what a person exempted the statements, each with the constraint that does not hold for it. */
export function exemptionsOf(draft: Draft): Exemption[] {
  const constraints = toFacts(draft, 'must-not-say', candidatesOf(draft, 'mustNotSay'));
  return draft.exemptions.flatMap(({ statement, forbidden, question }, index): Exemption[] => {
    const id = `exemption-${index + 1}`;
    const said = toFact(draft, id, { ...statement, question });
    const words = toFact(draft, id, forbidden)?.text.toLowerCase();
    const constraint = constraints.find(({ text }) => text.toLowerCase() === words);
    return said === undefined || constraint === undefined
      ? []
      : [{ ...said, mustNotSay: constraint.id }];
  });
}
