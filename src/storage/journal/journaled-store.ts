import type {
  CheckpointStore,
  Commit,
  CommitOutcome,
  LaneFacts,
  Page,
  Reading,
  ThreadRow,
  WriteCommit,
  WriteOutcome,
} from '../engine/index.ts';
import type { KnownThread } from './known-threads.ts';
import type { JournalChange, JournalFile } from './log/index.ts';
import { operate, type OperatingParts, type Operation } from './operate.ts';

/** What a journaled store works with. */
export interface JournaledStoreParts extends OperatingParts {
  readonly journal: JournalFile;
}

/** Gives the remote store with a journal before it, so that threads of this process go on while it is away. */
export function createJournaledStore(parts: JournaledStoreParts): CheckpointStore {
  const { remote, threads } = parts;
  return {
    ...readsOf(parts),
    commit: async (commit) => put(parts, commit),
    commitWrites: async (commit) => putWrites(parts, commit),
    erase: async (thread, row, expected) =>
      change(parts, { thread, change: { kind: 'erase', row } }, async () =>
        remote.store.erase(thread, row, expected),
      ),
    remove: async (removal) =>
      change(parts, { thread: removal.thread, change: { kind: 'remove', removal } }, async () =>
        remote.store.remove(removal),
      ),
    stage: async (thread) =>
      operate(parts, {
        thread,
        kind: 'write',
        remotely: async () => remote.store.stage(thread),
        locally: () => undefined,
        answered: () => {
          // What arrives from elsewhere takes the place of all that was known.
          threads.forget(thread);
          parts.journal.dropThread(thread);
        },
      }),
  };
}

type Reads = Pick<
  CheckpointStore,
  'read' | 'page' | 'segments' | 'lanes' | 'threads' | 'threadRow' | 'segmentDigests'
>;

function readsOf(parts: JournaledStoreParts): Reads {
  const { remote, threads } = parts;
  const reading = <Value>(
    thread: string | undefined,
    ways: Pick<Operation<Value>, 'remotely' | 'locally' | 'isLess' | 'answered'>,
  ): Promise<Value> => operate(parts, { thread, kind: 'read', ...ways });
  return {
    read: async (lane, id) =>
      reading<Reading>(lane.thread, {
        remotely: async () => remote.store.read(lane, id),
        locally: ({ mirror }) => mirror.read(lane, id),
        isLess: ({ facts }) => threads.isLess(lane.thread, new Map([[lane.ns, facts]])),
        answered: (answer) => threads.learn(lane, answer),
      }),
    page: async (page) =>
      reading(page.thread, {
        remotely: async () => remote.store.page(page),
        locally: ({ mirror }) => mirror.page(page),
        isLess: (found) => found.length === 0 && isOfAll(page) && threads.hasAny(page.thread),
      }),
    segments: async (thread, digests) =>
      reading(thread, {
        remotely: async () => remote.store.segments(thread, digests),
        locally: ({ mirror }) => mirror.segments(digests),
        isLess: (found) => digests.some((digest) => !found.has(digest)),
      }),
    lanes: async (thread) =>
      reading<ReadonlyMap<string, LaneFacts>>(thread, {
        remotely: async () => remote.store.lanes(thread),
        locally: ({ mirror }) => mirror.lanes(),
        isLess: (lanes) => threads.isLess(thread, lanes, true),
        answered: (lanes) => threads.acknowledged(thread, lanes, true),
      }),
    threads: async () =>
      reading(undefined, {
        remotely: async () => remote.store.threads(),
        locally: () => undefined,
      }),
    threadRow: async (thread) => {
      const { row } = await reading(thread, {
        remotely: async () => ({ row: await remote.store.threadRow(thread) }),
        locally: ({ mirror }) => ({ row: mirror.row }),
        isLess: ({ row: found }) => lacksRow(parts, thread, found),
      });
      return row;
    },
    segmentDigests: async (thread) =>
      reading(thread, {
        remotely: async () => remote.store.segmentDigests(thread),
        locally: () => undefined,
      }),
  };
}

/** Whether a page begins with the newest of all checkpoints of a thread. */
function isOfAll(page: Page): page is Page & { readonly thread: string } {
  const { thread, ns, id, before, after } = page;
  return thread !== undefined && [ns, id, before, after].every((each) => each === undefined);
}

/** Whether the server does not know any more that a thread was deleted once. */
function lacksRow(
  { threads }: JournaledStoreParts,
  thread: string,
  found: ThreadRow | undefined,
): boolean {
  return found === undefined && threads.get(thread)?.mirror.row !== undefined;
}

async function put(parts: JournaledStoreParts, commit: Commit): Promise<CommitOutcome> {
  const { lane, row } = commit;
  const { threads, remote } = parts;
  threads.refuseConflict(lane.thread, row.id, row.parent);
  const entry = new Entry(parts, lane.thread, { kind: 'put', commit });
  return operate<CommitOutcome>(parts, {
    thread: lane.thread,
    kind: 'write',
    remotely: async () => {
      entry.send();
      return remote.store.commit(commit);
    },
    locally: (known) => {
      const outcome = known.mirror.judge(commit);
      if (outcome?.kind === 'done') {
        entry.keep(known);
        threads.touch(known, lane.ns, row.id);
      }
      return outcome;
    },
    isLess: (outcome) =>
      outcome.kind === 'conflict' &&
      threads.isLess(lane.thread, new Map([[lane.ns, outcome.facts]])),
    answered: (outcome) => {
      if (outcome.kind === 'conflict') {
        threads.acknowledged(lane.thread, new Map([[lane.ns, outcome.facts]]));
      }
      if (outcome.kind !== 'done' && !isThere(outcome, commit)) return entry.drop();
      threads.stored(lane, commit.head.revision);
      const known = threads.get(lane.thread) ?? begun(parts, commit);
      entry.store(known);
      if (known !== undefined) threads.touch(known, lane.ns, row.id);
    },
    failed: () => entry.drop(),
  });
}

