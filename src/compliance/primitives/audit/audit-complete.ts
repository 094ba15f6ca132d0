import { z } from 'zod';

import { notSatisfied, satisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { runsOf } from '../../trail/runs-of.ts';

const REMEDY =
  'Verify the trail, and find out what was written past it; a run whose records are missing is not to be relied on.';

/** What changed is what was recorded. */
export const auditComplete = definePrimitive(
  {
    id: 'audit.complete',
    parameters: z.strictObject({}),
    evidence: ['audit', 'checkpoints'],
    predicate:
      'Each checkpointed change of state has exactly one audit record, and the sequence has no gaps',
    says: 'Completeness against the store of states',
    cannotSay: 'Events that the runtime never saw',
  },
  {
    gate: {
      needs: ['recorded'],
      judge: ({ recorded: { stateChanges, entries, gaps } }) => {
        const wrong = [
          ...(stateChanges === entries ? [] : ['compliance.recorded.entries']),
          ...(gaps.length === 0 ? [] : ['compliance.recorded.gaps']),
        ];
        if (wrong.length === 0)
          return satisfied(`${stateChanges} changes of state have one record each.`);
        return notSatisfied('Changes of state and their records differ, or records are missing.', {
          remedy: REMEDY,
          paths: wrong,
        });
      },
    },
    report: {
      needs: ['entries', 'stateChanges'],
      assess: ({ entries, stateChanges }) => {
        const gaps = entries.flatMap(({ seq }, index) => {
          const previous = entries[index - 1]?.seq;
          return previous === undefined || seq === previous + 1 ? [] : [seq];
        });
        if (gaps.length > 0)
          return notSatisfied('Numbers are missing from the sequence of entries.', {
            remedy: REMEDY,
            entries: gaps,
          });
        const runs = runsOf(entries);
        const visits = new Map(stateChanges.map(({ run, visits: count }) => [run, count]));
        const wrong: number[] = [];
        const open: number[] = [];
        for (const [run, { requester, entries: told }] of runs) {
          const counted = told.filter(({ event }) => isChange(event)).length;
          const kept = visits.get(run);
          const [first] = told;
          // A run that began before the period, or whose states were pruned, cannot be counted here.
          if (first === undefined || requester === undefined) continue;
          if (kept === undefined) open.push(first.seq);
          else if (kept !== counted) wrong.push(first.seq);
        }
        const untold = stateChanges.filter(({ run, visits: count }) => count > 0 && !runs.has(run));
        if (wrong.length + untold.length > 0)
          return notSatisfied(
            `${wrong.length} runs have other records than changes of state, ${untold.length} have none.`,
            { remedy: REMEDY, entries: wrong, paths: untold.length > 0 ? ['stateChanges'] : [] },
          );
        if (open.length > 0)
          return undecided(`The changes of state of ${open.length} runs are not in the evidence.`, {
            remedy: 'Supply how many visits the store holds of each run.',
            paths: ['stateChanges'],
            entries: open,
          });
        if (runs.size === 0)
          return undecided('No run is in the evidence.', {
            remedy: 'Assess a period in which something ran.',
            paths: ['entries'],
          });
        return satisfied(`${runs.size} runs have one record for each change of state.`);
      },
    },
  },
);

function isChange({ kind, outcome }: { readonly kind: string; readonly outcome: string }): boolean {
  return kind === 'run-ended' || (kind === 'phase-left' && outcome === 'success');
}
