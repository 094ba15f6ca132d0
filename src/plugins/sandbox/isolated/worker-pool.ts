import { availableParallelism } from 'node:os';

import { MAX_THREAD_WAIT_MS } from '../../contract/index.ts';
import { startWorker, type WorkerThread } from './worker-thread.ts';

/** How many threads there are, and when another one is worth its start. */
export interface PoolSettings {
  /** Threads that are always there, idle or not. */
  readonly minWorkers: number;
  /** Calls that can run at one time; further ones wait their turn. */
  readonly maxWorkers: number;
  /** Calls that may wait; further ones are refused. */
  readonly maxWaiting: number;
  /** How long a call may wait, in milliseconds; 30 s unless told. Its own time begins when it has a thread. */
  readonly maxWaitMs?: number;
}

/** Two threads in waiting, and as many as keep the machine busy while some of them wait for their host. */
export const DEFAULT_POOL: PoolSettings = Object.freeze({
  minWorkers: 2,
  maxWorkers: Math.max(8, 2 * availableParallelism()),
  maxWaiting: 1000,
});

/** A waiting call this old is worth a new thread: shorter waits end by themselves. */
const PATIENCE_MS = 10;

/** Lends threads, one call each, so that ending a thread ends the call that deserved it and no other. */
export interface WorkerPool {
  /**
   * Lends a thread, preferably one that has loaded `key` already.
   *
   * @throws The signal's reason while waiting; {@link PoolBusyError} when too many wait, or it has waited too long.
   */
  borrow(key: string, signal?: AbortSignal): Promise<WorkerThread>;
  /** Takes a thread back; one that has ended is replaced. */
  giveBack(worker: WorkerThread): void;
  /** Idle threads that have loaded `key`. */
  idleWith(key: string): readonly WorkerThread[];
  close(): Promise<void>;
}

/** No thread can be had; the message says why. */
export class PoolBusyError extends Error {}

interface Waiting {
  readonly key: string;
  readonly take: (worker: WorkerThread) => void;
}

/** Opens a pool; its first threads start at once. */
export function createWorkerPool(settings: PoolSettings = DEFAULT_POOL): WorkerPool {
  return new Pool(settings);
}

class Pool implements WorkerPool {
  readonly #settings: PoolSettings;
  readonly #idle = new Set<WorkerThread>();
  readonly #all = new Set<WorkerThread>();
  readonly #waiting: Waiting[] = [];
  #starting = 0;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
    for (let count = 0; count < settings.minWorkers; count++) void this.#start();
  }

  borrow(key: string, signal?: AbortSignal): Promise<WorkerThread> {
    signal?.throwIfAborted();
    const worker = bestOf(this.#idle, key);
    if (worker !== undefined) {
      this.#idle.delete(worker);
      if (this.#idle.size === 0) this.#watch();
      return Promise.resolve(worker);
    }
    const { maxWaiting } = this.#settings;
    if (this.#waiting.length >= maxWaiting)
      return Promise.reject(
        new PoolBusyError(`over ${maxWaiting} calls wait for a thread already`),
      );
    this.#watch();
    return this.#queue(key, signal);
  }

  giveBack(worker: WorkerThread): void {
    if (!worker.ended) {
      this.#offer(worker);
      return;
    }
    this.#all.delete(worker);
    const wanted = Math.max(this.#settings.minWorkers, this.#waiting.length);
    if (!this.#closed && this.#all.size + this.#starting < wanted) void this.#start();
  }

  idleWith(key: string): readonly WorkerThread[] {
    return [...this.#idle].filter(({ loaded }) => loaded.has(key));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await Promise.all([...this.#all].map((worker) => worker.kill()));
  }

  #queue(key: string, signal: AbortSignal | undefined): Promise<WorkerThread> {
    const { maxWaitMs = MAX_THREAD_WAIT_MS } = this.#settings;
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
      };
      const entry: Waiting = {
        key,
        take: (worker) => {
          settle();
          resolve(worker);
        },
      };
      const giveUp = (error: Error): void => {
        settle();
        this.#waiting.splice(this.#waiting.indexOf(entry), 1);
        reject(error);
      };
      const stop = (): void => giveUp(signal?.reason as Error);
      const timer = setTimeout(() => {
        giveUp(new PoolBusyError(`no thread was free for it within ${maxWaitMs} ms`));
      }, maxWaitMs);
      signal?.addEventListener('abort', stop, { once: true });
      this.#waiting.push(entry);
    });
  }

  #offer(worker: WorkerThread): void {
    const same = this.#waiting.findIndex(({ key }) => worker.loaded.has(key));
    const [next] = this.#waiting.splice(Math.max(0, same), 1);
    if (next === undefined) this.#idle.add(worker);
    else next.take(worker);
  }

  async #start(): Promise<void> {
    this.#starting++;
    try {
      const worker = await startWorker();
      this.#all.add(worker);
      if (this.#closed) await worker.kill();
      else this.#offer(worker);
    } catch {
      // Whoever waits goes on waiting, under a deadline of its own; the next look at the queue starts another thread.
      this.#watch();
    } finally {
      this.#starting--;
    }
  }

  /** After a while, starts a thread for calls that still wait, and keeps one to spare while all others are busy. */
  #watch(): void {
    if (this.#timer !== undefined || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // One thread is started at a time: most waits are over before it is up.
      const short = this.#waiting.length > 0 && this.#starting === 0;
      const full = this.#all.size + this.#starting >= this.#settings.maxWorkers;
      if (!full && (short || this.#idle.size + this.#starting === 0)) void this.#start();
      if (this.#waiting.length > 0) this.#watch();
    }, PATIENCE_MS);
  }
}

/** One that has loaded `key`, or else the one with the fewest instances. */
function bestOf(workers: ReadonlySet<WorkerThread>, key: string): WorkerThread | undefined {
  let best: WorkerThread | undefined;
  for (const worker of workers) {
    if (worker.loaded.has(key)) return worker;
    if (best === undefined || worker.loaded.size < best.loaded.size) best = worker;
  }
  return best;
}
