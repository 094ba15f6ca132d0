import {
  genesisOf,
  isSigned,
  membersOf,
  readCheckpointLine,
  readObject,
  readPublicKey,
} from '../verify/verifier.ts';
import { findChain, readBodies, readCheckpointRows, type Chain } from './chain-queries.ts';
import type { Queries } from './database.ts';
import { misfiledCheckpoint, misfiledColumns, readRows } from './entry-rows.ts';

/** What the database says beside a signed text, and what is not what the text says. */
export interface Misfiled {
  readonly seq: number;
  readonly problem: string;
}

/**
 * Compares everything that the database is asked by (the columns beside entries and checkpoints, the row of the chain) with
 * what was signed. Whether the signed texts themselves are whole is another question.
 *
 * @param kept - Lines of the checkpoints that were kept outside, read before the database.
 */
export async function findMisfiled(
  queries: Queries,
  chain: Chain,
  kept: readonly string[] = [],
): Promise<readonly Misfiled[]> {
  const found: Misfiled[] = [];
  for await (const row of readRows(queries, chain)) {
    const seq = Number(row.seq);
    for (const column of misfiledColumns(row)) {
      found.push({ seq, problem: `the column ${column} says something else than the entry` });
    }
    if (seq < chain.cutSize) {
      found.push({
        seq,
        problem: `it stands before entry ${chain.cutSize}, where the chain begins`,
      });
    }
  }
  const rows = await readCheckpointRows(queries, chain);
  const lines = new Set(rows.map(({ line }) => line));
  for (const line of kept) {
    const { size = 0 } = readCheckpointLine(line) ?? {};
    // Those of what was archived went with it.
    if (size < chain.cutSize || lines.has(line)) continue;
    found.push({ seq: size - 1, problem: 'its checkpoint is kept outside and not here' });
  }
  for (const row of rows) {
    const seq = Number(row.size) - 1;
    for (const column of misfiledCheckpoint(row)) {
      found.push({ seq, problem: `the column ${column} of a checkpoint is not what was signed` });
    }
  }
  return [...found, ...(await misfiledChain(queries, chain))];
}

/** A change of keys or an archive that came in between is no contradiction, so the row is read again and compared. */
async function misfiledChain(queries: Queries, chain: Chain): Promise<readonly Misfiled[]> {
  const problems = [
    ...(chain.origin.startsWith(`${chain.name}/`) ? [] : ['the name']),
    ...((await isCutAsTold(queries, chain)) ? [] : ['where it begins']),
    ...((await isKeyInUse(queries, chain)) ? [] : ['the key']),
  ];
  if (problems.length === 0) return [];
  const now = await findChain(queries, chain.name);
  const hasMoved = now?.cutSize !== chain.cutSize || now.keyId !== chain.keyId;
  if (now !== undefined && hasMoved) return misfiledChain(queries, now);
  return problems.map((what) => ({
    seq: chain.cutSize,
    problem: `${what} in the list of chains is not what was signed`,
  }));
}

async function isCutAsTold(queries: Queries, chain: Chain): Promise<boolean> {
  const bodies = await readBodies(queries, chain, { mention: '"kind":"chain-cut"' });
  const cut = bodies
    .map(({ body }) => membersOf(readObject(body)['event']))
    .findLast((event) => event['kind'] === 'chain-cut');
  const told = membersOf(cut?.['facts']);
  const { size = 0, head = genesisOf(chain.origin) } = told as { size?: unknown; head?: unknown };
  return chain.cutSize === size && chain.cutHead === head;
}

/** The newest checkpoint is signed by the key that the row names. */
async function isKeyInUse(queries: Queries, chain: Chain): Promise<boolean> {
  const rows = await readCheckpointRows(queries, chain);
  // Two at one size where the key has just changed.
  const lines = rows.slice(-2).flatMap(({ line }) => readCheckpointLine(line) ?? []);
  const newest = Math.max(...lines.map(({ size }) => size));
  try {
    const key = readPublicKey(chain.publicKey);
    return (
      key.id === chain.keyId &&
      lines.some((line) => line.size === newest && isSigned('checkpoint', line, key))
    );
  } catch {
    // What is no key is not the one that signs.
    return false;
  }
}
