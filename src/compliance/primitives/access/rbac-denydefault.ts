import { z } from 'zod';

import { notSatisfied, satisfied, undecided, type Judgement } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { runsOf, type TrailRun } from '../../trail/runs-of.ts';
import { judgeProbes } from '../probes.ts';

const REMEDY = 'Find out how it got past the gate; let nothing run that no policy allows.';
const MOVES: ReadonlySet<string> = new Set(['allow', 'revise', 'ask']);

/** What nobody allowed is not carried out. */
export const rbacDenydefault = definePrimitive(
  {
    id: 'rbac.denydefault',
    parameters: z.strictObject({
      /** Days for which a probe of an unlisted action holds. */
      probeDays: z.number().min(1).default(90),
    }),
    evidence: ['config', 'probe'],
    predicate:
      'Every executed action or transition has an earlier allow decision under the policy then in force, and a probe for an unlisted action is denied',
    says: 'Enforcement happened for what was recorded; the default is deny',
    cannotSay: 'Actions taken outside the framework',
  },
  {
    gate: {
      needs: ['access'],
      judge: ({ access }) => {
        const wrong = access.actions.flatMap(({ decision, policy, decidedAt, executedAt }, index) =>
          decision === 'allow' &&
          policy !== null &&
          decidedAt !== null &&
          Date.parse(decidedAt) <= Date.parse(executedAt)
            ? []
            : [`compliance.access.actions.${index}`],
        );
        if (access.byDefault !== 'deny') wrong.push('compliance.access.byDefault');
        if (wrong.length === 0)
          return satisfied(
            'Everything that was carried out had been allowed; the default is deny.',
          );
        return notSatisfied('Something was carried out that had not been allowed before.', {
          remedy: REMEDY,
          paths: wrong,
        });
      },
    },
    report: {
      needs: ['entries', 'probes'],
      assess: ({ entries, probes, assessedAt }, { probeDays }): Judgement => {
        const runs = [...runsOf(entries).values()];
        const wrong = runs.flatMap(unallowed);
        if (wrong.length > 0)
          return notSatisfied('Phases were entered without a verdict that led there.', {
            remedy: REMEDY,
            entries: wrong.toSorted((one, other) => one - other),
          });
        const probed = judgeProbes(probes, {
          ids: ['unlisted-action'],
          maxDays: probeDays,
          now: assessedAt,
        });
        if (probed.outcome !== 'satisfied') return probed;
        if (runs.length === 0)
          return undecided('No run is in the evidence.', {
            remedy: 'Assess a period in which something ran.',
            paths: ['entries'],
          });
        return satisfied(
          `In ${runs.length} runs each phase was entered after a verdict led there.`,
        );
      },
    },
  },
);

/** Numbers of entries in which a phase begins or ends to which no verdict had led. */
function unallowed({ requester, entries }: TrailRun): readonly number[] {
  const wrong: number[] = [];
  const led = new Set<unknown>();
  // A run that began before the period was led to its phase by a verdict that is not in the evidence.
  let isFirst = true;
  for (const { seq, event } of entries) {
    const { kind, phase, outcome, facts, policy } = event;
    if (kind === 'gate-verdict' && MOVES.has(outcome) && policy !== undefined)
      led.add(facts?.['destination']);
    if (kind !== 'phase-entered' && kind !== 'phase-left') continue;
    if (isFirst || requester === undefined) led.add(phase);
    isFirst = false;
    if (!led.has(phase)) wrong.push(seq);
  }
  return wrong;
}
