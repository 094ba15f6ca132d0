import { tellEvent } from '../chain/entry.ts';
import type { AuditActor } from '../event.ts';
import { addHold, releaseHold as release } from '../store/hold-queries.ts';
import { appendEvents } from './append-events.ts';
import type { AuditLog } from './open-audit-log.ts';

/** What a legal hold keeps: a run, a thread, or the whole chain. */
export interface HoldScope {
  readonly run?: string;
  readonly thread?: string;
}

/** A change of a legal hold. */
export interface HoldOrder {
  /** The hold's own name, such as a case number. */
  readonly id: string;
  readonly by: AuditActor;
}

/**
 * Places a legal hold: nothing in its scope is archived until it is released. The chain records it.
 *
 * @throws AUDIT_* when it could not be recorded; the hold then does not exist.
 */
export async function placeHold(log: AuditLog, order: HoldOrder, scope: HoldScope): Promise<void> {
  await log.write(async (writer) => {
    const { id, by: actor } = order;
    await addHold(writer.queries, writer.chain, { id, ...scope, at: writer.clock.now() });
    const facts = { ...scope };
    const key = `hold-placed/${encodeURIComponent(id)}`;
    const event = { key, kind: 'hold-placed', actor, outcome: 'success', target: id } as const;
    const { checkpoints } = await appendEvents(writer, [tellEvent({ ...event, facts })]);
    return { value: undefined, lines: checkpoints.map(({ line }) => line) };
  });
}

/**
 * Releases a legal hold. The chain records it.
 *
 * @returns Whether there was such a hold.
 */
export async function releaseHold(log: AuditLog, { id, by: actor }: HoldOrder): Promise<boolean> {
  return log.write(async (writer) => {
    const isReleased = await release(writer.queries, writer.chain, { id, at: writer.clock.now() });
    if (!isReleased) return { value: false, lines: [] };
    const key = `hold-released/${encodeURIComponent(id)}`;
    const event = { key, kind: 'hold-released', actor, outcome: 'success', target: id } as const;
    const { checkpoints } = await appendEvents(writer, [tellEvent(event)]);
    return { value: true, lines: checkpoints.map(({ line }) => line) };
  });
}
