import type { Chain } from './chain-queries.ts';
import type { Queries } from './database.ts';

/** A legal hold, to be stored. */
export interface NewHold {
  readonly id: string;
  readonly run?: string;
  readonly thread?: string;
  readonly at: string;
}

export async function addHold(queries: Queries, chain: Chain, hold: NewHold): Promise<void> {
  await queries
    .insertInto('audit_holds')
    .values({
      id: hold.id,
      chain: chain.origin,
      run: hold.run ?? '',
      thread: hold.thread ?? '',
      placed_at: hold.at,
      released_at: null,
    })
    .execute();
}

/** @returns Whether a hold of this id was in force. */
export async function releaseHold(
  queries: Queries,
  chain: Chain,
  { id, at }: { readonly id: string; readonly at: string },
): Promise<boolean> {
  const result = await queries
    .updateTable('audit_holds')
    .set({ released_at: at })
    .where('chain', '=', chain.origin)
    .where('id', '=', id)
    .where('released_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Gives how many holds in force keep an entry below `size`. */
export async function countHolds(queries: Queries, chain: Chain, size: number): Promise<number> {
  const holds = await queries
    .selectFrom('audit_holds')
    .select(['run', 'thread'])
    .where('chain', '=', chain.origin)
    .where('released_at', 'is', null)
    .execute();
  let count = 0;
  for (const { run, thread } of holds) {
    let select = queries
      .selectFrom('audit_entries')
      .select('seq')
      .where('chain', '=', chain.origin)
      .where('seq', '<', size);
    if (run !== '') select = select.where('run', '=', run);
    if (thread !== '') select = select.where('thread', '=', thread);
    if ((await select.limit(1).executeTakeFirst()) !== undefined) count += 1;
  }
  return count;
}
