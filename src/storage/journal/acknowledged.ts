import type { LaneFacts } from '../engine/index.ts';

const REMEMBERED = 1_000;

/**
 * The newest revision of each lane that the server told this process of, for the threads that were used last. A server
 * that says less has lost it, or somebody took it away.
 */
export class Acknowledged {
  readonly #threads = new Map<string, Map<string, number>>();

  /** The revisions of a thread, by namespace. */
  of(thread: string): ReadonlyMap<string, number> {
    return this.#threads.get(thread) ?? new Map();
  }

  /** Takes in what the server has of some lanes; `isAll` where it has no others. */
  learn(thread: string, lanes: ReadonlyMap<string, LaneFacts>, isAll: boolean): void {
    const known = this.#used(thread);
    if (isAll) known.clear();
    for (const [ns, facts] of lanes) known.set(ns, revisionOf(facts));
  }

  /** Takes in what the server has stored. Two puts at once may end in any order. */
  stored(thread: string, ns: string, revision: number): void {
    const known = this.#used(thread);
    known.set(ns, Math.max(revision, known.get(ns) ?? 0));
  }

  forget(thread: string): void {
    this.#threads.delete(thread);
  }

  #used(thread: string): Map<string, number> {
    const known = this.#threads.get(thread) ?? new Map<string, number>();
    // The order of a Map is that of insertion: the least recently used thread comes first.
    this.#threads.delete(thread);
    this.#threads.set(thread, known);
    if (this.#threads.size > REMEMBERED) {
      for (const oldest of this.#threads.keys()) {
        this.#threads.delete(oldest);
        break;
      }
    }
    return known;
  }
}

/** How far a lane has come: what was deleted counts. */
export function revisionOf({ head, thread }: LaneFacts): number {
  return head?.revision ?? thread?.floor ?? 0;
}
