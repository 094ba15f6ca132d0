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
  unsynced(): readonly KnownSession[];
  readonly unsyncedCount: number;
  all(): readonly SessionRow[];
}

/** @param limit - How many are remembered: those that were used last, and in any case those that the store lacks. */
export function createKnownSessions(limit: number): KnownSessions {
  const synced = new Map<string, KnownSession>();
  const unsynced = new Map<string, KnownSession>();
  const remove = (id: string): void => {
    synced.delete(id);
    unsynced.delete(id);
  };
  return {
    get: (id) => unsynced.get(id) ?? synced.get(id),
    set: (known) => {
      const { id } = known.row;
      if (!known.isSynced && unsynced.size >= limit && !unsynced.has(id)) return false;
      remove(id);
      (known.isSynced ? synced : unsynced).set(id, known);
      const [oldest] = synced.keys();
      if (synced.size > limit && oldest !== undefined) synced.delete(oldest);
      return true;
    },
    delete: remove,
    unsynced: () => [...unsynced.values()],
    get unsyncedCount() {
      return unsynced.size;
    },
    all: () => [...synced.values(), ...unsynced.values()].map(({ row }) => row),
  };
}
