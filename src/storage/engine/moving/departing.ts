import {
  StateContentionError,
  StateIntegrityError,
  ThreadNotFoundError,
} from '../../errors/index.ts';
import type { CheckpointRow, HeadRow, WriteRow } from '../checkpoint-store.ts';
import type { WritingParts } from '../committer.ts';
import { checkFacts } from '../lane-reader.ts';

const PAGE = 200;

/** A checkpoint on its way, with those of its segments that did not go before. */
export interface MovingCheckpoint {
  readonly ns: string;
  readonly row: CheckpointRow;
  readonly writes: readonly WriteRow[];
  readonly segments: ReadonlyMap<string, Uint8Array>;
}

/** A thread as it is stored, to be read once. */
export interface Departure {
  readonly thread: string;
  /** What each namespace holds. */
  readonly heads: ReadonlyMap<string, HeadRow>;
  /** @throws StateContentionError at its end where the thread was changed meanwhile. */
  readonly checkpoints: () => AsyncGenerator<MovingCheckpoint>;
}

/**
 * Begins to read a thread whole. Pending writes of checkpoints that were never put stay behind.
 *
 * @throws {@link ThreadNotFoundError}; what reading a damaged thread throws.
 */
export async function departFrom(parts: WritingParts, thread: string): Promise<Departure> {
  const heads = await headsOf(parts, thread);
  if (heads.size === 0) throw new ThreadNotFoundError(thread);
  return {
    thread,
    heads,
    checkpoints: async function* () {
      const sent = new Set<string>();
      for (const ns of heads.keys()) yield* checkpointsOf(parts, { thread, ns, sent });
      const after = await headsOf(parts, thread);
      const isSame = [...heads].every(([ns, head]) => {
        return Buffer.compare(after.get(ns)?.mac ?? new Uint8Array(), head.mac) === 0;
      });
      if (!isSame || after.size !== heads.size) throw new StateContentionError(thread, 1);
    },
  };
}

async function headsOf(
  { store, keys, memory }: WritingParts,
  thread: string,
): Promise<ReadonlyMap<string, HeadRow>> {
  const heads = new Map<string, HeadRow>();
  for (const [ns, facts] of await store.lanes(thread)) {
    checkFacts(keys, { thread, ns }, { facts, memory: memory.thread(thread) });
    if (facts.head !== undefined) heads.set(ns, facts.head);
  }
  return heads;
}

async function* checkpointsOf(
  { store }: WritingParts,
  lane: { readonly thread: string; readonly ns: string; readonly sent: Set<string> },
): AsyncGenerator<MovingCheckpoint> {
  const { thread, ns, sent } = lane;
  const page = { thread, ns, id: undefined, after: undefined, limit: PAGE };
  let before: string | undefined;
  for (;;) {
    const found = await store.page({ ...page, before });
    for (const { row, writes } of found) {
      const wanted = row.segments.filter((digest) => !sent.has(digest));
      const segments =
        wanted.length === 0 ? new Map<string, Uint8Array>() : await store.segments(thread, wanted);
      if (segments.size !== wanted.length) {
        const at = { thread, ns, checkpoint: row.id };
        throw new StateIntegrityError(at, 'a part of it is missing');
      }
      for (const digest of wanted) sent.add(digest);
      yield { ns, row, writes, segments };
    }
    before = found.at(-1)?.row.id;
    if (before === undefined || found.length < PAGE) return;
  }
}
