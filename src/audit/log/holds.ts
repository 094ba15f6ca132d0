import { tellEvent } from '../chain/entry.ts';
import { HoldExistsError } from '../errors.ts';
import type { AuditActor } from '../event.ts';
import type { ExportSource } from '../export/json-lines.ts';
import { findChain, readBodies, type Chain } from '../store/chain-queries.ts';
import type { Queries } from '../store/database.ts';
import { membersOf, readObject } from '../verify/verifier.ts';
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

/** A hold in force, as the chain tells of it. */
export interface Hold extends HoldScope {
  readonly id: string;
  /** The entry by which it was placed, which it keeps as well. */
  readonly seq: number;
  /** Who placed it. */
  readonly by: string;
  /** ISO-8601 UTC. */
  readonly placedAt: string;
}

/**
 * Places a legal hold: nothing in its scope is archived until it is released. The hold is the entry that the chain has of it,
 * and nothing else.
 *
 * @throws {@link HoldExistsError} while one of this name is in force; AUDIT_* when it could not be recorded.
 */
export async function placeHold(log: AuditLog, order: HoldOrder, scope: HoldScope): Promise<void> {
  await log.write(async (writer) => {
    const { id, by: actor } = order;
    const { inForce, told } = await readHolds(writer.queries, writer.chain);
    if (inForce.some((hold) => hold.id === id)) throw new HoldExistsError(id);
    const event = { key: keyOf('hold-placed', id, told), kind: 'hold-placed', actor } as const;
    const facts = { ...scope };
    const placed = tellEvent({ ...event, outcome: 'success', target: id, facts });
    const { checkpoints } = await appendEvents(writer, [placed]);
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
    const { inForce, told } = await readHolds(writer.queries, writer.chain);
    if (!inForce.some((hold) => hold.id === id)) return { value: false, lines: [] };
    const event = { key: keyOf('hold-released', id, told), kind: 'hold-released', actor } as const;
    const released = tellEvent({ ...event, outcome: 'success', target: id });
    const { checkpoints } = await appendEvents(writer, [released]);
    return { value: true, lines: checkpoints.map(({ line }) => line) };
  });
}

/** Gives the legal holds in force, oldest first; none where there is no chain of this name. @throws AUDIT_* of the database. */
export async function holdsInForce({ database, name }: ExportSource): Promise<readonly Hold[]> {
  const chain = await findChain(database.reader, name);
  return chain === undefined ? [] : (await readHolds(database.reader, chain)).inForce;
}

/** A name may be used again after its release: each time is an event of its own. */
function keyOf(kind: string, id: string, told: number): string {
  return `${kind}/${encodeURIComponent(id)}/${told}`;
}

interface Holds {
  readonly inForce: readonly Hold[];
  /** The number of the entry after the last one that tells of a hold. */
  readonly told: number;
}

/** Reads the holds out of the signed entries. What was archived tells of none in force: a hold keeps its own entry. */
export async function readHolds(queries: Queries, chain: Chain): Promise<Holds> {
  const bodies = await readBodies(queries, chain, { mention: '"kind":"hold-' });
  const inForce = new Map<string, Hold>();
  let told = 0;
  for (const { seq, body } of bodies) {
    const { at, event } = readObject(body);
    const { kind, target, facts, actor } = membersOf(event);
    const id = String(target);
    const placed = { by: String(membersOf(actor)['id']), placedAt: String(at) };
    if (kind === 'hold-placed') inForce.set(id, { id, seq, ...placed, ...scopeOf(facts) });
    if (kind === 'hold-released') inForce.delete(id);
    told = seq + 1;
  }
  return { inForce: [...inForce.values()], told };
}

function scopeOf(facts: unknown): HoldScope {
  const { run, thread } = membersOf(facts) as { run?: unknown; thread?: unknown };
  return {
    ...(typeof run === 'string' ? { run } : {}),
    ...(typeof thread === 'string' ? { thread } : {}),
  };
}
