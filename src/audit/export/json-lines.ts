import { systemClock, type Clock } from '../../kernel/index.ts';
import type { AuditLog } from '../log/open-audit-log.ts';
import { findChain, readCheckpointLines, readHead, type Chain } from '../store/chain-queries.ts';
import type { Queries } from '../store/database.ts';
import { misfiledColumns, readRows, tellsOf } from '../store/entry-rows.ts';
import { AuditStoreError } from '../errors.ts';

const PAGE = 1_000;
/** The first line of an export; nobody signs it, and nothing relies on it. */
export const EXPORT_FORMAT = 'phasegate-audit/1';

/** Which entries to give. */
export interface EntryQuery {
  readonly run?: string;
  readonly thread?: string;
  /** From this entry on (inclusive), up to that one (exclusive). */
  readonly from?: number;
  readonly until?: number;
}

/** An entry as it was stored. */
export interface StoredEntry {
  readonly seq: number;
  readonly previous: string;
  readonly hash: string;
  /** Canonical JSON: at, chain, event, seq, where and what the log added. */
  readonly body: string;
}

/** What an export is made from. */
export type ExportSource = Pick<AuditLog, 'database' | 'name'>;

/**
 * Exports a chain in our own envelope, JSON Lines that `phasegate-verify` takes: a header, every entry, and each
 * checkpoint behind the last entry that it covers.
 *
 * @yields Lines without their line feed.
 */
export async function* exportJsonLines(
  source: ExportSource,
  clock: Clock = systemClock,
): AsyncGenerator<string> {
  const chain = await chainOf(source);
  const header = { format: EXPORT_FORMAT, origin: chain.origin, exportedAt: clock.now() };
  yield JSON.stringify(header);
  yield* exportEntries(source.database.reader, chain, {});
}

/**
 * Gives the lines of the entries in a range, with the checkpoints that fall into it.
 *
 * @yields Lines without their line feed.
 */
export async function* exportEntries(
  queries: Queries,
  chain: Chain,
  query: EntryQuery,
): AsyncGenerator<string> {
  const start = query.from ?? chain.cutSize;
  // First where the chain stands, then its checkpoints: no entry is given whose checkpoint is missing here.
  const head = await readHead(queries, chain);
  const until = Math.min(query.until ?? head.size, head.size);
  const checkpoints = [...(await readCheckpointLines(queries, chain, start))];
  let size = start;
  for await (const { seq, body, hash, previous } of pages(queries, chain, { ...query, until })) {
    // What was signed while we read covers entries that we have not read yet, and waits for them.
    while ((checkpoints[0]?.size ?? Infinity) <= seq) yield checkpoints.shift()?.line ?? '';
    yield `{"entry":${body},"hash":"${hash}","previous":"${previous}"}`;
    size = seq + 1;
  }
  for (const { size: covered, line } of checkpoints) if (covered <= size) yield line;
}

/**
 * Gives stored entries.
 *
 * @yields Entries in their order.
 */
export async function* readEntries(
  source: ExportSource,
  query: EntryQuery = {},
): AsyncGenerator<StoredEntry> {
  const chain = await chainOf(source);
  // Nothing that stands before where the chain begins belongs to it.
  yield* pages(source.database.reader, chain, { ...query, from: query.from ?? chain.cutSize });
}

/** An entry with what the database says beside it. */
export interface FiledEntry extends StoredEntry {
  /** The columns that say something else than the signed text. */
  readonly misfiled: readonly string[];
}

/**
 * Gives the entries of a thread: those that say so themselves, and those that only a column says it of.
 *
 * @yields Entries in their order.
 */
export async function* readThread(
  source: ExportSource,
  thread: string,
): AsyncGenerator<FiledEntry> {
  const chain = await chainOf(source);
  const of = { member: 'thread', id: thread } as const;
  for await (const row of readRows(source.database.reader, chain, { from: chain.cutSize, of })) {
    if (row.thread !== thread && !tellsOf(row, 'thread', thread)) continue;
    const { seq, previous, hash, body } = row;
    yield { seq: Number(seq), previous, hash, body, misfiled: misfiledColumns(row) };
  }
}

/** Gives how many entries a chain has, archived ones included. */
export async function chainSize(source: ExportSource): Promise<number> {
  const { reader } = source.database;
  const { size } = await readHead(reader, await chainOf(source));
  return size;
}

/** A chain as it stands. */
export interface ChainState {
  /** How many entries it has, archived ones included. */
  readonly size: number;
  /** The id of the key that signs it now. */
  readonly keyId: string;
}

/** Gives how a chain stands; undefined where none of this name was begun. */
export async function findChainState({
  database,
  name,
}: ExportSource): Promise<ChainState | undefined> {
  const chain = await findChain(database.reader, name);
  if (chain === undefined) return undefined;
  const { size } = await readHead(database.reader, chain);
  return { size, keyId: chain.keyId };
}

/** @throws {@link AuditStoreError} if the chain is not there. */
async function chainOf({ database, name }: ExportSource): Promise<Chain> {
  const chain = await findChain(database.reader, name);
  if (chain !== undefined) return chain;
  throw new AuditStoreError('read', new Error(`There is no chain "${name}".`));
}

async function* pages(
  queries: Queries,
  chain: Chain,
  query: EntryQuery,
): AsyncGenerator<StoredEntry> {
  let next = query.from ?? 0;
  for (;;) {
    let select = queries
      .selectFrom('audit_entries')
      .select(['seq', 'previous', 'hash', 'body'])
      .where('chain', '=', chain.origin)
      .where('seq', '>=', next);
    if (query.until !== undefined) select = select.where('seq', '<', query.until);
    if (query.run !== undefined) select = select.where('run', '=', query.run);
    if (query.thread !== undefined) select = select.where('thread', '=', query.thread);
    const rows = await select.orderBy('seq').limit(PAGE).execute();
    for (const row of rows) yield { ...row, seq: Number(row.seq) };
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    next = Number(last.seq) + 1;
  }
}
