import type {
  CheckpointStore,
  Commit,
  CommitOutcome,
  WriteCommit,
  WriteOutcome,
} from '../../engine/index.ts';
import type { KnownThread } from '../known-threads.ts';
import type { JournalChange } from '../log/index.ts';
import { operate } from '../operate.ts';
import { Entry, type JournaledStoreParts } from './entry.ts';
import { lacksRow, readsOf } from './reads.ts';

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
