import { z } from 'zod';

import { notSatisfied, satisfied, undecided, type Judgement } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import type { TrailEvidence } from '../../trail/trail-evidence.ts';

/** What was recorded is what is there. */
export const auditIntegrity = definePrimitive(
  {
    id: 'audit.integrity',
    parameters: z.strictObject({
      /** Entries behind the last signed checkpoint that may be there. */
      uncovered: z.int().min(0).default(64),
    }),
    evidence: ['audit', 'checkpoints'],
    predicate:
      'The chain recomputes and equals the last signed checkpoint that is held outside the store',
    says: 'No edit, deletion, reordering or cut up to that checkpoint',
    cannotSay: 'Records after the last checkpoint; a stolen signing key',
  },
  {
    gate: {
      needs: ['chain'],
      judge: ({ chain }, parameters) => judgeChain(chain, parameters, 'compliance.chain'),
    },
    report: {
      needs: ['chain'],
      assess: ({ chain }, parameters) => judgeChain(chain, parameters, 'chain'),
    },
  },
);

function judgeChain(
  { ok, size, covered, keptOutside, faults }: NonNullable<TrailEvidence['chain']>,
  { uncovered }: { readonly uncovered: number },
  path: string,
): Judgement {
  const remedy = 'Verify the trail with phasegate-verify, and compare it with a copy.';
  if (!ok || faults.length > 0)
    return notSatisfied('The chain does not verify.', {
      remedy,
      paths: [`${path}.faults`],
      entries: faults.map(({ seq }) => seq),
    });
  if (!keptOutside)
    return undecided('The chain was not held against a checkpoint outside the store.', {
      remedy: 'Keep the checkpoint file outside the store, and verify with it.',
      paths: [`${path}.keptOutside`],
    });
  if (size === 0 || covered > size)
    return undecided('There is no chain that could be verified.', {
      remedy,
      paths: [`${path}.size`],
    });
  if (size - covered > uncovered)
    return notSatisfied(`${size - covered} entries stand under no signed checkpoint.`, {
      remedy: 'Let the trail be signed: see that its key can be read.',
      paths: [`${path}.covered`],
    });
  return satisfied(`${covered} of ${size} entries stand under a signed checkpoint that verifies.`);
}
