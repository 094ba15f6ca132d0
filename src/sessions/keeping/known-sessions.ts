import type { SessionRow } from '../../storage/index.ts';

/** A session that this process saw, and when the store last stood behind it. */
export interface KnownSession {
  readonly row: SessionRow;
  /** By the monotonic clock. */
  readonly confirmedAtMs: number;
  /** Whether the store has it; not, if it was made or changed while the store was away. */
  readonly isSynced: boolean;
}

/** The sessions that this process can serve for a while when the store is away. */
export interface KnownSessions {
  get(id: string): KnownSession | undefined;
  /** @returns Whether there was room; always for one that the store has. */
  set(known: KnownSession): boolean;
  delete(id: string): void;
  /** The same for what the store refused, in a time that does not tell whether it was known. */
  refuse(id: string): void;
  unsynced(): readonly KnownSession[];
  readonly unsyncedCount: number;
  all(): readonly SessionRow[];
}

/** So many refusals wait to be taken note of. */
const MOST_REFUSED = 1_000;

/** @param limit - How many are remembered: those that were used last, and in any case those that the store lacks. */
export function createKnownSessions(limit: number): KnownSessions {
  const synced = new Map<string, KnownSession>();
  const unsynced = new Map<string, KnownSession>();
  const refused = new Set<string>();
  const remove = (id: string): void => {
    synced.delete(id);
    unsynced.delete(id);
  };
  const settle = (): void => {
    for (const id of refused) remove(id);
    refused.clear();
  };
  return {
    get: (id) => {
      settle();
      return unsynced.get(id) ?? synced.get(id);
    },
    set: (known) => {
      settle();
      const { id } = known.row;
      if (!known.isSynced && unsynced.size >= limit && !unsynced.has(id)) return false;
      remove(id);
      (known.isSynced ? synced : unsynced).set(id, known);
      const [oldest] = synced.keys();
      if (synced.size > limit && oldest !== undefined) synced.delete(oldest);
      return true;
    },
    delete: remove,
    refuse: (id) => {
      refused.add(id);
      if (refused.size >= MOST_REFUSED) settle();
    },
    unsynced: () => {
      settle();
      return [...unsynced.values()];
    },
    get unsyncedCount() {
      return unsynced.size;
    },
    all: () => {
      settle();
      return [...synced.values(), ...unsynced.values()].map(({ row }) => row);
    },
  };
}
