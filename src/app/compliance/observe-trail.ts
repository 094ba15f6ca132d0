import { followTrail, verifyTrail, type FollowedTrail } from '../../audit/index.ts';
import { scanTrail, type TrailEntry, type TrailEvidence } from '../../compliance/index.ts';
import type { TrailFinding } from '../../reports/index.ts';
import { openTrailOf, readKey, type Trail } from '../evidence/index.ts';
import type { Config } from '../../config/index.ts';
import type { TrailSummaryFile } from './trail-summary.ts';

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
    found.map(({ kind, seq, message }) => `${name}, entry ${seq}: ${kind}, ${message}`),
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
      faults: [...faults, ...gone],
      unseen: [
        ...unseen,
        'The public key was taken from beside the trail: whoever could change the one could change the other. Verify with a key that you noted down before.',
      ],
    },
    chain: chainIn(report, trail),
  };
}

function chainIn(
  { ok, chains }: Pick<FollowedTrail, 'ok' | 'chains'>,
  { name, checkpoints }: Trail,
): VerifiedTrail['chain'] {
  const { size = 0, covered = 0 } = chains.find((chain) => chain.name === name) ?? {};
  const faults = chains.flatMap((chain) => chain.faults.map(({ kind, seq }) => ({ kind, seq })));
  return {
    ok,
    size,
    covered,
    keptOutside: checkpoints.length > 0,
    faults: faults.slice(0, 10_000),
  };
}

/** The trail as gates are told of it. */
export type ObservedTrail = Pick<VerifiedTrail, 'chain'> & {
  readonly recordScan: NonNullable<TrailEvidence['recordScan']>;
};

type RecordScan = ObservedTrail['recordScan'];

/** So many new entries are worth a new summary. */
const WORTH_KEEPING = 500;

/**
 * Verifies the configured trail and looks through its entries. What a summary stands for is compared with it and not judged
 * again; what is found is the same.
 *
 * @throws AUDIT_* for one that cannot be opened; one that is not there yet is begun by the caller.
 */
export async function observeTrail(
  config: Config,
  summaries: TrailSummaryFile,
): Promise<ObservedTrail> {
  await using trail = await openTrailOf(config);
  const { database, name, paths, checkpoints } = trail;
  const read = await summaries.read();
  const kept = typeof read === 'string' ? undefined : read;
  let entries: TrailEntry[] = [];
  const found = await followTrail(
    database,
    { publicKey: await readKey(paths.publicKey), checkpoints },
    {
      name,
      mark: kept?.mark,
      begin: () => {
        entries = [];
        return ({ seq, body }) => {
          const { at, where, event } = JSON.parse(body) as TrailEntry;
          entries.push({ seq, at, where, event });
        };
      },
    },
  );
  // Nothing gets into the log but what the scanner has looked through.
  const scanned = scanTrail(entries, { logs: [] });
  const recordScan = kept && found.isFollowed ? scannedBoth(kept.scan, scanned) : scanned;
  const { mark } = found;
  // One that is of no use gives way at once, or each command would tell of it.
  const isUseless = read === 'unusable' || (kept !== undefined && !found.isFollowed);
  if (mark !== undefined && (isUseless || entries.length >= WORTH_KEEPING))
    await summaries.write({ mark, scan: recordScan });
  return { chain: chainIn(found, trail), recordScan };
}

function scannedBoth(before: RecordScan, since: RecordScan): RecordScan {
  return {
    ...since,
    entries: before.entries + since.entries,
    found: [...before.found, ...since.found].slice(0, 10_000),
    unscannable: before.unscannable + since.unscannable,
  };
}
