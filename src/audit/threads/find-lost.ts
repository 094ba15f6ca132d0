import { findChain } from '../store/chain-queries.ts';
import type { ExportSource } from '../export/json-lines.ts';
import { readEvent, visitIn } from './find-begun-anew.ts';
import { isThreadDeletion } from './put-back.ts';
import { bodiesOf } from './recall-thread.ts';

/** What only a run of a thread tells, so that plain calls of tools are not looked through. */
const OF_RUNS = ['gate-verdict', 'approval', 'run-ended'];

/**
 * Gives the threads whose state was stored, by what the chain tells, and that are not among those that are there: the
 * store was emptied, another one keeps them, or their time was over. Not those that were deleted on record.
 *
 * @param present - The threads of the store.
 * @throws AUDIT_* of the database.
 */
export async function findLost(
  source: ExportSource,
  present: ReadonlySet<string>,
): Promise<readonly string[]> {
  const chain = await findChain(source.database.reader, source.name);
  if (chain === undefined) return [];
  const rows = await source.database.reader
    .selectFrom('audit_entries')
    .select('thread')
    .distinct()
    .where('chain', '=', chain.origin)
    .where('kind', 'in', OF_RUNS)
    .orderBy('thread')
    .execute();
  const lost: string[] = [];
  for (const { thread } of rows) {
    if (thread === null || present.has(thread)) continue;
    // oxlint-disable-next-line no-await-in-loop -- few are lost, and one after the other keeps memory small
    if (await hadState(source, thread)) lost.push(thread);
  }
  return lost;
}

/** Whether a thread had a state that was stored, by what the chain tells since its last deletion on record. */
export async function hadState({ database, name }: ExportSource, thread: string): Promise<boolean> {
  const chain = await findChain(database.reader, name);
  if (chain === undefined) return false;
  const events = (await bodiesOf(database.reader, chain, thread)).flatMap(readEvent);
  const deleted = events.findLastIndex(({ event }) => isThreadDeletion(event));
  // What is told in a later visit, and an answer of a person, stands on a checkpoint that was stored before.
  return events
    .slice(deleted + 1)
    .some(({ event: { key, kind } }) => kind === 'approval' || (visitIn(key) ?? 0) > 0);
}
