import { z } from 'zod';

import { notSatisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import type { TrailEntry } from '../../trail/trail-evidence.ts';
import { judgeEntries } from '../judge-each.ts';
import { satisfied } from '../../judgement.ts';

const FIELDS = ['actor', 'kind', 'at', 'outcome', 'where', 'target', 'policy'];
/** Kinds that, in a run, a policy decided: these have to name it. */
const DECIDED: ReadonlySet<string> = new Set(['gate-verdict', 'approval', 'phase-left']);
const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const REMEDY = 'Let whoever writes entries give each of these fields.';

/** A record says who, what, when, with which outcome, from where, on what and by which policy. */
export const auditFields = definePrimitive(
  {
    id: 'audit.fields',
    parameters: z.strictObject({}),
    evidence: ['audit'],
    predicate:
      'Each record has actor, event type, UTC time, outcome, origin, target and policy digest',
    says: 'The fields are present and of their type',
    cannotSay: 'The truth of values that a caller supplied',
  },
  {
    gate: {
      needs: ['recordFields'],
      judge: ({ recordFields }) => {
        const lacking = FIELDS.filter((field) => !recordFields.includes(field));
        if (lacking.length === 0) return satisfied('Records of this run have every field.');
        return notSatisfied(`Records of this run lack ${lacking.join(', ')}.`, {
          remedy: REMEDY,
          paths: ['compliance.recordFields'],
        });
      },
    },
    report: {
      needs: ['entries'],
      assess: ({ entries }) => {
        if (entries.length === 0)
          return undecided('No entry is in the evidence.', {
            remedy: 'Assess a period in which something happened.',
            paths: ['entries'],
          });
        const wrong = entries.filter((entry) => !isWhole(entry)).map(({ seq }) => seq);
        return judgeEntries(wrong, {
          yes: `${entries.length} entries have every field.`,
          no: `${wrong.length} of ${entries.length} entries lack a field.`,
          remedy: REMEDY,
        });
      },
    },
  },
);

function isWhole({ at, where, event }: TrailEntry): boolean {
  const { kind, actor, outcome, target, policy, run } = event;
  if (!UTC.test(at) || Number.isNaN(Date.parse(at))) return false;
  if ([where, kind, actor.id, outcome, target].includes('')) return false;
  return run === undefined || !DECIDED.has(kind) || (policy !== undefined && policy !== '');
}