/** Whether the server stands where this put leads to: it had taken it before, and could not say so. */
function isThere(outcome: CommitOutcome, { row, head }: Commit): boolean {
  if (outcome.kind !== 'conflict') return false;
  const [found, at] = [outcome.existing?.mac, outcome.facts.head?.mac];
  if (found === undefined || at === undefined) return false;
  return Buffer.compare(found, row.mac) === 0 && Buffer.compare(at, head.mac) === 0;
}

/** A thread is known as a whole if its first checkpoint came from here. */
function begun({ threads }: JournaledStoreParts, commit: Commit): KnownThread | undefined {
  const { lane, expected } = commit;
  const isFirst = expected.head === undefined && expected.thread === undefined && lane.ns === '';
  if (!isFirst) return undefined;
  const known = threads.begin(lane.thread);
  known.mirror.completed();
  return known;
}

async function putWrites(parts: JournaledStoreParts, commit: WriteCommit): Promise<WriteOutcome> {
  const { thread } = commit.lane;
  const { threads, remote } = parts;
  threads.refuseConflict(thread, commit.id);
  const entry = new Entry(parts, thread, { kind: 'writes', commit });
  return operate<WriteOutcome>(parts, {
    thread,
    kind: 'write',
    remotely: async () => {
      entry.send();
      return remote.store.commitWrites(commit);
    },
    locally: (known) => {
      const outcome = known.mirror.judgeWrites(commit);
      if (outcome.kind === 'done') entry.keep(known);
      return outcome;
    },
    isLess: (outcome) => outcome.kind === 'conflict' && lacksRow(parts, thread, outcome.thread),
    answered: ({ kind }) => (kind === 'done' ? entry.store(threads.get(thread)) : entry.drop()),
    failed: () => entry.drop(),
  });
}

/** A note about a thread, and the two ways in which it can be made. */
export interface Noting<Value> {
  readonly thread: string;
  readonly text: string;
  readonly remotely: () => Promise<Value>;
  readonly locally: () => Value;
}

/** Makes a note about a thread: it goes to the server, or waits in the journal of a thread that goes on without it. */
export async function makeNote<Value>(
  parts: JournaledStoreParts,
  { thread, text, remotely, locally }: Noting<Value>,
): Promise<Value> {
  const entry = new Entry(parts, thread, { kind: 'note', text });
  return operate<Value>(parts, {
    thread,
    kind: 'write',
    remotely: async () => {
      entry.send();
      return remotely();
    },
    locally: (known) => {
      entry.keep(known);
      return locally();
    },
    answered: () => entry.store(parts.threads.get(thread)),
    failed: () => entry.drop(),
  });
}

/** Does what the journal cannot do alone, and notes that it was done. */
async function change(
  parts: JournaledStoreParts,
  { thread, change: what }: { readonly thread: string; readonly change: JournalChange },
  remotely: () => Promise<boolean>,
): Promise<boolean> {
  const entry = new Entry(parts, thread, what);
  return operate(parts, {
    thread,
    kind: 'write',
    remotely: async () => {
      entry.send();
      return remotely();
    },
    locally: () => undefined,
    answered: (isDone) => {
      if (!isDone) return entry.drop();
      entry.store(parts.threads.get(thread));
    },
    failed: () => entry.drop(),
  });
}

/** An operation's line in the journal. */
class Entry {
  readonly #parts: JournaledStoreParts;
  readonly #thread: string;
  readonly #change: JournalChange;
  #seq: number | undefined;

  constructor(parts: JournaledStoreParts, thread: string, what: JournalChange) {
    this.#parts = parts;
    this.#thread = thread;
    this.#change = what;
  }

  /** Before it goes to the server. */
  send(): void {
    this.#seq = this.#append('sent', this.#change);
  }

  /** The server has it. */
  store(known: KnownThread | undefined): void {
    const { journal } = this.#parts;
    known?.mirror.apply(this.#change);
    if (this.#change.kind === 'erase') {
      // Nothing from before a deletion is to come back.
      journal.dropThread(this.#thread);
      this.send();
    }
    if (this.#seq !== undefined) journal.stored(this.#seq);
  }

  /** The server may have it or not; it counts from now on, and the server will be told. */
  keep(known: KnownThread): void {
    const { threads } = this.#parts;
    if (!known.isBased) this.#append('stored', { kind: 'base', snapshot: known.mirror.snapshot() });
    known.isBased = true;
    this.#append('kept', this.#change);
    known.kept += 1;
    known.mirror.apply(this.#change);
    threads.degraded(this.#thread);
  }

  /** It was not done, or nobody was told that it was. */
  drop(): void {
    if (this.#seq !== undefined) this.#parts.journal.drop(this.#seq);
    this.#seq = undefined;
  }

  #append(state: 'sent' | 'kept' | 'stored', what: JournalChange): number {
    const { journal, remote } = this.#parts;
    const lease = remote.leaseOf(this.#thread);
    return journal.append({ thread: this.#thread, state, lease, change: what });
  }
}
