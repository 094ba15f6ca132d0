import { parseEntry, type RecalledEvent } from '../export/parse-entry.ts';
import { findChain, type Chain } from '../store/chain-queries.ts';
import type { AuditDatabase, Queries } from '../store/database.ts';
import { isThreadDeletion, putBacks } from './put-back.ts';

/** What says how far a thread has come, and that it was put back. */
const KINDS = ['run-started', 'gate-verdict', 'approval', 'run-ended', 'effect'];

/**
 * Gives what a chain tells of how far a thread has come, oldest first: beginnings, decisions and ends of its runs, and its
 * deletions, since it was last put back on purpose (a fork, a rollback, an import). Nothing where there is no chain of this name.
 */
export async function recallThread(
  { database, name }: { readonly database: AuditDatabase; readonly name: string },
  thread: string,
): Promise<readonly RecalledEvent[]> {
  const chain = await findChain(database.reader, name);
  if (chain === undefined) return [];
  const events = (await bodiesOf(database.reader, chain, thread)).map(
    ({ body }) => parseEntry(body).event,
  );
  const back = putBacks(events);
  const since = events.slice(events.findLastIndex((event) => back.has(event)) + 1);
  return since.filter((event) => event.kind !== 'effect' || isThreadDeletion(event));
}

/** Reads the entries of one thread, or of all, that say how far it has come. */
export async function bodiesOf(
  queries: Queries,
  chain: Chain,
  thread?: string,
): Promise<readonly { readonly seq: number; readonly body: string }[]> {
  let select = queries
    .selectFrom('audit_entries')
    .select(['seq', 'body'])
    .where('chain', '=', chain.origin)
    .where('kind', 'in', KINDS);
  if (thread !== undefined) select = select.where('thread', '=', thread);
  const rows = await select.orderBy('seq').execute();
  return rows.map(({ seq, body }) => ({ seq: Number(seq), body }));
}
