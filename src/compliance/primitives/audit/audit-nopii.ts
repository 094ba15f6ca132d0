import { z } from 'zod';

import { notSatisfied, satisfied, undecided, type Judgement } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import type { TrailEvidence } from '../../trail/trail-evidence.ts';

/** Records tell of people without holding their data. */
export const auditNopii = definePrimitive(
  {
    id: 'audit.nopii',
    parameters: z.strictObject({
      /** Whether the logs have to be scanned too. */
      logs: z.boolean().default(true),
    }),
    evidence: ['audit', 'logs'],
    predicate:
      'A scan for data of persons and secrets over the fields of trail and logs finds no clear values',
    says: 'Nothing that the detectors know was found',
    cannotSay: 'Data of persons that the detectors do not know',
  },
  {
    gate: {
      needs: ['recordScan'],
      judge: ({ recordScan }, parameters) =>
        judgeScan(recordScan, parameters, 'compliance.recordScan'),
    },
    report: {
      needs: ['recordScan'],
      assess: ({ recordScan }, parameters) => judgeScan(recordScan, parameters, 'recordScan'),
    },
  },
);

function judgeScan(
  { entries, logs, found, unscannable }: NonNullable<TrailEvidence['recordScan']>,
  parameters: { readonly logs: boolean },
  path: string,
): Judgement {
  if (found.length > 0)
    return notSatisfied(`${found.length} values in clear were found in records.`, {
      remedy: 'Let what writes them give ids and digests; erase or rotate what was found.',
      paths: found.slice(0, 100).map((one) => one.path),
    });
  const open = [
    ...(unscannable > 0 ? [`${path}.unscannable`] : []),
    ...(parameters.logs && !logs ? [`${path}.logs`] : []),
    ...(entries === 0 ? [`${path}.entries`] : []),
  ];
  if (open.length > 0)
    return undecided('Not everything was looked through.', {
      remedy: 'Scan the trail and the logs as a whole.',
      paths: open,
    });
  return satisfied(`Nothing was found in ${entries} entries${logs ? ' and in the logs' : ''}.`);
}
