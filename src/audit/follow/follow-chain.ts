import { createHash, type Hash } from 'node:crypto';

import type { StoredEntry } from '../export/json-lines.ts';
import { readCheckpointRows, readHead, type Chain as StoredChain } from '../store/chain-queries.ts';
import type { Queries } from '../store/database.ts';
import { readRows } from '../store/entry-rows.ts';
import {
  misfiledChain,
  misfiledCheckpoints,
  misfiledRow,
  tellsOfCut,
  type Misfiled,
} from '../store/find-misfiled.ts';
import type { CheckpointRow, EntryRow } from '../store/tables.ts';
import type { ChainReport, Fault } from '../report-types.ts';
import { digestOf, openChain, readCheckpointLine, readPublicKey } from '../verify/verifier.ts';
import { heldBy, resumedFrom, type ChainMark } from './chain-mark.ts';

/** An entry as it was stored. */
export type ReadEntry = Pick<StoredEntry, 'seq' | 'body'>;

/** What a chain is followed by. */
export interface FollowOptions {
  readonly publicKey: string;
  /** Lines of the chain's checkpoints that were kept outside, read before the database. */
  readonly kept: readonly string[];
  /** Where the chain was followed to before. */
  readonly mark?: ChainMark | undefined;
  /**
   * Gives what takes the entries that are judged, in their order. Asked again where all have to be judged after all: then what
   * was taken before does not count.
   */
  readonly begin?: (() => (entry: ReadEntry) => void) | undefined;
}

/** How a chain was found. */
export interface FollowedChain {
  readonly report: ChainReport;
  /** Whether the mark stood for the entries before it. */
  readonly isFollowed: boolean;
  /** Where it can be followed on from; undefined where something is wrong. */
  readonly mark: ChainMark | undefined;
}

/** What is read of a chain before its entries. */
interface Outset {
  readonly chain: StoredChain;
  /** How many entries there were, and every checkpoint that was there just behind. */
  readonly size: number;
  readonly checkpoints: readonly CheckpointRow[];
}

/** How far the entries were read, and as what. */
interface Progress {
  readonly digest: Hash;
  /** What the digest does not hold yet: many short texts one by one cost it three times as much. */
  pending: string;
  cut: string | undefined;
}

/**
 * Verifies a chain of a live database, with every column beside its signed texts. What lies before a mark is not judged again
 * where each byte of it is what it was when nothing was wrong with it.
 *
 * @throws AUDIT_* of the database; what node:crypto throws for a text that is not a key.
 */
export async function followChain(
  queries: Queries,
  chain: StoredChain,
  options: FollowOptions,
): Promise<FollowedChain> {
  // First where the chain stands, then its checkpoints: no entry is read whose checkpoint is missing here.
  const { size } = await readHead(queries, chain);
  const checkpoints = await readCheckpointRows(queries, chain);
  const outset = { chain, size, checkpoints };
  const before = await readBefore(queries, outset, options);
  return judge(queries, outset, { ...options, mark: before && options.mark, before });
}

/** Reads what lies before the mark; undefined where it is not what it was. */
async function readBefore(
  queries: Queries,
  { chain, size, checkpoints }: Outset,
  { mark, publicKey, kept }: FollowOptions,
): Promise<Progress | undefined> {
  if (mark === undefined || mark.key !== digestOf(publicKey)) return undefined;
  const { origin, size: until } = mark.held;
  if (origin !== chain.origin || until > size) return undefined;
  if (mark.checkpoints !== digestOfCheckpoints(checkpoints, kept, mark.covered)) return undefined;
  const progress = begun();
  for await (const row of readRows(queries, chain, { until })) note(progress, row);
  return digestIn(progress) === mark.entries ? progress : undefined;
}

interface Judging extends FollowOptions {
  readonly before: Progress | undefined;
}

