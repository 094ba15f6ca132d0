import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { finished } from 'node:stream/promises';

import { tellEvent } from '../chain/entry.ts';
import {
  ArchiveFileError,
  AuditTamperedError,
  InvalidCutError,
  LegalHoldError,
} from '../errors.ts';
import type { AuditActor } from '../event.ts';
import { EXPORT_FORMAT, exportEntries } from '../export/json-lines.ts';
import { cutChain, findCut, readHashAt, type Chain } from '../store/chain-queries.ts';
import type { Queries } from '../store/database.ts';
import { readRows } from '../store/entry-rows.ts';
import { findMisfiled } from '../store/find-misfiled.ts';
import { createChainVerifier } from '../verify-chain.ts';
import { membersOf, readObject } from '../verify/verifier.ts';
import { appendEvents, type Writer } from './append-events.ts';
import { readHolds } from './holds.ts';
import type { AuditLog } from './open-audit-log.ts';

/** What is archived, and where to. */
export interface ArchiveOrder {
  /** Entries that were signed no later than this are archived: ISO-8601 UTC. */
  readonly before: string;
  /** The archive file, which must not exist: an export that `phasegate-verify` takes. */
  readonly path: string;
  readonly by: AuditActor;
}

/** What was archived. */
export interface Archived {
  /** The chain now begins here. */
  readonly size: number;
  /** How many entries are in the archive. */
  readonly entries: number;
  /** The SHA-256 of the archive file, which the chain records. */
  readonly digest: string;
}

/**
 * Moves old entries into a file, up to a signed checkpoint. The chain records the cut with the file's digest before
 * anything is taken out, in one transaction; the file is on the disk by then.
 *
 * @returns What was archived; undefined when nothing is old enough.
 * @throws {@link LegalHoldError} if an entry under a hold would go, or the entry of a hold; {@link ArchiveFileError} if the
 * file exists; {@link AuditTamperedError} if the chain is not what was signed.
 */
export async function archiveEntries(
  log: AuditLog,
  order: ArchiveOrder,
): Promise<Archived | undefined> {
  return log.write(async (writer) => {
    const { queries, chain } = writer;
    const size = await findCut(queries, chain, order.before);
    if (size === undefined) return { value: undefined, lines: [] };
    // Holds and their scopes are read out of the entries, so these have to be the ones that were signed.
    await requireSound(writer);
    const holds = await findHolds({ queries, chain, size });
    if (holds.length > 0) throw new LegalHoldError(holds, chain.name);
    const head = await readHashAt(queries, chain, size);
    if (head === undefined) throw new InvalidCutError(size, 'its entry is missing');
    const digest = await writeArchive({ queries, chain, size }, order.path);
    const entries = size - chain.cutSize;
    const facts = { size, head, entries, digest };
    const key = `chain-cut/${size}`;
    const event = { key, kind: 'chain-cut', actor: order.by, outcome: 'success' } as const;
    const told = tellEvent({ ...event, target: chain.origin, facts });
    const { checkpoints } = await appendEvents(writer, [told]);
    await cutChain(queries, chain, { size, head });
    return { value: { size, entries, digest }, lines: checkpoints.map(({ line }) => line) };
  });
}

interface Part {
  readonly queries: Queries;
  readonly chain: Chain;
  readonly size: number;
}

/** @throws {@link AuditTamperedError} for a chain that does not verify, or whose columns say something else. */
async function requireSound({ queries, chain, signer }: Writer): Promise<void> {
  const verifier = createChainVerifier(signer.publicKey, { origin: chain.origin });
  for await (const line of exportEntries(queries, chain, {})) verifier.read(line);
  // That something was decided twice is what the entries tell, and no reason to doubt them.
  const unsound = verifier.finish().faults.filter(({ kind }) => kind !== 'decided-twice');
  const faults = unsound.map(({ seq, message }) => ({ seq, problem: message }));
  const [first] = [...faults, ...(await findMisfiled(queries, chain))];
  if (first === undefined) return;
  throw new AuditTamperedError(chain.name, `entry ${first.seq}: ${first.problem}`);
}

/** Gives the names of the holds in force that keep an entry below the size, their own ones included. */
async function findHolds({ queries, chain, size }: Part): Promise<readonly string[]> {
  const { inForce } = await readHolds(queries, chain);
  const keeping = new Set(inForce.filter(({ seq }) => seq < size).map(({ id }) => id));
  if (keeping.size === inForce.length) return [...keeping];
  for await (const { body } of readRows(queries, chain, { until: size })) {
    const { run, thread } = membersOf(readObject(body)['event']);
    for (const hold of inForce) {
      const isOfRun = hold.run === undefined || hold.run === run;
      const isOfThread = hold.thread === undefined || hold.thread === thread;
      if (isOfRun && isOfThread) keeping.add(hold.id);
    }
  }
  return [...keeping];
}

async function writeArchive({ queries, chain, size }: Part, path: string): Promise<string> {
  const digest = createHash('sha256');
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  const done = finished(file);
  const write = (line: string): void => {
    digest.update(`${line}\n`);
    file.write(`${line}\n`);
  };
  try {
    write(JSON.stringify({ format: EXPORT_FORMAT, origin: chain.origin, until: size }));
    for await (const line of exportEntries(queries, chain, { until: size })) write(line);
    file.end();
    await done;
    await using handle = await open(path, 'r');
    await handle.sync();
  } catch (error) {
    file.destroy();
    throw new ArchiveFileError(path, error);
  }
  return digest.digest('hex');
}
