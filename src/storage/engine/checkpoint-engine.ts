import type { RunnableConfig } from '@langchain/core/runnables';
import {
  BaseCheckpointSaver,
  WRITES_IDX_MAP,
  type ChannelVersions,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointTuple,
  type PendingWrite,
} from '@langchain/langgraph-checkpoint';

import type { JsonValue } from '../../kernel/index.ts';
import type { CompressionOptions } from '../compression.ts';
import { StateIntegrityError } from '../errors/index.ts';
import { addressOf, configOf, incomplete, laneOf, type Address } from './address.ts';
import type { CheckpointStore, HeadRow, Reading } from './checkpoint-store.ts';
import { putCheckpoint, putPendingWrites, type WritingParts } from './committer.ts';
import { eraseThread } from './erase-thread.ts';
import { Memory } from './lane-memory.ts';
import { LONG_PAGE, metadataFilter, pagesOf, segmentsOf } from './list-pages.ts';
import { checkFacts, openCheckpoint, tupleOf, type SoundCheckpoint } from './lane-reader.ts';
import {
  copyThread,
  importThread,
  writeThreadFile,
  type Arrived,
  type ExportOptions,
  type ImportOptions,
  type MoveOptions,
  type ThreadImport,
} from './moving/index.ts';
import { rollBackThread } from './roll-back-thread.ts';
import { pruneThread, type PrunePolicy, type PruneReport } from './prune-thread.ts';
import { knownReferences, nextVersion } from './parts/index.ts';
import { packingOf, type Keyring, type RollbackOrder } from './seals/index.ts';
import { checkWrites } from './write-marks.ts';

const FIRST_PAGE = 20;
const REMEMBERED_THREADS = 1_000;

/** What an engine works with. */
export interface EngineOptions extends CompressionOptions {
  readonly store: CheckpointStore;
  /** Asked for when a key is first needed. */
  readonly keys: () => Keyring;
  /** Whether everything but ids and channel names is encrypted (AES-256-GCM); not, unless told. */
  readonly encrypt?: boolean | undefined;
  /** Whether threads of this store come to an end by themselves, so that one that was there may be gone. */
  readonly mayVanish?: boolean;
  /** What the metadata of a checkpoint says in addition, sealed with it: how a thread is being kept at the moment. */
  readonly marks?: ((thread: string) => Readonly<Record<string, JsonValue>>) | undefined;
}

/**
 * A checkpointer for any LangGraph graph, above any {@link CheckpointStore}. What it gives back is what was put, or an
 * error that names the thread and the checkpoint.
 */
export class CheckpointEngine extends BaseCheckpointSaver {
  readonly #store: CheckpointStore;
  readonly #makeKeys: () => Keyring;
  readonly #memory: Memory;
  readonly #envelope: WritingParts['envelope'];
  readonly #marks: EngineOptions['marks'];
  #keys: Keyring | undefined;

