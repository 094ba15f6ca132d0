import type { SignedCheckpoint } from '../chain/checkpoint.ts';
import type { ChainHead, Entry, TellableEvent } from '../chain/entry.ts';
import type { Queries } from './database.ts';
import type { ChainRow, CheckpointRow } from './tables.ts';

/** A chain as the registry knows it. */
export interface Chain {
  readonly origin: string;
  readonly name: string;
  readonly keyId: string;
  readonly publicKey: string;
  readonly cutSize: number;
  /** The hash that the first entry left here continues; the genesis of a chain that was never cut. */
  readonly cutHead: string;
}

/** An event that was written before under a key. */
export interface KnownEvent {
  readonly key: string;
  readonly digest: string;
  readonly seq: number;
  readonly hash: string;
}

/** An entry with the event that it tells of, to be stored. */
export interface NewEntry extends Entry {
  readonly event: TellableEvent;
}

export async function findChain(queries: Queries, name: string): Promise<Chain | undefined> {
  const row = await queries
    .selectFrom('audit_chains')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirst();
  return row && chainOf(row);
}

export async function listChains(queries: Queries): Promise<readonly Chain[]> {
  const rows = await queries.selectFrom('audit_chains').selectAll().orderBy('chain').execute();
  return rows.map(chainOf);
}

export async function addChain(queries: Queries, chain: Chain, at: string): Promise<void> {
  await queries
    .insertInto('audit_chains')
    .values({
      chain: chain.origin,
      name: chain.name,
      created_at: at,
      key_id: chain.keyId,
      public_key: chain.publicKey,
      cut_size: chain.cutSize,
      cut_head: chain.cutHead,
    })
    .execute();
}

/** Gives where the chain stands, whether or not its beginning was archived. */
export async function readHead(queries: Queries, chain: Chain): Promise<ChainHead> {
  const row = await queries
    .selectFrom('audit_entries')
    .select(['seq', 'hash', 'at'])
    .where('chain', '=', chain.origin)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return { size: chain.cutSize, hash: chain.cutHead, at: '' };
  return { size: Number(row.seq) + 1, hash: row.hash, at: row.at };
}

/** Gives the last checkpoint; size 0 where none was signed yet. */
export async function readLastCheckpoint(
  queries: Queries,
  chain: Chain,
): Promise<{ readonly size: number; readonly time: string }> {
  const row = await queries
    .selectFrom('audit_checkpoints')
    .select(['size', 'signed_at'])
    .where('chain', '=', chain.origin)
    .orderBy('size', 'desc')
    .orderBy('signed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { size: Number(row?.size ?? 0), time: row?.signed_at ?? '' };
}

/** Gives the hash after `size` entries; undefined when that entry is not there. */
export async function readHashAt(
  queries: Queries,
  chain: Chain,
  size: number,
): Promise<string | undefined> {
  if (size === chain.cutSize) return chain.cutHead;
  const row = await queries
    .selectFrom('audit_entries')
    .select('hash')
    .where('chain', '=', chain.origin)
    .where('seq', '=', size - 1)
    .executeTakeFirst();
  return row?.hash;
}

export async function findEvents(
  queries: Queries,
  chain: Chain,
  keys: readonly string[],
): Promise<readonly KnownEvent[]> {
  const rows = await queries
    .selectFrom('audit_entries')
    .select(['event_key', 'event_digest', 'seq', 'hash'])
    .where('chain', '=', chain.origin)
    .where('event_key', 'in', [...keys])
    .execute();
  const events = rows.map((row) => ({
    key: row.event_key,
    digest: row.event_digest,
    seq: Number(row.seq),
    hash: row.hash,
  }));
  // Not ordered by the database: SQLite would then go through the whole chain instead of the index of keys.
  return events.toSorted((one, other) => one.seq - other.seq);
}

export async function countEntriesOfRun(
  queries: Queries,
  chain: Chain,
  run: string,
): Promise<number> {
  const { count } = await queries
    .selectFrom('audit_entries')
    .select((builder) => builder.fn.countAll().as('count'))
    .where('chain', '=', chain.origin)
    .where('run', '=', run)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function addEntries(
  queries: Queries,
  chain: Chain,
  entries: readonly NewEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ seq, previous, hash, at, body, event }) => ({
    chain: chain.origin,
    seq,
    previous,
    hash,
    event_key: event.key,
    event_digest: event.digest,
    kind: event.kind,
    run: event.run ?? null,
    thread: event.thread ?? null,
    at,
    body,
  }));
  await queries.insertInto('audit_entries').values(rows).execute();
}

