import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

import type { Kysely } from 'kysely';

import type { Clock, Ids } from '../../kernel/index.ts';
import type { RecordsDatabase } from '../../storage/index.ts';
import { StepTakenError } from '../errors/index.ts';
import type { LeaseRow, PluginTables } from './tables.ts';

type Queries = Kysely<PluginTables>;

/** Who holds steps: one opening of the registry in one process. */
export interface Holder {
  readonly id: string;
  /** The machine and its table of processes, so that a number of a process means one. */
  readonly host: string;
  readonly pid: number;
}

/** The steps that this opening of the registry is in the middle of. Close it when done. */
export interface Leases {
  readonly holder: Holder;
  /** Takes or renews the lease of a version whose step begins or goes on. @throws {@link StepTakenError}. */
  hold(queries: Queries, digest: string): Promise<void>;
  /** Ends it, whosever it is: only who may take the step comes here. @throws {@link StepTakenError}. */
  release(queries: Queries, digest: string): Promise<void>;
  /** Whether a version's step is somebody's who still lives. */
  isHeld(queries: Queries, digest: string): Promise<boolean>;
  /** Whether another holder still lives, as far as it can be known: one of another machine until the instant that is given. */
  lives(other: Holder, until: string): boolean;
  /** Gives up what is still held: an orderly end is no reason to make others wait. */
  close(): Promise<void>;
}

/** How long nobody else touches a step whose holder is not heard of. It is renewed three times as often. */
export const LEASE_MS = 30_000;

/** Describes this process as a holder. */
export function holderHere(ids: Ids): Holder {
  return Object.freeze({
    id: ids.next(),
    host: `${hostname()} ${processTable()}`,
    pid: process.pid,
  });
}

/** Two containers may share a name, but not a table of processes; where there is no such link the name has to do. */
function processTable(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

/** Opens the leases of one opening of the registry. */
export function createLeases(
  database: RecordsDatabase<PluginTables>,
  clock: Clock,
  holder: Holder,
): Leases {
  const held = new Set<string>();
  const renew = async (): Promise<void> => {
    if (held.size === 0) return;
    await database.exclusively(
      async (queries) =>
        await queries
          .updateTable('plugins_leases')
          .set({ until: untilFrom(clock) })
          .where('owner', '=', holder.id)
          .execute(),
    );
  };
  // One that cannot be renewed ends by itself; the step's own write tells of the trouble.
  const timer = setInterval(() => void renew().catch(() => undefined), LEASE_MS / 3).unref();
  const demandOwn = async (queries: Queries, digest: string): Promise<void> => {
    const lease = await leaseOf(queries, digest);
    if (lease !== undefined && lease.owner !== holder.id && lives(lease, holder, clock))
      throw new StepTakenError(digest, lease.pid);
  };
  return {
    holder,
    hold: async (queries, digest) => {
      await demandOwn(queries, digest);
      await queries.deleteFrom('plugins_leases').where('digest', '=', digest).execute();
      const row = { digest, owner: holder.id, host: holder.host, pid: holder.pid };
      const until = untilFrom(clock);
      await queries
        .insertInto('plugins_leases')
        .values({ ...row, until })
        .execute();
      held.add(digest);
    },
    release: async (queries, digest) => {
      await demandOwn(queries, digest);
      await queries.deleteFrom('plugins_leases').where('digest', '=', digest).execute();
      held.delete(digest);
    },
    isHeld: async (queries, digest) => {
      const lease = await leaseOf(queries, digest);
      return lease !== undefined && lives(lease, holder, clock);
    },
    lives: ({ id: owner, host, pid }, until) =>
      lives({ digest: '', owner, host, pid, until }, holder, clock),
    close: async () => {
      clearInterval(timer);
      if (held.size === 0) return;
      held.clear();
      await database.exclusively(
        async (queries) =>
          await queries.deleteFrom('plugins_leases').where('owner', '=', holder.id).execute(),
      );
    },
  };
}

async function leaseOf(queries: Queries, digest: string): Promise<LeaseRow | undefined> {
  return await queries
    .selectFrom('plugins_leases')
    .selectAll()
    .where('digest', '=', digest)
    .executeTakeFirst();
}

function untilFrom(clock: Clock): string {
  return new Date(Date.parse(clock.now()) + LEASE_MS).toISOString();
}

/** A process of this machine is looked for; of another one it is only known that it was heard of lately. */
function lives(lease: LeaseRow, { host }: Holder, clock: Clock): boolean {
  if (Date.parse(lease.until) <= Date.parse(clock.now())) return false;
  return lease.host !== host || isRunning(lease.pid);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Of another user: it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
