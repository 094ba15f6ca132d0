import { EntryBody, type RecalledEvent } from '../export/parse-entry.ts';
import { findChain } from '../store/chain-queries.ts';
import type { AuditDatabase } from '../store/database.ts';
import { isThreadDeletion, putBacks } from './put-back.ts';
import { readObject } from '../verify/verifier.ts';
import { bodiesOf } from './recall-thread.ts';

/** A thread that was begun anew under its id, although the trail holds an earlier run and nothing says why. */
export interface BegunAnew {
  readonly thread: string;
  /** The entry by which the later run began. */
  readonly seq: number;
  /** The last entry that shows how far the earlier one had come. */
  readonly before: number;
}

interface PlacedEvent {
  readonly seq: number;
  readonly event: RecalledEvent;
}

/** What is no entry tells nothing; verifying the chain names it. */
export function readEvent({ seq, body }: { seq: number; body: string }): readonly PlacedEvent[] {
  const { data } = EntryBody.safeParse(readObject(body));
  return data === undefined ? [] : [{ seq, event: data.event }];
}

/** Gives the number of the visit that the key of a run's event names: `thread/run#visit@superstep/kind`. */
export function visitIn(key: string): number | undefined {
  const [, index] = /%23(\d+)%40-?\d+(?:\/|$)/.exec(key) ?? [];
  return index === undefined ? undefined : Number(index);
}

/**
 * Finds threads whose state was away as a whole when a run began: it began at the first visit, behind another run that had
 * come further than a crash before the first checkpoint leaves. A fork, a rollback, an import or a deletion that the trail
 * tells of, before or since, explains it.
 *
 * @throws AUDIT_* of the database.
 */
export async function findBegunAnew({
  database,
  name,
}: {
  readonly database: AuditDatabase;
  readonly name: string;
}): Promise<readonly BegunAnew[]> {
  const chain = await findChain(database.reader, name);
  if (chain === undefined) return [];
  const reached = new Map<string, { readonly run: string | undefined; readonly seq: number }>();
  const found = new Map<string, BegunAnew>();
  const placed = (await bodiesOf(database.reader, chain)).flatMap(readEvent);
  const events = placed.map(({ event }) => event);
  const explains = new Set([...putBacks(events), ...events.filter(isThreadDeletion)]);
  for (const { seq, event } of placed) {
    const { thread = '', run, kind, key } = event;
    if (explains.has(event)) {
      reached.delete(thread);
      found.delete(thread);
      continue;
    }
    const visit = visitIn(key);
    if (visit === undefined) continue;
    const before = reached.get(thread);
    const isOther = before !== undefined && before.run !== run;
    if (kind === 'run-started' && visit === 0 && isOther) {
      found.set(thread, { thread, seq, before: before.seq });
      reached.delete(thread);
    }
    // What is told in a later visit, and an answer of a person, stands on a checkpoint that was stored before.
    if (visit > 0 || kind === 'approval') reached.set(thread, { run, seq });
  }
  return [...found.values()];
}
