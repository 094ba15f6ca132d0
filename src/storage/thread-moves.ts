import type { Clock } from '../kernel/index.ts';
import type {
  Arrived,
  CheckpointEngine,
  ImportOptions,
  MoveOptions,
  PrunePolicy,
  PruneReport,
  ThreadImport,
} from './engine/index.ts';
import type { SaverGuard } from './wrap-storage-errors.ts';

/** What can be done to a whole thread. */
export interface ThreadMoves {
  /** Gives the ids of all threads that have checkpoints, whoever wrote them. */
  storedThreads(): Promise<readonly string[]>;
  /**
   * Copies a thread under another name, with its whole history, branches and pending writes. What a workflow of ours
   * sealed into its state names its thread: it refuses such a copy, while the state of other graphs goes on in it.
   *
   * @throws STORAGE_THREAD_NOT_FOUND, STORAGE_THREAD_EXISTS, STORAGE_CONTENTION, STORAGE_INTEGRITY.
   */
  copyThread(from: string, to: string, options?: MoveOptions): Promise<Arrived>;
  /**
   * Gives a thread as JSON Lines, each with its line feed and sealed together with all lines before it. The thread
   * must not change meanwhile: take its lock where somebody may work on it.
   *
   * @param about - Anything that the importer should be told.
   * @throws STORAGE_THREAD_NOT_FOUND, STORAGE_CONTENTION, STORAGE_INTEGRITY, STORAGE_UNKNOWN_STATE_KEY.
   */
  exportThread(thread: string, about?: unknown): AsyncGenerator<string>;
  /**
   * Takes in an exported thread: all of it, or nothing. The key that sealed the file must be among the own ones.
   *
   * @param file - The bytes or texts of the file, cut anywhere.
   * @throws STORAGE_THREAD_FILE with the number of the line that is not what was exported; STORAGE_THREAD_EXISTS.
   */
  importThread(
    file: AsyncIterable<Uint8Array | string>,
    options?: ImportOptions,
  ): Promise<ThreadImport>;
  /**
   * Removes old checkpoints of a thread. The newest of each namespace, the end of every branch, and what a
   * DeltaChannel is rebuilt from are kept in any case.
   */
  pruneThread(thread: string, policy: PrunePolicy): Promise<PruneReport>;
}

/** What the moves of a storage are built from. */
export interface ThreadMovesParts {
  readonly engine: CheckpointEngine;
  readonly clock: Clock;
  /** Stands between the engine and its callers, where a store needs it. */
  readonly guard?: SaverGuard;
}

/** Gives what can be done to the threads of an engine. */
export function createThreadMoves({ engine, clock, guard }: ThreadMovesParts): ThreadMoves {
  const explained = (error: unknown, thread: string): unknown =>
    guard === undefined ? error : guard.explain(error, { kind: 'write', thread });
  const guarded = async <Value>(thread: string, work: () => Promise<Value>): Promise<Value> => {
    guard?.check();
    try {
      return await work();
    } catch (error) {
      throw explained(error, thread);
    }
  };
  return {
    storedThreads: async () => guarded('', async () => engine.storedThreads()),
    copyThread: async (from, to, options) =>
      guarded(to, async () => engine.copyThread(from, to, options)),
    exportThread: async function* (thread, about) {
      guard?.check();
      const exportedAt = clock.now();
      try {
        yield* engine.exportThread(thread, { exportedAt, about });
      } catch (error) {
        throw explained(error, thread);
      }
    },
    importThread: async (file, options) =>
      guarded(options?.thread ?? '', async () => engine.importThread(file, options)),
    pruneThread: async (thread, policy) =>
      guarded(thread, async () => engine.prune(thread, policy)),
  };
}
