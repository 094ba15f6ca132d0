import { hash } from 'node:crypto';

import { sql } from 'kysely';

import { canonicalJson, isPhasegateError } from '../../kernel/index.ts';
import { membersOf, readCheckpointLine, readObject } from '../verify/verifier.ts';
import type { Chain } from './chain-queries.ts';
import type { Queries } from './database.ts';
import type { CheckpointRow, EntryRow } from './tables.ts';

const PAGE = 1_000;

/** Which rows to give. */
export interface RowQuery {
  /** From this entry on (inclusive), up to that one (exclusive). */
  readonly from?: number;
  readonly until?: number;
  /** Of this run or thread, by what the signed text says or by the column: whoever edits one is seen by the other. */
  readonly of?: { readonly member: 'run' | 'thread'; readonly id: string };
}

/**
 * Gives the rows of a chain, also those that stand outside of where it begins and ends unless a range is named.
 *
 * @yields Rows in their order.
 */
export async function* readRows(
  queries: Queries,
  chain: Pick<Chain, 'origin'>,
  { from = Number.MIN_SAFE_INTEGER, until, of }: RowQuery = {},
): AsyncGenerator<EntryRow> {
  let next = from;
  for (;;) {
    let select = queries
      .selectFrom('audit_entries')
      .selectAll()
      .where('chain', '=', chain.origin)
      .where('seq', '>=', next);
    if (until !== undefined) select = select.where('seq', '<', until);
    if (of !== undefined) {
      const { member, id } = of;
      const told = `%${escaped(`"${member}":${JSON.stringify(id)}`)}%`;
      select = select.where((where) =>
        where.or([where(member, '=', id), sql<boolean>`body like ${told} escape '!'`]),
      );
    }
    const rows = await select.orderBy('seq').limit(PAGE).execute();
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    next = Number(last.seq) + 1;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[!%_]/g, (sign) => `!${sign}`);
}

/** Whether the signed text of a row says that it is of this run or thread. */
export function tellsOf({ body }: Pick<EntryRow, 'body'>, member: string, id: string): boolean {
  return membersOf(readObject(body)['event'])[member] === id;
}

/** Gives the columns beside an entry that say something else than its signed text. */
export function misfiledColumns(row: EntryRow): readonly string[] {
  const told = readObject(row.body);
  const event = membersOf(told['event']);
  const columns: readonly (readonly [string, unknown, unknown])[] = [
    ['chain', row.chain, told['chain']],
    ['seq', Number(row.seq), told['seq']],
    ['at', row.at, told['at']],
    ['kind', row.kind, event['kind']],
    ['run', row.run, event['run'] ?? null],
    ['thread', row.thread, event['thread'] ?? null],
    ['event_key', row.event_key, event['key']],
    ['event_digest', row.event_digest, digestOfEvent(event)],
  ];
  return columns.filter(([, column, text]) => column !== text).map(([name]) => name);
}

/** Gives the columns beside a checkpoint that say something else than its signed line. */
export function misfiledCheckpoint(row: CheckpointRow): readonly string[] {
  const told = readCheckpointLine(row.line);
  const columns: readonly (readonly [string, unknown, unknown])[] = [
    ['chain', row.chain, told?.origin],
    ['size', Number(row.size), told?.size],
    ['key_id', row.key_id, told?.key],
    ['head', row.head, told?.head],
    ['signed_at', row.signed_at, told?.time],
  ];
  return columns.filter(([, column, text]) => column !== text).map(([name]) => name);
}

function digestOfEvent(event: object): string {
  try {
    return hash('sha256', canonicalJson(event));
  } catch (error) {
    // What has no canonical form was never sealed by us.
    if (isPhasegateError(error)) return '';
    throw error;
  }
}
