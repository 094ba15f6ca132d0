import type { RunnableConfig } from '@langchain/core/runnables';
import {
  BaseCheckpointSaver,
  type ChannelVersions,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointTuple,
  type PendingWrite,
} from '@langchain/langgraph-checkpoint';

/** What was being done when a saver failed. `thread` is empty when the config names none. */
export interface FailedOperation {
  readonly kind: 'read' | 'write';
  readonly thread: string;
}

/** Gives the error that a caller should see instead of `cause`. */
export type ErrorExplainer = (cause: unknown, operation: FailedOperation) => Error;

/** What stands between a saver and its callers. */
export interface SaverGuard {
  /** Called before each operation; what it throws is the answer. */
  readonly check: () => void;
  readonly explain: ErrorExplainer;
  /** Told of a thread before it is deleted; what it throws keeps the thread, and is the answer. */
  readonly onDelete?: ((thread: string) => Promise<void>) | undefined;
  /** Does an operation of one thread within its time; for as long as it takes, unless given. */
  readonly within?: <Value>(work: () => Promise<Value>) => Promise<Value>;
}

/** The same saver behind a guard. */
class GuardedSaver extends BaseCheckpointSaver {
  readonly #inner: BaseCheckpointSaver;
  readonly #guard: SaverGuard;

  constructor(inner: BaseCheckpointSaver, guard: SaverGuard) {
    super(inner.serde);
    this.#inner = inner;
    this.#guard = guard;
  }

  async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    return this.#run({ kind: 'read', thread: threadOf(config) }, () =>
      this.#inner.getTuple(config),
    );
  }

  async *list(
    config: RunnableConfig,
    options?: CheckpointListOptions,
  ): AsyncGenerator<CheckpointTuple> {
    this.#guard.check();
    try {
      const steps = this.#inner.list(config, options);
      // To go through all threads takes as long as there are threads.
      if (threadOf(config) === '') return yield* steps;
      for (;;) {
        const step = await this.#within(async () => steps.next());
        if (step.done === true) return;
        yield step.value;
      }
    } catch (error) {
      throw this.#guard.explain(error, { kind: 'read', thread: threadOf(config) });
    }
  }

  // oxlint-disable-next-line max-params -- The signature is LangGraph's.
  async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    newVersions: ChannelVersions,
  ): Promise<RunnableConfig> {
    return this.#run({ kind: 'write', thread: threadOf(config) }, () =>
      this.#inner.put(config, checkpoint, metadata, newVersions),
    );
  }

  // oxlint-disable-next-line max-params -- The signature is LangGraph's.
  async putWrites(
    config: RunnableConfig,
    writes: PendingWrite[],
    taskId: string,
    taskPath?: string,
  ): Promise<void> {
    return this.#run({ kind: 'write', thread: threadOf(config) }, () =>
      this.#inner.putWrites(config, writes, taskId, taskPath),
    );
  }

  async deleteThread(threadId: string): Promise<void> {
    this.#guard.check();
    await this.#guard.onDelete?.(threadId);
    return this.#run({ kind: 'write', thread: threadId }, () => this.#inner.deleteThread(threadId));
  }

  override getNextVersion(current: number | undefined): number {
    return this.#inner.getNextVersion(current);
  }

  async #run<Value>(operation: FailedOperation, work: () => Promise<Value>): Promise<Value> {
    this.#guard.check();
    try {
      return await this.#within(work);
    } catch (error) {
      throw this.#guard.explain(error, operation);
    }
  }

  async #within<Value>(work: () => Promise<Value>): Promise<Value> {
    const { within } = this.#guard;
    return within === undefined ? work() : within(work);
  }
}

/**
 * Gives `saver` with every failure passed through `guard.explain`, so that a vendor's errors surface as ours
 * (STORAGE_*), and every operation through `guard.check` first.
 */
export function wrapStorageErrors(
  saver: BaseCheckpointSaver,
  guard: SaverGuard,
): BaseCheckpointSaver {
  return new GuardedSaver(saver, guard);
}

function threadOf(config: RunnableConfig): string {
  const thread: unknown = config.configurable?.['thread_id'];
  return typeof thread === 'string' ? thread : '';
}