  /** @throws STORAGE_LZ4_MISSING */
  constructor(options: EngineOptions) {
    super();
    this.#store = options.store;
    this.#makeKeys = options.keys;
    this.#memory = new Memory(REMEMBERED_THREADS, options.mayVanish ?? false);
    this.#envelope = {
      packing: packingOf(options),
      isEncrypted: options.encrypt ?? false,
    };
    this.#marks = options.marks;
  }

  /** @throws STORAGE_INTEGRITY, STORAGE_UNKNOWN_STATE_KEY, and the errors of the store. */
  async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    const { thread, ns, id } = addressOf(config);
    if (thread === undefined) return undefined;
    const lane = { thread, ns: ns ?? '' };
    const parts = this.#parts();
    const { facts, found, segments } = await this.#store.read(lane, id);
    const memory = this.#memory.thread(thread);
    checkFacts(parts.keys, lane, { facts, memory });
    memory.row = facts.thread;
    this.#memory.lane(lane).head = facts.head;
    // The head of a lane that was rolled back to nothing names none.
    if (id === undefined && (found?.row.id ?? '') !== (facts.head?.id ?? '')) {
      const at = { ...lane, checkpoint: facts.head?.id ?? '' };
      throw new StateIntegrityError(at, 'the checkpoint that its head names is missing');
    }
    if (found === undefined) return undefined;
    const sound = openCheckpoint(parts.keys, lane, found.row);
    checkWrites(this.#memory.writesOf(lane), found);
    const tuple = await tupleOf(parts, { ...found, sound }, segments);
    this.#remember(sound, segments);
    return tuple;
  }

  /**
   * @yields checkpoints newest first, without a limit unless one is given; those of all threads where `config` names
   * none.
   * @throws STORAGE_INTEGRITY, STORAGE_UNKNOWN_STATE_KEY, and the errors of the store.
   */
  async *list(
    config: RunnableConfig,
    options: CheckpointListOptions = {},
  ): AsyncGenerator<CheckpointTuple> {
    const address = addressOf(config);
    const parts = this.#parts();
    await this.#checkLanes(parts, address);
    let left = options.limit ?? Number.POSITIVE_INFINITY;
    if (left <= 0) return;
    const matches = metadataFilter(options.filter);
    const isFiltered = Object.keys(options.filter ?? {}).length > 0;
    // The first page is short: most who list look at the newest alone.
    const first = isFiltered ? LONG_PAGE : Math.min(left, FIRST_PAGE);
    for await (const page of pagesOf(this.#store, { ...address, before: options.before }, first)) {
      const sound = page
        .map((found) => ({ ...found, sound: openCheckpoint(parts.keys, found.lane, found.row) }))
        .filter((found) => matches(found.sound.read.metadata))
        .slice(0, left);
      const segments = await segmentsOf(this.#store, sound);
      for (const found of sound) {
        checkWrites(this.#memory.writesOf(found.lane), found);
        yield await tupleOf(parts, found, segments.get(found.lane.thread) ?? new Map());
      }
      left -= sound.length;
      if (left <= 0) return;
    }
  }

  /** @throws STORAGE_THREAD_DELETED, STORAGE_CONTENTION, STORAGE_INTEGRITY, and the errors of the store. */
  // oxlint-disable-next-line max-params -- The signature is LangGraph's.
  async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    newVersions: ChannelVersions,
  ): Promise<RunnableConfig> {
    const lane = laneOf(config);
    await putCheckpoint(this.#parts(), {
      lane,
      parent: addressOf(config).id ?? null,
      checkpoint,
      metadata: Object.assign({ ...metadata }, this.#marks?.(lane.thread)),
      newVersions,
      mayRevive: false,
    });
    return configOf(lane, checkpoint.id);
  }

  /** @throws STORAGE_THREAD_DELETED, STORAGE_CONTENTION, and the errors of the store. */
  // oxlint-disable-next-line max-params -- The signature is LangGraph's.
  async putWrites(
    config: RunnableConfig,
    writes: PendingWrite[],
    taskId: string,
    taskPath = '',
  ): Promise<void> {
    const lane = laneOf(config);
    const { id } = addressOf(config);
    if (id === undefined) throw incomplete('checkpoint_id');
    const placed = writes.map(([channel, value], index) => {
      // A channel may have any name, also that of something which every object has.
      const special = Object.hasOwn(WRITES_IDX_MAP, channel) ? WRITES_IDX_MAP[channel] : undefined;
      return { idx: special ?? index, channel, value };
    });
    const putting = { lane, id, task: taskId, path: taskPath, writes: placed };
    await putPendingWrites(this.#parts(), putting);
  }

  /** Gives the ids of all threads that have checkpoints. */
  async storedThreads(): Promise<readonly string[]> {
    return this.#store.threads();
  }

  /** Removes a thread in one step; what still arrives for it is refused afterwards. */
  async deleteThread(threadId: string): Promise<void> {
    await eraseThread(this.#parts(), threadId);
  }

  /**
   * Removes old checkpoints of a thread; see {@link PrunePolicy} for what is kept in any case.
   *
   * @throws STORAGE_CONTENTION, STORAGE_INTEGRITY, and the errors of the store.
   */
  async prune(threadId: string, policy: PrunePolicy): Promise<PruneReport> {
    return pruneThread(this.#parts(), threadId, policy);
  }

  /**
   * Copies a thread under another name; see {@link copyThread}.
   *
   * @throws STORAGE_THREAD_NOT_FOUND, STORAGE_THREAD_EXISTS, STORAGE_CONTENTION, STORAGE_INTEGRITY.
   */
  async copyThread(from: string, to: string, options: MoveOptions = {}): Promise<Arrived> {
    return copyThread(this.#parts(), { from, to }, options);
  }

  /**
   * Gives a thread as the lines of a file that can be checked; see {@link writeThreadFile}.
   *
   * @throws STORAGE_THREAD_NOT_FOUND, STORAGE_CONTENTION, STORAGE_INTEGRITY, STORAGE_UNKNOWN_STATE_KEY.
   */
  exportThread(thread: string, options: ExportOptions): AsyncGenerator<string> {
    return writeThreadFile(this.#parts(), thread, options);
  }

  /**
   * Takes in what {@link exportThread} gave, whole or not at all.
   *
   * @throws STORAGE_THREAD_FILE, STORAGE_THREAD_EXISTS, STORAGE_CONTENTION.
   */
  async importThread(
    file: AsyncIterable<Uint8Array | string>,
    options: ImportOptions = {},
  ): Promise<ThreadImport> {
    return importThread(this.#parts(), file, options);
  }

  /**
   * Takes back what was put into a thread since its namespaces had these heads; see {@link rollBackThread}.
   *
   * @returns How many checkpoints were taken back.
   * @throws STORAGE_CONTENTION, STORAGE_INTEGRITY, and the errors of the store.
   */
  async rollBack(order: RollbackOrder, marks: ReadonlyMap<string, HeadRow>): Promise<number> {
    return rollBackThread(this.#parts(), order, marks);
  }

  /** Forgets what was seen of a thread here; for a store that put another branch in its place on purpose. */
  forget(threadId: string): void {
    this.#memory.forget(threadId);
  }

  /** Forgets which pending writes were replaced here; for whoever takes the lock of a thread. */
  forgetWrites(threadId: string): void {
    this.#memory.forgetWrites(threadId);
  }

  override getNextVersion(current: number | undefined): number {
    // LangGraph takes any text or number that grows; its types name the number alone.
    return nextVersion(current) as unknown as number;
  }

  #parts(): WritingParts {
    this.#keys ??= this.#makeKeys();
    return {
      store: this.#store,
      keys: this.#keys,
      memory: this.#memory,
      envelope: this.#envelope,
    };
  }

  #remember(sound: SoundCheckpoint, segments: Reading['segments']): void {
    const { keys } = this.#parts();
    const lane = this.#memory.lane(sound.lane);
    // Parts that an older key named have to be named anew.
    const isCurrent = sound.row.keyId === keys.current.id;
    lane.references = isCurrent ? knownReferences(sound.read) : new Map();
    lane.stored = isCurrent ? new Set(segments.keys()) : new Set();
  }

  async #checkLanes(parts: WritingParts, { thread, ns }: Address): Promise<void> {
    if (thread === undefined) return;
    const memory = this.#memory.thread(thread);
    for (const [name, facts] of await this.#store.lanes(thread)) {
      if (ns !== undefined && ns !== name) continue;
      checkFacts(parts.keys, { thread, ns: name }, { facts, memory });
    }
  }
}
