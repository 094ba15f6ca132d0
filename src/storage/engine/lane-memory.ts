import type { HeadRow, Lane, ThreadRow } from './checkpoint-store.ts';
import type { KnownReferences } from './parts/index.ts';
import type { WriteMarks } from './write-marks.ts';

/** What this process remembers of a lane. All of it may be missing or out of date: the store has the last word. */
export interface LaneMemory {
  head: HeadRow | undefined;
  /** References of the last checkpoint that was put or read here. */
  references: KnownReferences;
  /** Segments that the store was seen to have. */
  stored: ReadonlySet<string>;
  readonly writes: WriteMarks;
}

/** What this process remembers of a thread. */
export interface ThreadMemory {
  /** Whether its absence is no sign of anything, since threads of this store expire. */
  readonly mayVanish: boolean;
  /** The row that outlives its deletion, as the store had it. */
  row: ThreadRow | undefined;
  /** The greatest revision seen of each lane: a store that shows an older one was turned back. */
  readonly revisions: Map<string, number>;
  readonly lanes: Map<string, LaneMemory>;
  /** Puts that are on their way: one of them may begin the thread again. */
  readonly underWay: Set<Promise<unknown>>;
}

const REMEMBERED_LANES = 100;
const NOTHING: KnownReferences = new Map();
const NO_SEGMENTS: ReadonlySet<string> = new Set();

/** Remembers the threads that were used last, `limit` of them. */
export class Memory {
  readonly #limit: number;
  readonly #mayVanish: boolean;
  readonly #threads = new Map<string, ThreadMemory>();
  /** The thread that was used last, which is asked for many times in a row. */
  #last: { readonly thread: string; readonly memory: ThreadMemory } | undefined;

  constructor(limit: number, mayVanish: boolean) {
    this.#limit = limit;
    this.#mayVanish = mayVanish;
  }

  thread(thread: string): ThreadMemory {
    if (this.#last?.thread === thread) return this.#last.memory;
    const known = this.#threads.get(thread);
    const memory = known ?? this.#nothing();
    // The order of a Map is that of insertion: the least recently used thread comes first.
    this.#threads.delete(thread);
    this.#threads.set(thread, memory);
    if (this.#threads.size > this.#limit) {
      for (const [oldest] of this.#threads) {
        this.#threads.delete(oldest);
        break;
      }
    }
    this.#last = { thread, memory };
    return memory;
  }

  #nothing(): ThreadMemory {
    const mayVanish = this.#mayVanish;
    return {
      mayVanish,
      row: undefined,
      revisions: new Map(),
      lanes: new Map(),
      underWay: new Set(),
    };
  }

  lane({ thread, ns }: Lane): LaneMemory {
    const { lanes } = this.thread(thread);
    const known = lanes.get(ns);
    if (known !== undefined) return known;
    const memory = { head: undefined, references: NOTHING, stored: NO_SEGMENTS, writes: new Map() };
    // Each call of a subgraph may have a namespace of its own.
    if (lanes.size >= REMEMBERED_LANES) lanes.clear();
    lanes.set(ns, memory);
    return memory;
  }

  /** What is remembered of the writes of a lane; nothing is begun for one that is not known. */
  writesOf({ thread, ns }: Lane): WriteMarks {
    return this.#threads.get(thread)?.lanes.get(ns)?.writes ?? new Map();
  }

  /** Forgets which writes were replaced here: whoever held the thread meanwhile may have taken them back. */
  forgetWrites(thread: string): void {
    for (const lane of this.#threads.get(thread)?.lanes.values() ?? []) lane.writes.clear();
  }

  /** Forgets a thread altogether, as if this process had never seen it. */
  forget(thread: string): void {
    this.#threads.delete(thread);
    this.#last = undefined;
  }

  /** Forgets what a deletion or pruning may have changed; the revisions seen are kept. */
  forgetLanes(thread: string): void {
    const memory = this.thread(thread);
    memory.row = undefined;
    memory.lanes.clear();
  }
}