export async function addCheckpoint(queries: Queries, signed: SignedCheckpoint): Promise<void> {
  const { origin, size, key, head, time, line } = signed;
  await queries
    .insertInto('audit_checkpoints')
    .values({ chain: origin, size, key_id: key, head, signed_at: time, line })
    .execute();
}

/** Gives the lines of every checkpoint of the chain from `size` on, in order. */
export async function readCheckpointLines(
  queries: Queries,
  chain: Chain,
  size: number,
): Promise<readonly { readonly size: number; readonly line: string }[]> {
  const rows = await queries
    .selectFrom('audit_checkpoints')
    .select(['size', 'line'])
    .where('chain', '=', chain.origin)
    .where('size', '>=', size)
    .orderBy('size')
    .orderBy('signed_at')
    .execute();
  return rows.map((row) => ({ size: Number(row.size), line: row.line }));
}

/** Gives every checkpoint of the chain with the columns beside it, in order. */
export async function readCheckpointRows(
  queries: Queries,
  chain: Pick<Chain, 'origin'>,
): Promise<readonly CheckpointRow[]> {
  return queries
    .selectFrom('audit_checkpoints')
    .selectAll()
    .where('chain', '=', chain.origin)
    .orderBy('size')
    .orderBy('signed_at')
    .execute();
}

/** Gives the origins that entries or checkpoints name, and that no chain has. */
export async function listStrays(queries: Queries): Promise<readonly string[]> {
  const chains = queries.selectFrom('audit_chains').select('chain');
  const rows = await queries
    .selectFrom('audit_entries')
    .select('chain')
    .where('chain', 'not in', chains)
    .union(queries.selectFrom('audit_checkpoints').select('chain').where('chain', 'not in', chains))
    .execute();
  return rows.map(({ chain }) => chain);
}

function chainOf(row: ChainRow): Chain {
  return {
    origin: row.chain,
    name: row.name,
    keyId: row.key_id,
    publicKey: row.public_key,
    cutSize: Number(row.cut_size),
    cutHead: row.cut_head,
  };
}

/** Gives the texts of entries in their order: those from a number on, or those that hold a piece of text. */
export async function readBodies(
  queries: Queries,
  chain: Chain,
  { from = 0, mention }: { readonly from?: number; readonly mention?: string },
): Promise<readonly { readonly seq: number; readonly body: string }[]> {
  let select = queries
    .selectFrom('audit_entries')
    .select(['seq', 'body'])
    .where('chain', '=', chain.origin)
    .where('seq', '>=', from);
  if (mention !== undefined) select = select.where('body', 'like', `%${mention}%`);
  const rows = await select.orderBy('seq').execute();
  return rows.map(({ seq, body }) => ({ seq: Number(seq), body }));
}

export async function setChainKey(
  queries: Queries,
  chain: Chain,
  key: { readonly keyId: string; readonly der: string },
): Promise<void> {
  await queries
    .updateTable('audit_chains')
    .set({ key_id: key.keyId, public_key: key.der })
    .where('chain', '=', chain.origin)
    .execute();
}

/** Gives the largest size below the last one that was signed no later than `before`; undefined without one. */
export async function findCut(
  queries: Queries,
  chain: Chain,
  before: string,
): Promise<number | undefined> {
  const row = await queries
    .selectFrom('audit_checkpoints')
    .select('size')
    .where('chain', '=', chain.origin)
    .where('signed_at', '<=', before)
    .where('size', '>', chain.cutSize)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && Number(row.size);
}

/** Takes out the entries below `size`, and the checkpoints that cover only those. */
export async function cutChain(
  queries: Queries,
  chain: Chain,
  cut: { readonly size: number; readonly head: string },
): Promise<void> {
  await queries
    .deleteFrom('audit_entries')
    .where('chain', '=', chain.origin)
    .where('seq', '<', cut.size)
    .execute();
  await queries
    .deleteFrom('audit_checkpoints')
    .where('chain', '=', chain.origin)
    .where('size', '<', cut.size)
    .execute();
  await queries
    .updateTable('audit_chains')
    .set({ cut_size: cut.size, cut_head: cut.head })
    .where('chain', '=', chain.origin)
    .execute();
}
