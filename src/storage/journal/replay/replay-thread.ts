import { isPhasegateError } from '../../../kernel/index.ts';
import type {
  CheckpointStore,
  Commit,
  HeadRow,
  Keyring,
  LaneFacts,
  ThreadRow,
} from '../../engine/index.ts';
import type { JournalEntry } from '../log/index.ts';
import type { Lease, RemoteStore } from '../remote.ts';
import type { ThreadMirror } from '../thread-mirror.ts';
import { restoreThread } from './restore-thread.ts';

/** A thread's part of a journal. */
export interface ThreadJournal {
  readonly entries: readonly JournalEntry[];
  readonly mirror: ThreadMirror;
  /** Whether the server may have lost what it acknowledged. */
  readonly mayHaveLost: boolean;
}

/**
 * What became of a thread's journal. `conflict`: the store went another way, and nothing of it was changed. `deleted`:
 * somebody deleted the thread meanwhile, and late writes do not bring it back. `lost`: the store lost the thread, and the
 * journal knows too little of it.
 */
export type Replayed =
  | { readonly kind: 'replayed'; readonly operations: number }
  | { readonly kind: 'restored'; readonly checkpoints: number }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'lost' };

/** What replaying works with. */
export interface ReplayParts {
  readonly remote: RemoteStore;
  readonly keys: () => Keyring;
}

const TAKEN: ReadonlySet<string> = new Set([
  'STORAGE_THREAD_BUSY',
  'STORAGE_THREAD_LOCK_LOST',
  'STORAGE_THREAD_INTERRUPTED',
]);
const NOTHING: Replayed = { kind: 'replayed', operations: 0 };

/**
 * Brings a thread in the store up to date with its journal: in order, under its lease, from the head on that each
 * operation was made for. What the store has already is recognized and not done twice.
 *
 * @throws the errors of the store when it goes away again.
 */
export async function replayThread(parts: ReplayParts, journal: ThreadJournal): Promise<Replayed> {
  const { remote } = parts;
  const { thread } = journal.mirror;
  const lanes = await remote.store.lanes(thread);
  const row = await remote.store.threadRow(thread);
  if (isDeletedBy(row, journal.mirror)) return { kind: 'deleted' };
  const isBehind = hasLost(journal.entries, lanes, row);
  const isNeeded = isBehind || journal.entries.some(({ state }) => state !== 'stored');
  if (!isNeeded && !journal.mayHaveLost) return NOTHING;
  // Somebody else has the thread: that is of no interest where nothing is missing.
  const taken: Replayed = isNeeded ? { kind: 'conflict' } : NOTHING;
  const held = remote.leaseOf(thread);
  const lease = held ?? leaseIn(journal.entries);
  if (!(await renewed(remote, thread, lease))) return taken;
  try {
    const replayed = await replayUnder(parts, journal, { lease, lanes, row, isBehind });
    if (replayed.kind !== 'conflict') await putNote(remote, journal);
    return replayed;
  } catch (error) {
    if (!isTaken(error)) throw error;
    return taken;
  } finally {
    if (held === undefined) await release(remote, thread, lease);
  }
}

function isDeletedBy(row: ThreadRow | undefined, mirror: ThreadMirror): boolean {
  return row?.isDeleted === true && !isSame(row.mac, mirror.row?.mac);
}

async function putNote(remote: RemoteStore, { entries, mirror }: ThreadJournal): Promise<void> {
  const note = noteIn(entries);
  if (note !== undefined) await remote.note(mirror.thread, note);
}

/** The latest note about a thread. */
export function noteIn(entries: readonly JournalEntry[]): string | undefined {
  const last = entries.findLast(({ change }) => change.kind === 'note')?.change;
  return last?.kind === 'note' ? last.text : undefined;
}

function leaseIn(entries: readonly JournalEntry[]): Lease | undefined {
  return entries.findLast((entry) => entry.lease !== undefined)?.lease;
}

async function renewed(
  remote: RemoteStore,
  thread: string,
  lease: Lease | undefined,
): Promise<boolean> {
  return lease === undefined || remote.renew(thread, lease);
}

async function release(
  remote: RemoteStore,
  thread: string,
  lease: Lease | undefined,
): Promise<void> {
  if (lease !== undefined) await remote.end(thread, lease);
}

interface Found {
  readonly lease: Lease | undefined;
  readonly lanes: ReadonlyMap<string, LaneFacts>;
  readonly row: ThreadRow | undefined;
  readonly isBehind: boolean;
}

