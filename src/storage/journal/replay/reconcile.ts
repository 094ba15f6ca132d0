import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';

import { isPhasegateError } from '../../../kernel/index.ts';
import type { CheckpointStore, Keyring } from '../../engine/index.ts';
import type { KnownThreads } from '../known-threads.ts';
import type { JournalEntry, JournalFile } from '../log/index.ts';
import type { Report } from '../outage-breaker.ts';
import type { RemoteStore } from '../remote.ts';
import { ThreadMirror } from '../thread-mirror.ts';
import { noteIn, replayThread } from './replay-thread.ts';
import { siblingName, writeSibling } from './sibling-thread.ts';

const INCARNATION = 'incarnation';
/** A thread that is written all the time is brought up to date in steps, each shorter than the one before. */
const ROUNDS = 20;

/** What reconciling works with. */
export interface ReconcileParts {
  readonly remote: RemoteStore;
  readonly threads: KnownThreads;
  readonly keys: () => Keyring;
  readonly saverOn: (store: CheckpointStore) => BaseCheckpointSaver;
  readonly report: Report;
  /** Makes the checkpointer of this process forget what it saw of a thread. */
  readonly forget: (thread: string) => void;
  /** Counts what was done. */
  readonly count: (what: 'replayed' | 'conflicts' | 'dropped', by: number) => void;
}

/** A journal, and whose it is. */
export interface Source {
  readonly journal: JournalFile;
  readonly isOwn: boolean;
}

/** Whether the server may have lost something since the journal was last reconciled with it. */
export async function hasChanged(remote: RemoteStore, journal: JournalFile): Promise<boolean> {
  return journal.fact(INCARNATION) !== (await remote.incarnation());
}

/** Notes which server a new journal begins with. */
export async function noteIncarnation(remote: RemoteStore, journal: JournalFile): Promise<void> {
  journal.remember(INCARNATION, await remote.incarnation());
}

/**
 * Brings the server up to date with journals, thread by thread, and with those of one thread in the order in which they
 * were written. A branch that does not fit what the server has goes into a sibling thread.
 *
 * @throws the errors of the store when the server goes away again; what was replayed until then is not replayed again.
 */
export async function reconcile(parts: ReconcileParts, sources: readonly Source[]): Promise<void> {
  const incarnation = await parts.remote.incarnation();
  const judged = sources.map((source) => ({
    ...source,
    mayHaveLost: source.journal.fact(INCARNATION) !== incarnation,
  }));
  for (const thread of threadsOf(parts, judged)) {
    const inOrder = judged.toSorted(
      (one, other) => one.journal.beganAtMs(thread) - other.journal.beganAtMs(thread) || 0,
    );
    for (const source of inOrder) await reconcileThread(parts, source, thread);
    // Until then operations on the thread wait, and do not go to a server that has less than they know.
    if (sources.some(({ isOwn }) => isOwn)) parts.threads.compared(thread);
  }
  for (const { journal } of judged) journal.remember(INCARNATION, incarnation);
}

function threadsOf({ threads }: ReconcileParts, sources: readonly Judged[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { journal, isOwn, mayHaveLost } of sources) {
    for (const thread of journal.threads('kept', 'stored', 'sent')) found.add(thread);
    if (isOwn && mayHaveLost) for (const thread of threads.all.keys()) found.add(thread);
  }
  return found;
}

interface Judged extends Source {
  readonly mayHaveLost: boolean;
}

async function reconcileThread(
  parts: ReconcileParts,
  source: Judged,
  thread: string,
): Promise<void> {
  const { journal, isOwn } = source;
  let { mayHaveLost } = source;
  for (let round = 0; round < ROUNDS; round += 1) {
    const entries = readEntries(parts, source, thread);
    if (entries === undefined) return;
    const known = isOwn ? parts.threads.get(thread) : undefined;
    if (entries.length === 0 && known === undefined) return;
    const mirror = known?.mirror ?? mirrorOf(thread, entries);
    const isFinished = await step(parts, { ...source, entries, mirror, mayHaveLost });
    if (!isFinished) return;
    mayHaveLost = false;
    if (known === undefined) return;
    known.kept = journal.entriesOf(thread).filter(({ state }) => state === 'kept').length;
    if (known.kept > 0) continue;
    known.isBased = false;
    return;
  }
}

