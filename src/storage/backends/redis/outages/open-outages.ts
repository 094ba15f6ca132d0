import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';

import type { Logger } from '../../../../kernel/index.ts';
import type { CheckpointStore, Keyring } from '../../../engine/index.ts';
import { Journal, type JournalOptions, type StorageHealth } from '../../../journal/index.ts';
import type { LockOptions, ThreadLock } from '../../../thread-lock.ts';
import type { ThreadIndex } from '../../../thread-record.ts';
import { journaledIndex } from './journaled-index.ts';
import { journaledLocks } from './journaled-locks.ts';
import { createRedisRemote, type RedisRemoteParts } from './redis-remote.ts';

/** What a storage does while its server is away works with. */
export interface OutagesParts extends RedisRemoteParts {
  readonly journal: JournalOptions | undefined;
  readonly keyring: Keyring;
  readonly logger: Logger;
  readonly deadlineMs: number;
  readonly saverOn: (store: CheckpointStore) => BaseCheckpointSaver;
  /** Makes the checkpointer forget what it saw of a thread. */
  readonly forget: (thread: string) => void;
}

/** A store and its locks, with or without a journal before them. */
export interface Outages {
  readonly store: CheckpointStore;
  readonly index: ThreadIndex;
  marks(thread: string): { readonly degraded?: true };
  lockThread(thread: string, options?: LockOptions): Promise<ThreadLock>;
  health(): StorageHealth | undefined;
  degradedSince(thread: string): string | undefined;
  /** Brings to the server what processes that died have left. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Puts a journal before the store, if there is to be one. */
export function openOutages(parts: OutagesParts): Outages {
  const { journal: options, leases, logger, keyring } = parts;
  const remote = createRedisRemote(parts);
  if (options === undefined) {
    return {
      store: remote.store,
      index: parts.index,
      marks: () => ({}),
      lockThread: leases.lock,
      health: () => undefined,
      degradedSince: () => undefined,
      start: async () => undefined,
      close: async () => undefined,
    };
  }
  const journal = new Journal({
    ...parts,
    remote,
    options,
    keys: () => keyring,
    report: (event, facts) => {
      logger.warn(event, facts);
      options.onEvent?.(event, facts);
    },
  });
  return {
    store: journal.store,
    index: journaledIndex(parts.index, journal),
    marks: (thread) => journal.marks(thread),
    lockThread: journaledLocks(leases, journal),
    health: () => journal.health(),
    degradedSince: (thread) => journal.degradedSince(thread),
    start: async () => journal.start(),
    close: async () => journal.close(),
  };
}
