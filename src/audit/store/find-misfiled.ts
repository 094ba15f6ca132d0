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
import type { CheckpointRow, EntryRow } from './tables.ts';

/** What the database says beside a signed text, and what is not what the text says. */
export interface Misfiled {
  readonly seq: number;
  readonly problem: string;
}

/**
 * Compares everything that the database is asked by (the columns beside entries and checkpoints, the row of the chain) with
 * what was signed. Whether the signed texts themselves are whole is another question.
 */
export async function findMisfiled(queries: Queries, chain: Chain): Promise<readonly Misfiled[]> {
  const found: Misfiled[] = [];
  let cut: string | undefined;
  for await (const row of readRows(queries, chain)) {
    found.push(...misfiledRow(row, chain));
    if (tellsOfCut(row.body)) cut = row.body;
  }
  const checkpoints = await readCheckpointRows(queries, chain);
  found.push(...misfiledCheckpoints(checkpoints, [], chain));
  return [...found, ...(await misfiledChain(queries, chain, { cut, checkpoints }))];
}

/** Gives what the columns of an entry's row say that its signed text does not. */
export function misfiledRow(
  row: EntryRow,
  { cutSize }: Pick<Chain, 'cutSize'>,
): readonly Misfiled[] {
  const seq = Number(row.seq);
  const found = misfiledColumns(row).map((column) => ({
    seq,
    problem: `the column ${column} says something else than the entry`,
  }));
  if (seq >= cutSize) return found;
  return [...found, { seq, problem: `it stands before entry ${cutSize}, where the chain begins` }];
}

/**
 * Compares the rows of checkpoints with what was signed, and with those that were kept outside.
 *
 * @param kept - Lines of the checkpoints that were kept outside, read before the database.
 */
export function misfiledCheckpoints(
  rows: readonly CheckpointRow[],
  kept: readonly string[],
  { cutSize }: Pick<Chain, 'cutSize'>,
): readonly Misfiled[] {
  const found: Misfiled[] = [];
  const lines = new Set(rows.map(({ line }) => line));
  for (const line of kept) {
    const { size = 0 } = readCheckpointLine(line) ?? {};
    // Those of what was archived went with it.
    if (size < cutSize || lines.has(line)) continue;
    found.push({ seq: size - 1, problem: 'its checkpoint is kept outside and not here' });
  }
  for (const row of rows) {
    const seq = Number(row.size) - 1;
    for (const column of misfiledCheckpoint(row)) {
      found.push({ seq, problem: `the column ${column} of a checkpoint is not what was signed` });
    }
  }
  return found;
}

/** What the row of a chain is compared with: what entries tell of its cuts, and its checkpoints. */
export interface ToldOfChain {
  /** The text of the last entry that tells of a cut. */
  readonly cut: string | undefined;
  readonly checkpoints: readonly CheckpointRow[];
}

/** Gives what the row of a chain says that was not signed. Whoever archives or changes keys meanwhile contradicts nothing. */
export async function misfiledChain(
  queries: Queries,
  chain: Chain,
  told: ToldOfChain,
): Promise<readonly Misfiled[]> {
  const problems = [
    ...(chain.origin.startsWith(`${chain.name}/`) ? [] : ['the name']),
    ...(isCutAsTold(chain, told) ? [] : ['where it begins']),
    ...(isKeyInUse(chain, told) ? [] : ['the key']),
  ];
  if (problems.length === 0) return [];
  const now = await findChain(queries, chain.name);
  const hasMoved = now?.cutSize !== chain.cutSize || now.keyId !== chain.keyId;
  if (now !== undefined && hasMoved)
    return misfiledChain(queries, now, await toldOfChain(queries, now));
  return problems.map((what) => ({
    seq: chain.cutSize,
    problem: `${what} in the list of chains is not what was signed`,
  }));
}

async function toldOfChain(queries: Queries, chain: Chain): Promise<ToldOfChain> {
  const bodies = await readBodies(queries, chain, { mention: '"kind":"chain-cut"' });
  const cut = bodies.findLast(({ body }) => tellsOfCut(body))?.body;
  return { cut, checkpoints: await readCheckpointRows(queries, chain) };
}

/** Whether an entry tells that what stood before was archived. */
export function tellsOfCut(body: string): boolean {
  if (!body.includes('"kind":"chain-cut"')) return false;
  return membersOf(readObject(body)['event'])['kind'] === 'chain-cut';
}

function isCutAsTold(chain: Chain, { cut = '' }: ToldOfChain): boolean {
  const event = membersOf(readObject(cut)['event']);
  const told = membersOf(event['facts']);
  const { size = 0, head = genesisOf(chain.origin) } = told as { size?: unknown; head?: unknown };
  return chain.cutSize === size && chain.cutHead === head;
}

/** The newest checkpoint is signed by the key that the row names. */
function isKeyInUse(chain: Chain, { checkpoints }: ToldOfChain): boolean {
  // Two at one size where the key has just changed.
  const lines = checkpoints.slice(-2).flatMap(({ line }) => readCheckpointLine(line) ?? []);
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
