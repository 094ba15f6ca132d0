import { exportJsonLines } from './export/json-lines.ts';
import { REGISTRY } from './log/open-chain.ts';
import { listChains, listStrays } from './store/chain-queries.ts';
import type { AuditDatabase } from './store/database.ts';
import { findBegunAnew, type BegunAnew } from './threads/find-begun-anew.ts';
import { findMisfiled, type Misfiled } from './store/find-misfiled.ts';
import { createChainVerifier } from './verify-chain.ts';
import type { ChainReport, Fault } from './report-types.ts';
import { readCheckpointLine } from './verify/verifier.ts';

/** What a trail is verified by. */
export interface TrailOptions {
  /** Ed25519, PEM or base64 of SPKI DER. Best one that was noted down before, not the one beside the data. */
  readonly publicKey: string;
  /** Lines of the checkpoint file kept outside; read them before the trail is looked at, so that they are no newer. */
  readonly checkpoints: readonly string[];
}

/** What was found about every chain of a database, and about the registry that lists them. */
export interface TrailReport {
  readonly ok: boolean;
  readonly chains: readonly (ChainReport & { readonly name: string })[];
  /** Chains that the registry, or a checkpoint kept outside, tells of and the database does not hold. */
  readonly missing: readonly string[];
  /** Chains in the database that the registry does not tell of, also where only rows of them are there. */
  readonly unlisted: readonly string[];
  /**
   * Threads that were begun anew behind an earlier run. Whether their state expired, was erased on purpose or was taken away
   * is not for the trail to know, so this is no fault of it.
   */
  readonly begunAnew: readonly BegunAnew[];
}

/**
 * Verifies every chain of a live database and compares them with the registry of chains, and every column that the database
 * is asked by with the signed text beside it. Nothing is written.
 *
 * @throws AUDIT_* of the database; what node:crypto throws for a text that is not a key.
 */
export async function verifyTrail(
  database: AuditDatabase,
  { publicKey, checkpoints }: TrailOptions,
): Promise<TrailReport> {
  const present = await listChains(database.reader);
  const chains: TrailReport['chains'][number][] = [];
  const begunAnew: BegunAnew[] = [];
  for (const chain of present) {
    const { name, origin } = chain;
    const kept = checkpoints.filter((line) => readCheckpointLine(line)?.origin === origin);
    const verifier = createChainVerifier(publicKey, { checkpoints: kept, origin });
    for await (const line of exportJsonLines({ database, name })) verifier.read(line);
    const misfiled = (await findMisfiled(database.reader, chain, kept)).map(faultOf);
    begunAnew.push(...(await findBegunAnew({ database, name })));
    const report = verifier.finish();
    const faults = [...report.faults, ...misfiled];
    chains.push({ name, ...report, ok: faults.length === 0, faults });
  }
  const registry = chains.find(({ name }) => name === REGISTRY);
  const signed = checkpoints.flatMap((line) => readCheckpointLine(line)?.origin ?? []);
  const here = new Set(chains.filter(({ size }) => size > 0).map(({ origin }) => origin));
  const listed = new Set(registry?.chains);
  const missing = [...new Set([...listed, ...signed])].filter((origin) => !here.has(origin));
  const strays = await listStrays(database.reader);
  const unlisted = [...[...here].filter((origin) => !listed.has(origin)), ...strays];
  const isWhole = missing.length === 0 && unlisted.length === 0 && registry !== undefined;
  return { ok: isWhole && chains.every(({ ok }) => ok), chains, missing, unlisted, begunAnew };
}

function faultOf({ seq, problem }: Misfiled): Fault {
  return { kind: 'misfiled', seq, message: problem };
}
