import { findChain, type Chain } from '../store/chain-queries.ts';
import type { Queries } from '../store/database.ts';
import type { ExportSource } from './json-lines.ts';

const AT_ONCE = 500;

/** A thread that somebody else knows of. */
export interface ThreadSeen {
  readonly thread: string;
  /** Since when it is there, ISO-8601 UTC, where that is known. */
  readonly since?: string | undefined;
}

/**
 * Gives those of the threads that the chain never mentions: another program wrote them, or the chain was replaced. Where
 * entries were archived, only threads that are younger than the oldest entry left can be told.
 */
export async function findUnrecorded(
  { database, name }: ExportSource,
  threads: readonly ThreadSeen[],
): Promise<readonly string[]> {
  const chain = await findChain(database.reader, name);
  if (chain === undefined) return threads.map(({ thread }) => thread);
  const oldest = chain.cutSize === 0 ? '' : await oldestInstant(database.reader, chain);
  const told = threads.filter(({ since = '' }) => since >= oldest).map(({ thread }) => thread);
  const unrecorded: string[] = [];
  for (let from = 0; from < told.length; from += AT_ONCE) {
    const some = told.slice(from, from + AT_ONCE);
    const known = await mentioned(database.reader, chain, some);
    unrecorded.push(...some.filter((thread) => !known.has(thread)));
  }
  return unrecorded;
}

async function oldestInstant(queries: Queries, chain: Chain): Promise<string> {
  const row = await queries
    .selectFrom('audit_entries')
    .select('at')
    .where('chain', '=', chain.origin)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? '';
}

async function mentioned(
  queries: Queries,
  chain: Chain,
  threads: readonly string[],
): Promise<ReadonlySet<string | null>> {
  const rows = await queries
    .selectFrom('audit_entries')
    .select('thread')
    .distinct()
    .where('chain', '=', chain.origin)
    .where('thread', 'in', [...threads])
    .execute();
  return new Set(rows.map(({ thread }) => thread));
}
