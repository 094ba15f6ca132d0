import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { RunnableConfig } from '@langchain/core/runnables';
import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
import {
  BaseCheckpointSaver,
  type ChannelVersions,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointTuple,
  type PendingWrite,
} from '@langchain/langgraph-checkpoint';
import { expect } from 'vitest';

import { isPhasegateError, type Facts } from '../../../src/kernel/index.ts';
import {
  openRedisStorage,
  type ClusterServers,
  type RedisServers,
  type RedisStorage,
  type SentinelServers,
} from '../../../src/storage/backends/redis/index.ts';

export const STATE_KEYS = [new Uint8Array(32).fill(5)];
export const DEADLINE_MS = 1_000;
/** A deadline for a server that answers or refuses at once: no busy machine comes near it. */
export const PATIENT = { deadlineMs: 30_000 };
/** What a busy machine may take besides the deadline. */
const SLACK_MS = 15_000;
const GIVE_UP_MS = 150_000;
const PAUSE_MS = 50;
const PACE_MS = 10;

/** A storage with a journal in a directory of its own, and what it told. */
export interface JournaledStorage extends AsyncDisposable {
  readonly storage: RedisStorage;
  readonly directory: string;
  readonly events: readonly { readonly event: string; readonly facts: Facts }[];
  told(event: string): readonly Facts[];
}

/** One server by its URL, or several. */
export type Servers = string | SentinelServers | ClusterServers;

function addressOf(servers: Servers): RedisServers {
  return typeof servers === 'string' ? { url: servers } : servers;
}

/** Opens a storage with a journal. */
export async function openJournaled(
  servers: Servers,
  options: {
    readonly directory?: string;
    readonly leaseMs?: number;
    readonly deadlineMs?: number;
  } = {},
): Promise<JournaledStorage> {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'phasegate-journal-'));
  const events: { event: string; facts: Facts }[] = [];
  const onEvent = (event: string, facts: Facts): void => void events.push({ event, facts });
  const storage = await openRedisStorage({
    ...addressOf(servers),
    stateKeys: STATE_KEYS,
    deadlineMs: options.deadlineMs ?? DEADLINE_MS,
    leaseMs: options.leaseMs ?? 120_000,
    journal: { directory, onEvent, probeMs: 100, watchMs: 200 },
  });
  return {
    storage,
    directory,
    events,
    told: (event) => events.filter((each) => each.event === event).map(({ facts }) => facts),
    [Symbol.asyncDispose]: async () => {
      await storage.close();
      if (options.directory === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Waits until `isSo`. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + GIVE_UP_MS;
  while (!(await isSo())) {
    if (performance.now() > giveUpAt) throw new Error('it did not come to be');
    await delay(20);
  }
}

/** A checkpointer that notes what its callers were told, and how long it took. */
export class Witness extends BaseCheckpointSaver {
  /** Checkpoints that were acknowledged, by thread. */
  readonly acknowledged = new Map<string, Set<string>>();
  readonly failures = new Map<string, number>();
  slowestMs = 0;
  readonly #inner: BaseCheckpointSaver;

  constructor(inner: BaseCheckpointSaver) {
    super(inner.serde);
    this.#inner = inner;
  }

  async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    return this.#timed(async () => this.#inner.getTuple(config));
  }

  async *list(
    config: RunnableConfig,
    options?: CheckpointListOptions,
  ): AsyncGenerator<CheckpointTuple> {
    yield* this.#inner.list(config, options);
  }

  // oxlint-disable-next-line max-params -- The signature is LangGraph's.
  async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    versions: ChannelVersions,
  ): Promise<RunnableConfig> {
    const done = await this.#timed(async () =>
      this.#inner.put(config, checkpoint, metadata, versions),
    );
    const thread = String(config.configurable?.['thread_id']);
    const ids = this.acknowledged.get(thread) ?? new Set();
    this.acknowledged.set(thread, ids.add(checkpoint.id));
    return done;
  }

  // oxlint-disable-next-line max-params -- The signature is LangGraph's.
  async putWrites(
    config: RunnableConfig,
    writes: PendingWrite[],
    taskId: string,
    taskPath?: string,
  ): Promise<void> {
    await this.#timed(async () => this.#inner.putWrites(config, writes, taskId, taskPath));
  }

  async deleteThread(threadId: string): Promise<void> {
    await this.#inner.deleteThread(threadId);
  }

  override getNextVersion(current: number | undefined): number {
    return this.#inner.getNextVersion(current);
  }

  async #timed<Value>(work: () => Promise<Value>): Promise<Value> {
    const startedAt = performance.now();
    try {
      return await work();
    } catch (error) {
      const code = isPhasegateError(error) ? error.code : String(error);
      this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
      throw error;
    } finally {
      this.slowestMs = Math.max(this.slowestMs, performance.now() - startedAt);
    }
  }
}

