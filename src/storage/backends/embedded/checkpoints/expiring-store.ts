import type { CheckpointStore } from '../../../engine/index.ts';
import type { Lifetimes } from './lifetimes.ts';

const SWEEP_EACH_MS = 60_000;

/** What a store whose threads come to an end works with. */
export interface ExpiringParts {
  readonly lifetimes: Lifetimes;
  /** Runs work as one transaction that may write. */
  readonly write: <Value>(work: () => Value) => Value;
  readonly monotonicMs: () => number;
}

/**
 * Gives a store whose threads come to an end, each as a whole. A thread whose time is over is gone for every caller at
 * once; its rows go when it is asked for, or within a minute of other work. `store` itself calls `touch` with what it
 * changes.
 */
export function expiringStore(store: CheckpointStore, parts: ExpiringParts): CheckpointStore {
  const { lifetimes, write } = parts;
  const { expire, sweep, sweepSometimes } = createSweeper(parts);
  const used = <Value>(thread: string, value: Value): Value => {
    if (lifetimes.isToTouch(thread)) write(() => lifetimes.touch(thread));
    return value;
  };
  const changed = async <Value>(thread: string, work: () => Promise<Value>): Promise<Value> => {
    sweepSometimes();
    expire(thread);
    return work();
  };
  return {
    ...store,
    read: async (lane, id) => {
      expire(lane.thread);
      return used(lane.thread, await store.read(lane, id));
    },
    page: async (page) => {
      if (page.thread === undefined) sweep();
      else expire(page.thread);
      return store.page(page);
    },
    threads: async () => {
      sweep();
      return store.threads();
    },
    lanes: async (thread) => {
      expire(thread);
      return store.lanes(thread);
    },
    threadRow: async (thread) => {
      expire(thread);
      return store.threadRow(thread);
    },
    commit: async (commit) => changed(commit.lane.thread, async () => store.commit(commit)),
    commitWrites: async (commit) =>
      changed(commit.lane.thread, async () => store.commitWrites(commit)),
    erase: async (...[thread, row, expected]) =>
      changed(thread, async () => store.erase(thread, row, expected)),
    remove: async (removal) => {
      expire(removal.thread);
      return store.remove(removal);
    },
    stage: async (thread) => {
      const stage = await store.stage(thread);
      return {
        ...stage,
        finish: async (arrival) => changed(thread, async () => stage.finish(arrival)),
      };
    },
  };
}

interface Sweeper {
  /** Removes a thread whose time is over. */
  readonly expire: (thread: string) => void;
  readonly sweep: () => void;
  /** Removes all threads whose time is over, unless that was done within the last minute. */
  readonly sweepSometimes: () => void;
}

function createSweeper({ lifetimes, write, monotonicMs }: ExpiringParts): Sweeper {
  let sweptAtMs = Number.NEGATIVE_INFINITY;
  const expire = (thread: string): void => {
    if (!lifetimes.isOver(thread)) return;
    write(() => {
      // It may have been used again by another process in the meantime.
      if (lifetimes.isOver(thread)) lifetimes.expire(thread);
    });
  };
  const sweep = (): void => {
    sweptAtMs = monotonicMs();
    for (let over = lifetimes.over(); over.length > 0; over = lifetimes.over()) {
      for (const thread of over) expire(thread);
    }
  };
  const sweepSometimes = (): void => {
    if (monotonicMs() - sweptAtMs > SWEEP_EACH_MS) sweep();
  };
  return { expire, sweep, sweepSometimes };
}
