import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';

import { inTime } from './in-time.ts';
import type { ThreadEntry, ThreadIndex } from './thread-record.ts';
import { wrapStorageErrors, type SaverGuard } from './wrap-storage-errors.ts';

/** What callers ask of a storage. */
export interface Operations {
  readonly checkpointer: BaseCheckpointSaver;
  readonly threads: ThreadIndex;
}

/**
 * Gives the same operations, each answered within one time, of however many commands to a server it consists. What goes
 * through all threads takes as long as there are threads.
 *
 * @throws from the operations: STORAGE_UNAVAILABLE, after which it is not known whether it was done.
 */
export function boundOperations(
  { checkpointer, threads }: Operations,
  {
    onDelete,
    ...time
  }: { readonly place: string; readonly ms: number } & Pick<SaverGuard, 'onDelete'>,
): Operations {
  const within = async <Value>(work: () => Promise<Value>): Promise<Value> => inTime(work(), time);
  return {
    checkpointer: wrapStorageErrors(checkpointer, {
      check: () => undefined,
      explain,
      within,
      onDelete,
    }),
    threads: Object.freeze({
      ...threads,
      upsert: async (entry: ThreadEntry) => within(async () => threads.upsert(entry)),
      get: async (thread: string) => within(async () => threads.get(thread)),
    }),
  };
}

/** What a store throws is ours already. */
function explain(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
