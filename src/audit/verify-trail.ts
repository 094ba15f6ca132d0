import type { ChainMark } from './follow/chain-mark.ts';
import { followChain, type FollowOptions } from './follow/follow-chain.ts';
import { REGISTRY } from './log/open-chain.ts';
import { listChains, listStrays } from './store/chain-queries.ts';
import type { AuditDatabase } from './store/database.ts';
import { findBegunAnew, type BegunAnew } from './threads/find-begun-anew.ts';
import type { ChainReport } from './report-types.ts';
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
  options: TrailOptions,
): Promise<TrailReport> {
  const { ok, chains, missing, unlisted } = await followTrail(database, options);
  const begunAnew: BegunAnew[] = [];
  for (const { name } of chains) begunAnew.push(...(await findBegunAnew({ database, name })));
  return { ok, chains, missing, unlisted, begunAnew };
}

/** A chain that is followed from one time to the next. */
export interface Following {
  readonly name: string;
  /** What following it gave before. One that does not fit, or that something later contradicts, changes nothing. */
  readonly mark?: ChainMark | undefined;
  readonly begin?: FollowOptions['begin'];
}

/** A trail as it was found by following. */
export interface FollowedTrail extends Omit<TrailReport, 'begunAnew'> {
  /** Whether the mark stood for the entries before it: those are, byte for byte, what they were. */
  readonly isFollowed: boolean;
  /** What to follow the chain on by; undefined where something is wrong with it. To be kept where nobody can change it. */
  readonly mark: ChainMark | undefined;
}

/**
 * Verifies a trail as {@link verifyTrail} does, but for threads begun anew. Entries of the followed chain that were verified
 * before are compared with a digest of them instead.
 *
 * @throws AUDIT_* of the database; what node:crypto throws for a text that is not a key.
 */
export async function followTrail(
  database: AuditDatabase,
  { publicKey, checkpoints }: TrailOptions,
  following?: Following,
): Promise<FollowedTrail> {
  const present = await listChains(database.reader);
  const signed = byOrigin(checkpoints);
  const chains: TrailReport['chains'][number][] = [];
  let followed: Pick<FollowedTrail, 'isFollowed' | 'mark'> = { isFollowed: false, mark: undefined };
  for (const chain of present) {
    const { name, origin } = chain;
    const how = name === following?.name ? following : {};
    const kept = signed.get(origin) ?? [];
    const { report, ...rest } = await followChain(database.reader, chain, {
      publicKey,
      kept,
      ...how,
    });
    if (name === following?.name) followed = rest;
    chains.push({ name, ...report });
  }
  const { missing, unlisted } = await comparedWithRegistry(database, chains, [...signed.keys()]);
  const ok = [missing, unlisted].every(({ length }) => length === 0);
  const isListed = chains.some(({ name }) => name === REGISTRY);
  return {
    ok: ok && isListed && chains.every((chain) => chain.ok),
    chains,
    missing,
    unlisted,
    ...followed,
  };
}

function byOrigin(checkpoints: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of checkpoints) {
    const { origin } = readCheckpointLine(line) ?? {};
    if (origin === undefined) continue;
    const lines = found.get(origin) ?? [];
    lines.push(line);
    found.set(origin, lines);
  }
  return found;
}

async function comparedWithRegistry(
  { reader }: AuditDatabase,
  chains: TrailReport['chains'],
  signed: readonly string[],
): Promise<Pick<TrailReport, 'missing' | 'unlisted'>> {
  const registry = chains.find(({ name }) => name === REGISTRY);
  const here = new Set(chains.filter(({ size }) => size > 0).map(({ origin }) => origin));
  const listed = new Set(registry?.chains);
  const missing = [...new Set([...listed, ...signed])].filter((origin) => !here.has(origin));
  const strays = await listStrays(reader);
  return { missing, unlisted: [...[...here].filter((origin) => !listed.has(origin)), ...strays] };
}
