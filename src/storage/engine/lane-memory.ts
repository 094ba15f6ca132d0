import type { HeadRow, Lane, ThreadRow } from './checkpoint-store.ts';
import type { KnownReferences } from './header.ts';

/** What this process remembers of a lane. All of it may be missing or out of date: the store has the last word. */
export interface LaneMemory {
  head: HeadRow | undefined;
  /** References of the last checkpoint that was put or read here. */
  references: KnownReferences;
  /** Segments that the store was seen to have. */
  stored: ReadonlySet<string>;
}

/** What this process remembers of a thread. */
export interface ThreadMemory {
  /** The row that outlives its deletion, as the store had it. */
  row: ThreadRow | undefined;
  /** The greatest revision seen of each lane: a store that shows an older one was turned back. */
  readonly revisions: Map<string, number>;
  readonly lanes: Map<string, LaneMemory>;
}

const NOTHING: KnownReferences = new Map();
const NO_SEGMENTS: ReadonlySet<string> = new Set();

/** Remembers the threads that were used last, `limit` of them. */
export class Memory {
  readonly #limit: number;
  readonly #threads = new Map<string, ThreadMemory>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  thread(thread: string): ThreadMemory {
    const known = this.#threads.get(thread);
    const memory = known ?? { row: undefined, revisions: new Map(), lanes: new Map() };
    // The order of a Map is that of insertion: the least recently used thread comes first.
    this.#threads.delete(thread);
    this.#threads.set(thread, memory);
    if (this.#threads.size > this.#limit) {
      for (const [oldest] of this.#threads) {
        this.#threads.delete(oldest);
        break;
      }
    }
    return memory;
  }

  lane({ thread, ns }: Lane): LaneMemory {
    const { lanes } = this.thread(thread);
    const known = lanes.get(ns);
    if (known !== undefined) return known;
    const memory = { head: undefined, references: NOTHING, stored: NO_SEGMENTS };
    lanes.set(ns, memory);
    return memory;
  }

  /** Forgets what a deletion or pruning may have changed; the revisions seen are kept. */
  forgetLanes(thread: string): void {
    const memory = this.thread(thread);
    memory.row = undefined;
    memory.lanes.clear();
  }
}