interface Step extends Source {
  readonly entries: readonly JournalEntry[];
  readonly mirror: ThreadMirror;
  readonly mayHaveLost: boolean;
}

/** @returns whether the journal of the thread is replayed as far as it went. */
async function step(parts: ReconcileParts, work: Step): Promise<boolean> {
  const { journal, entries, mirror, isOwn } = work;
  const { thread } = mirror;
  const replayed = await replayThread(parts, work);
  if (replayed.kind === 'conflict') {
    await resolveConflict(parts, work);
    return false;
  }
  if (replayed.kind === 'deleted') {
    const late = entries.filter(({ state }) => state !== 'stored').length;
    journal.dropThread(thread);
    if (isOwn) parts.threads.forget(thread);
    parts.forget(thread);
    parts.count('dropped', late);
    if (late > 0) parts.report('thread-deleted-meanwhile', { thread, operations: late });
    return false;
  }
  if (replayed.kind === 'lost') parts.report('thread-lost', { thread });
  else if (replayed.kind === 'restored') {
    parts.count('replayed', entries.filter(({ state }) => state !== 'stored').length);
    parts.report('thread-restored', { thread, checkpoints: replayed.checkpoints });
  } else if (replayed.operations > 0) {
    parts.count('replayed', replayed.operations);
    parts.report('thread-replayed', { thread, operations: replayed.operations });
  }
  for (const { seq, state } of entries) if (state !== 'stored') journal.stored(seq);
  journal.flush();
  return true;
}

async function resolveConflict(parts: ReconcileParts, work: Step): Promise<void> {
  const { journal, entries, mirror } = work;
  const { thread } = mirror;
  const first = entries.find(({ state, change }) => state !== 'stored' && change.kind === 'put');
  const mac =
    first?.change.kind === 'put' ? first.change.commit.row.mac : [...mirror.heads.values()][0]?.mac;
  const sibling = siblingName(thread, mac ?? new Uint8Array());
  try {
    const store = parts.remote.under(undefined);
    const written = await writeSibling({ saverOn: parts.saverOn, store }, mirror, sibling);
    const note = noteIn(entries);
    if (note !== undefined) await parts.remote.note(sibling, note);
    parts.report('thread-conflict', { thread, sibling, checkpoints: written.checkpoints });
  } catch (error) {
    if (!isPhasegateError(error) || !error.code.startsWith('STORAGE_INTEGRITY')) throw error;
    // Rows that somebody changed in the file: nothing is made of them, and nothing is thrown away.
    journal.setAside(thread);
    parts.report('journal-set-aside', { thread, code: error.code });
  }
  parts.count('conflicts', 1);
  if (work.isOwn) parts.threads.conflicted(thread, sibling);
  parts.forget(thread);
  journal.dropThread(thread);
}

function readEntries(
  { report, count, threads }: ReconcileParts,
  { journal, isOwn }: Source,
  thread: string,
): readonly JournalEntry[] | undefined {
  try {
    const entries = journal.entriesOf(thread);
    // What this process has sent is under way, and whoever sent it hears how it ends.
    return isOwn ? entries.filter(({ state }) => state !== 'sent') : entries;
  } catch (error) {
    if (!isPhasegateError(error) || error.code !== 'STORAGE_UNREADABLE_ROW') throw error;
    journal.setAside(thread);
    if (isOwn) threads.forget(thread);
    report('journal-set-aside', { thread, code: error.code });
    count('conflicts', 1);
    return undefined;
  }
}

function mirrorOf(thread: string, entries: readonly JournalEntry[]): ThreadMirror {
  const mirror = new ThreadMirror(thread);
  for (const { change } of entries) mirror.apply(change);
  return mirror;
}
