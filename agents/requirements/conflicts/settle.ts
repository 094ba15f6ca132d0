import type { Answer } from '../../../src/state/index.ts';
import { choiceOf, namesSeveral } from './choice.ts';
import type { Conflict } from './conflict.ts';
import { contradictingAudiences } from './contradicting-audiences.ts';
import { contradictingTones } from './contradicting-tones.ts';
import { conflictingDates } from './dates/conflicting-dates.ts';
import { withEdits, type Draft } from './draft.ts';
import { mismatchedWeekdays } from './dates/mismatched-weekdays.ts';
import { conflictingFigures } from './figures/conflicting-figures.ts';
import { differingCounts } from './figures/differing-counts.ts';
import { lawfulAndForbidden } from './lawful-and-forbidden.ts';
import { noEmails } from './no-emails.ts';
import { includedAndExcluded, saidAndForbidden } from './said-and-forbidden.ts';
import { otherLanguage, toldTwice } from './told-twice.ts';

/** A draft after every answer that settles something, and what still stands against each other. */
export interface Settled {
  readonly draft: Draft;
  readonly conflicts: readonly Conflict[];
}

const MAX_ROUNDS = 200;
const MAX_CONFLICTS = 50;

/** Finds contradictions, and settles those that the answers decide, one after the other. */
export function settle(draft: Draft, answers: readonly Answer[]): Settled {
  let settled = { draft, conflicts: findConflicts(draft) };
  const used = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = settled.conflicts
      .filter(({ id }) => !used.has(id))
      .map((conflict) => ({ conflict, draft: settledBy(settled.draft, conflict, answers) }))
      .find((tried) => tried.draft !== undefined);
    if (next?.draft === undefined) break;
    used.add(next.conflict.id);
    settled = { draft: next.draft, conflicts: findConflicts(next.draft) };
  }
  return settled;
}

function findConflicts(draft: Draft): readonly Conflict[] {
  const several = toldTwice(draft);
  // Two statements about the tone of which one is to be chosen settle this as well.
  const tones = several.some(({ field }) => field === 'tone') ? [] : contradictingTones(draft);
  const found = [
    ...noEmails(draft),
    ...otherLanguage(draft),
    ...several,
    ...tones,
    ...conflictingFigures(draft),
    ...conflictingDates(draft),
    ...mismatchedWeekdays(draft),
    ...includedAndExcluded(draft),
    ...contradictingAudiences(draft),
    ...saidAndForbidden(draft),
    ...lawfulAndForbidden(draft),
    ...differingCounts(draft),
  ];
  return [...new Map(found.map((conflict) => [conflict.id, conflict])).values()].slice(
    0,
    MAX_CONFLICTS,
  );
}

/** The draft after the newest answer that settles the conflict; undefined when none does. */
function settledBy(
  draft: Draft,
  conflict: Conflict,
  answers: readonly Answer[],
): Draft | undefined {
  for (const answer of answers.toReversed()) {
    if (answer.question !== conflict.id) continue;
    const choice = choiceOf(answer.text, conflict.options);
    if (choice.option === undefined && namesSeveral(answer.text, conflict.options)) continue;
    const resolution = conflict.resolve(choice);
    if (resolution === undefined) continue;
    const edits = resolution.edits.map((edit) => ({ ...edit, question: conflict.id }));
    return {
      ...draft,
      language: resolution.language ?? draft.language,
      candidates: draft.candidates.filter((candidate) => !resolution.drops.includes(candidate)),
      // What a person decided against is said by nobody any more.
      remarks: draft.remarks.filter(
        ({ start }) => !conflict.sources.some((source) => source.start === start),
      ),
      edits: withEdits(draft.edits, edits),
      exemptions: [
        ...draft.exemptions,
        ...(resolution.exempts ?? []).map((exemption) => ({ ...exemption, question: conflict.id })),
      ],
    };
  }
  return undefined;
}
