import { readEntries, verifyTrail } from '../../audit/index.ts';
import { scanTrail, type TrailEntry, type TrailEvidence } from '../../compliance/index.ts';
import type { TrailFinding } from '../../reports/index.ts';
import { openTrailOf, readKey, type Trail } from '../evidence/index.ts';
import type { Config } from '../../config/index.ts';

/** A verification of the trail: as a report tells it, and as checks read it. */
export interface VerifiedTrail {
  readonly finding: TrailFinding;
  readonly chain: NonNullable<TrailEvidence['chain']>;
}

/** Verifies the whole trail by the key beside it. @throws AUDIT_*. */
export async function verifiedTrail(trail: Trail): Promise<VerifiedTrail> {
  const { database, paths, checkpoints } = trail;
  const report = await verifyTrail(database, {
    publicKey: await readKey(paths.publicKey),
    checkpoints,
  });
  const main = report.chains.find(({ name }) => name === trail.name);
  const faults = report.chains.flatMap(({ name, faults: found }) =>
    found.map(({ kind, seq, message }) => ({
      kind,
      seq,
      said: `${name}, entry ${seq}: ${kind}, ${message}`,
    })),
  );
  const gone = [...report.missing, ...report.unlisted].map(
    (origin) => `The chain ${origin} is missing or unlisted.`,
  );
  const { size = 0, covered = 0, unseen = [] } = main ?? {};
  return {
    finding: {
      ok: report.ok,
      size,
      covered,
      faults: [...faults.map(({ said }) => said), ...gone],
      unseen: [
        ...unseen,
        'The public key was taken from beside the trail: whoever could change the one could change the other. Verify with a key that you noted down before.',
      ],
    },
    chain: {
      ok: report.ok,
      size,
      covered,
      keptOutside: checkpoints.length > 0,
      faults: faults.map(({ kind, seq }) => ({ kind, seq })).slice(0, 10_000),
    },
  };
}

/** The trail as gates are told of it. */
export type ObservedTrail = Pick<VerifiedTrail, 'chain'> & {
  readonly recordScan: NonNullable<TrailEvidence['recordScan']>;
};

/**
 * Verifies the configured trail and looks through its entries.
 *
 * @throws AUDIT_* for one that cannot be opened; one that is not there yet is begun by the caller.
 */
export async function observeTrail(config: Config): Promise<ObservedTrail> {
  await using trail = await openTrailOf(config);
  const { chain } = await verifiedTrail(trail);
  const entries: TrailEntry[] = [];
  for await (const { seq, body } of readEntries(trail)) {
    const { at, where, event } = JSON.parse(body) as TrailEntry;
    entries.push({ seq, at, where, event });
  }
  // Nothing gets into the log but what the scanner has looked through.
  return { chain, recordScan: scanTrail(entries, { logs: [] }) };
}