async function judge(queries: Queries, outset: Outset, options: Judging): Promise<FollowedChain> {
  const { chain, checkpoints } = outset;
  const { mark, publicKey, kept, before } = options;
  const verifier = openChain(mark && resumedFrom(mark));
  const progress = before ?? begun();
  const { lines, rows, outside } = checkpointsFrom(outset, kept, mark);
  for (const line of lines) verifier.read(line);
  const misfiled = await readSince(queries, outset, { ...options, verifier, progress });
  misfiled.push(...misfiledCheckpoints(rows, outside, chain));
  misfiled.push(...(await misfiledChain(queries, chain, { cut: progress.cut, checkpoints })));
  const judged = verifier.judge(readPublicKey(publicKey), outside, chain.origin);
  const faults: readonly Fault[] = [
    ...judged.faults,
    ...misfiled.map(({ seq, problem }) => ({ kind: 'misfiled' as const, seq, message: problem })),
  ];
  const report = { ...judged, ok: faults.length === 0, faults };
  // What is wrong may lie before the mark too, in what later entries say of it.
  if (!report.ok && mark !== undefined)
    return judge(queries, outset, { ...options, mark: undefined, before: undefined });
  const held = report.ok ? heldBy(verifier, report.covered) : undefined;
  return {
    report,
    isFollowed: mark !== undefined,
    mark: held && {
      key: digestOf(publicKey),
      covered: report.covered,
      entries: digestIn(progress),
      checkpoints: digestOfCheckpoints(checkpoints, kept, report.covered),
      held,
    },
  };
}

interface Reading extends FollowOptions {
  readonly verifier: ReturnType<typeof openChain>;
  readonly progress: Progress;
}

/** Has the entries behind the mark read by the verifier and by who asked for them, and gives what is misfiled. */
async function readSince(
  queries: Queries,
  { chain, size }: Outset,
  { mark, begin, verifier, progress }: Reading,
): Promise<Misfiled[]> {
  const take = begin?.();
  const misfiled: Misfiled[] = [];
  const range = { until: size, ...(mark && { from: mark.held.size }) };
  for await (const row of readRows(queries, chain, range)) {
    note(progress, row);
    misfiled.push(...misfiledRow(row, chain));
    const seq = Number(row.seq);
    // Nothing that stands before where the chain begins belongs to it.
    if (seq < chain.cutSize) continue;
    const { body, hash, previous } = row;
    verifier.read(`{"entry":${body},"hash":"${hash}","previous":"${previous}"}`);
    take?.({ seq, body });
  }
  return misfiled;
}

/** Leaves out checkpoints that the mark stands for, but those by which the last signature and changes of keys are judged. */
function checkpointsFrom(
  { chain, size, checkpoints }: Outset,
  kept: readonly string[],
  mark: ChainMark | undefined,
): Record<'lines' | 'outside', readonly string[]> & { readonly rows: readonly CheckpointRow[] } {
  const changes = new Set(mark?.held.rotations.map((rotation) => rotation.size));
  const isNew = (at: number): boolean => at >= (mark?.covered ?? 0);
  const told = checkpoints.filter(
    (row) => isNew(Number(row.size)) || changes.has(Number(row.size)),
  );
  return {
    // What was signed while we read covers entries that we do not read.
    lines: told.flatMap(({ size: at, line }) =>
      Number(at) >= chain.cutSize && Number(at) <= size ? [line] : [],
    ),
    rows: checkpoints.filter((row) => isNew(Number(row.size))),
    outside: kept.filter((line) => isNew(readCheckpointLine(line)?.size ?? 0)),
  };
}

/** Each value stands for itself: a row of SQLite and one of PostgreSQL give the same. */
function note(progress: Progress, row: EntryRow): void {
  const { chain, seq, previous, hash, event_key: key, event_digest: event, kind, run } = row;
  const { thread, at, body } = row;
  const columns = [chain, Number(seq), previous, hash, key, event, kind, run, thread, at];
  progress.pending += `${JSON.stringify(columns)}\n${body.length}\n${body}\n`;
  if (progress.pending.length > 65_536) settle(progress);
  if (tellsOfCut(body)) progress.cut = body;
}

function begun(): Progress {
  return { digest: createHash('sha256'), pending: '', cut: undefined };
}

function settle(progress: Progress): Hash {
  const { digest, pending } = progress;
  progress.pending = '';
  return digest.update(pending);
}

function digestIn(progress: Progress): string {
  return settle(progress).copy().digest('hex');
}

function digestOfCheckpoints(
  rows: readonly CheckpointRow[],
  kept: readonly string[],
  below: number,
): string {
  const digest = createHash('sha256');
  for (const { chain, size, key_id: key, head, signed_at: at, line } of rows)
    if (Number(size) < below)
      digest.update(`${JSON.stringify([chain, Number(size), key, head, at, line])}\n`);
  digest.update('kept\n');
  for (const line of kept)
    if ((readCheckpointLine(line)?.size ?? 0) < below) digest.update(`${JSON.stringify(line)}\n`);
  return digest.digest('hex');
}