const State = Annotation.Root({
  target: Annotation<number>,
  log: Annotation<number[]>({ reducer: (one, other) => [...one, ...other], default: () => [] }),
});

/** A graph that counts to its target, a step a number. */
export function countingGraph(checkpointer: BaseCheckpointSaver, onStep: () => void) {
  return new StateGraph(State)
    .addNode('count', async ({ log }) => {
      onStep();
      await delay(PACE_MS);
      return { log: [log.length + 1] };
    })
    .addEdge(START, 'count')
    .addConditionalEdges('count', ({ log, target }) => (log.length < target ? 'count' : END))
    .compile({ checkpointer });
}

/** Several runs at once, each on a thread of its own. */
export interface Runs {
  readonly threads: readonly string[];
  readonly steps: number;
  /** What happens when a third of all steps are done. */
  readonly trouble: () => Promise<unknown>;
  /** Whether a run that failed is begun again where it stands; yes, unless told. */
  readonly insist?: boolean;
}

/** Gives so many names of threads. */
export function threadNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `run-${index}`);
}

/**
 * Runs them under their locks. A run that ends with an error that may be tried again is taken up again from where its
 * thread stands.
 *
 * @returns Who saw all of it, and the error of each run that ended with one.
 */
export async function runThreads(
  storage: RedisStorage,
  runs: Runs,
): Promise<{ readonly witness: Witness; readonly errors: ReadonlyMap<string, unknown> }> {
  const witness = new Witness(storage.checkpointer);
  const errors = new Map<string, unknown>();
  let steps = 0;
  let trouble: Promise<unknown> | undefined;
  const graph = countingGraph(witness, () => {
    steps += 1;
    if (steps * 3 > runs.steps * runs.threads.length) trouble ??= runs.trouble();
  });
  const once = async (thread: string): Promise<void> => {
    await using lock = await storage.lockThread(thread, { owner: 'test' });
    const config = {
      configurable: { thread_id: thread },
      signal: lock.signal,
      recursionLimit: runs.steps + 10,
      durability: 'sync',
    } as const;
    const begun = await witness.getTuple(config);
    await graph.invoke(begun === undefined ? { target: runs.steps } : null, config);
  };
  const run = async (thread: string): Promise<void> => {
    const giveUpAt = performance.now() + GIVE_UP_MS;
    for (;;) {
      try {
        await once(thread);
        return;
      } catch (error) {
        const mayTry = isPhasegateError(error) && error.retryable && (runs.insist ?? true);
        if (!mayTry || performance.now() > giveUpAt) {
          errors.set(thread, error);
          return;
        }
      }
      await delay(PAUSE_MS);
    }
  };
  await Promise.all(runs.threads.map(run));
  await trouble;
  expect(witness.slowestMs).toBeLessThan(DEADLINE_MS + SLACK_MS);
  return { witness, errors };
}

/** Reads a thread anew, as a process that remembers nothing: its values, its checkpoints, newest first. */
export async function readThread(
  servers: Servers,
  thread: string,
): Promise<{ readonly log: unknown; readonly tuples: readonly CheckpointTuple[] }> {
  const own = { stateKeys: STATE_KEYS, ...PATIENT };
  await using storage = await openRedisStorage({ ...addressOf(servers), ...own });
  const config = { configurable: { thread_id: thread, checkpoint_ns: '' } };
  const latest = await storage.checkpointer.getTuple(config);
  const tuples: CheckpointTuple[] = [];
  for await (const tuple of storage.checkpointer.list(config)) tuples.push(tuple);
  return { log: latest?.checkpoint.channel_values['log'], tuples };
}

/** Asserts that each thread has counted to its end, no number twice, and has every checkpoint that was acknowledged. */
export async function assertWhole(
  servers: Servers,
  witness: Witness,
  { threads, steps }: Pick<Runs, 'threads' | 'steps'>,
): Promise<void> {
  const counted = Array.from({ length: steps }, (_, index) => index + 1);
  for (const thread of threads) {
    const { log, tuples } = await readThread(servers, thread);
    const ids = tuples.map(({ checkpoint }) => checkpoint.id);
    const steppedAt = tuples.map(({ metadata }) => metadata?.step);
    const acknowledged = [...(witness.acknowledged.get(thread) ?? [])];
    expect({
      thread,
      log,
      lost: acknowledged.filter((id) => !ids.includes(id)),
      idsTwice: ids.length - new Set(ids).size,
      stepsTwice: steppedAt.length - new Set(steppedAt).size,
    }).toEqual({ thread, log: counted, lost: [], idsTwice: 0, stepsTwice: 0 });
  }
}