async function replayUnder(
  { remote, keys }: ReplayParts,
  { entries, mirror, mayHaveLost }: ThreadJournal,
  { lease, lanes, row, isBehind }: Found,
): Promise<Replayed> {
  const store = remote.under(lease);
  const pending = entries.filter(({ state }) => state !== 'stored');
  if (isAbsent(lanes, row) && mirror.heads.size > 0) {
    const checkpoints = await restoreThread({ store, keys }, mirror);
    if (checkpoints !== undefined) return { kind: 'restored', checkpoints };
    if (pending.length === 0) return { kind: 'lost' };
  }
  const todo = mayHaveLost || isBehind ? entries : pending;
  let operations = 0;
  for (const [index, entry] of todo.entries()) {
    const done = await replayEntry({ store, mirror, lanes }, entry, todo.slice(index + 1));
    if (done === 'conflict') return { kind: 'conflict' };
    if (done === 'done' && (isBehind || pending.includes(entry))) operations += 1;
  }
  return { kind: 'replayed', operations };
}

function isAbsent(lanes: ReadonlyMap<string, LaneFacts>, row: ThreadRow | undefined): boolean {
  return row === undefined && [...lanes.values()].every(({ head }) => head === undefined);
}

interface At {
  readonly store: CheckpointStore;
  readonly mirror: ThreadMirror;
  readonly lanes: ReadonlyMap<string, LaneFacts>;
}

type Step = 'done' | 'there' | 'conflict';

async function replayEntry(
  at: At,
  entry: JournalEntry,
  later: readonly JournalEntry[],
): Promise<Step> {
  const { change } = entry;
  const { store } = at;
  if (change.kind === 'put') {
    if (isPassed(at, change.commit, later)) return 'there';
    return replayPut(at, change.commit);
  }
  if (change.kind === 'writes') {
    const { kind } = await store.commitWrites(change.commit);
    if (kind === 'done') return 'done';
    return entry.state === 'stored' ? 'there' : 'conflict';
  }
  if (change.kind === 'erase') return replayErase(at, entry.thread, change.row);
  if (change.kind === 'remove') return (await store.remove(change.removal)) ? 'done' : 'there';
  return 'there';
}

async function replayPut({ store, mirror }: At, commit: Commit): Promise<Step> {
  let outcome = await store.commit(commit);
  if (outcome.kind === 'missing-segments') {
    const segments = mirror.segments(commit.row.segments);
    if (segments === undefined) return 'conflict';
    outcome = await store.commit({ ...commit, segments });
  }
  if (outcome.kind === 'done') return 'done';
  const isThere = outcome.kind === 'conflict' && isSame(outcome.existing?.mac, commit.row.mac);
  return isThere ? 'there' : 'conflict';
}

/** Whether the store's head is this put's, or one of ours that came after it. */
function isPassed({ lanes }: At, { lane, head }: Commit, later: readonly JournalEntry[]): boolean {
  const found = lanes.get(lane.ns)?.head?.mac;
  if (found === undefined) return false;
  const ours = [head, ...later.flatMap((entry) => headsOf(entry).get(lane.ns) ?? [])];
  return ours.some(({ mac }) => isSame(mac, found));
}

async function replayErase(
  { store, lanes }: At,
  thread: string,
  row: ThreadRow | undefined,
): Promise<Step> {
  if (row === undefined || isSame((await store.threadRow(thread))?.mac, row.mac)) return 'there';
  const heads = [...lanes].flatMap(([ns, { head }]) => (head === undefined ? [] : [{ ns, head }]));
  // What was begun after the deletion stays.
  if (heads.some(({ head }) => head.revision > row.floor)) return 'there';
  const expected = new Map(heads.map(({ ns, head }) => [ns, head.mac]));
  return (await store.erase(thread, row, expected)) ? 'done' : 'there';
}

/** Whether the store is behind what it acknowledged. */
function hasLost(
  entries: readonly JournalEntry[],
  lanes: ReadonlyMap<string, LaneFacts>,
  row: ThreadRow | undefined,
): boolean {
  for (const entry of entries) {
    if (entry.state !== 'stored') continue;
    for (const [ns, head] of headsOf(entry)) {
      if ((lanes.get(ns)?.head?.revision ?? row?.floor ?? 0) < head.revision) return true;
    }
  }
  return false;
}

/** The heads that an operation left. */
function headsOf({ change }: JournalEntry): ReadonlyMap<string, HeadRow> {
  if (change.kind === 'put') return new Map([[change.commit.lane.ns, change.commit.head]]);
  if (change.kind === 'remove') {
    return new Map(change.removal.lanes.map(({ ns, head }) => [ns, head]));
  }
  if (change.kind !== 'base') return new Map();
  const { lanes } = change.snapshot;
  return new Map(lanes.flatMap(({ ns, head }) => (head === undefined ? [] : [[ns, head]])));
}

/** Whether somebody else has the thread now. */
function isTaken(error: unknown): boolean {
  return isPhasegateError(error) && TAKEN.has(error.code);
}

function isSame(found: Uint8Array | undefined, expected: Uint8Array | undefined): boolean {
  if (found === undefined || expected === undefined) return found === expected;
  return Buffer.compare(found, expected) === 0;
}
