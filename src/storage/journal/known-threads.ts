import type { Clock } from '../../kernel/index.ts';
import type { Reading } from '../engine/index.ts';
import { ThreadConflictError } from '../errors/index.ts';
import type { Lane } from '../engine/index.ts';
import type { RemoteStore } from './remote.ts';
import { ThreadMirror } from './thread-mirror.ts';

/** A thread that goes on while the server is away. */
export interface KnownThread {
  readonly mirror: ThreadMirror;
  /** Operations that were acknowledged and that the server does not have. */
  kept: number;
  /** Whether what was known before them stands in the journal. */
  isBased: boolean;
  /** Held while the journal of the thread is being replayed. */
  replaying: Promise<void> | undefined;
  usedAtMs: number;
  /** When each checkpoint came, by namespace and id. */
  readonly cameAtMs: Map<string, number>;
}

interface Conflict {
  readonly sibling: string;
  readonly ids: ReadonlySet<string>;
}

const REMEMBERED = 1_000;

/** The threads that this process works on: those whose lease it holds, and those that it began. */
export class KnownThreads {
  readonly #remote: RemoteStore;
  readonly #clock: Clock;
  readonly #threads = new Map<string, KnownThread>();
  /** Who once took a lock on a thread writes it under a lock ever after. */
  readonly #locked = new Set<string>();
  readonly #degradedAt = new Map<string, string>();
  readonly #conflicts = new Map<string, Conflict>();

  constructor(remote: RemoteStore, clock: Clock) {
    this.#remote = remote;
    this.#clock = clock;
  }

  get all(): ReadonlyMap<string, KnownThread> {
    return this.#threads;
  }

  get(thread: string): KnownThread | undefined {
    return this.#threads.get(thread);
  }

  /** Gives a thread that may go on without the server. */
  eligible(thread: string): KnownThread | undefined {
    const lease = this.#remote.leaseOf(thread);
    const isOurs = lease === undefined ? !this.#locked.has(thread) : lease.isValid();
    return isOurs ? this.#threads.get(thread) : undefined;
  }

  /** Notes that a lock was taken: a new run begins. */
  locked(thread: string): void {
    limit(this.#locked);
    this.#locked.add(thread);
    this.#degradedAt.delete(thread);
    this.#conflicts.delete(thread);
    // Somebody else may have written it since.
    if ((this.#threads.get(thread)?.kept ?? 0) === 0) this.#threads.delete(thread);
  }

  /** Takes in what the server answered about a thread that is ours. */
  learn(lane: Lane, reading: Reading): void {
    const isHeld = this.#remote.leaseOf(lane.thread)?.isValid() ?? false;
    const known = this.#threads.get(lane.thread) ?? (isHeld ? this.begin(lane.thread) : undefined);
    if (known === undefined) return;
    const { head, thread } = reading.facts;
    const isNew = known.mirror.heads.size === 0;
    if (isNew && lane.ns === '' && head === undefined && thread === undefined) {
      known.mirror.completed();
    }
    known.mirror.learn(lane, reading);
    if (reading.found !== undefined) this.touch(known, lane.ns, reading.found.row.id);
  }

  /** Begins to know a thread. */
  begin(thread: string): KnownThread {
    const known: KnownThread = {
      mirror: new ThreadMirror(thread),
      kept: 0,
      isBased: false,
      replaying: undefined,
      usedAtMs: this.#clock.monotonicMs(),
      cameAtMs: new Map(),
    };
    this.#threads.set(thread, known);
    return known;
  }

  touch(known: KnownThread, ns: string, id: string): void {
    known.usedAtMs = this.#clock.monotonicMs();
    known.cameAtMs.set(`${ns}\0${id}`, known.usedAtMs);
  }

  /** Forgets what came more than `ms` ago, but for the latest state of threads that are in use. */
  trim(ms: number): void {
    const beforeMs = this.#clock.monotonicMs() - ms;
    for (const [thread, known] of this.#threads) {
      if (known.kept > 0) continue;
      const isHeld = this.#remote.leaseOf(thread)?.isValid() ?? false;
      if (!isHeld && known.usedAtMs < beforeMs) {
        this.#threads.delete(thread);
        continue;
      }
      for (const [place, atMs] of known.cameAtMs) {
        if (atMs < beforeMs) known.cameAtMs.delete(place);
      }
      known.mirror.trim((ns, id) => known.cameAtMs.has(`${ns}\0${id}`));
    }
  }

  forget(thread: string): void {
    this.#threads.delete(thread);
  }

  degraded(thread: string): void {
    limit(this.#degradedAt);
    if (!this.#degradedAt.has(thread)) this.#degradedAt.set(thread, this.#clock.now());
  }

  degradedSince(thread: string): string | undefined {
    return this.#degradedAt.get(thread);
  }

  /** Notes that what was written here of a thread has gone to another one. */
  conflicted(thread: string, sibling: string): void {
    limit(this.#conflicts);
    const lanes = this.#threads.get(thread)?.mirror.snapshot().lanes ?? [];
    const ids = new Set(lanes.flatMap(({ rows }) => rows.map(({ id }) => id)));
    this.#conflicts.set(thread, { sibling, ids });
    this.#threads.delete(thread);
  }

  /** @throws ThreadConflictError for a write that builds on what went to another thread. */
  refuseConflict(thread: string, ...ids: readonly (string | null)[]): void {
    const conflict = this.#conflicts.get(thread);
    if (conflict === undefined) return;
    if (ids.some((id) => id !== null && conflict.ids.has(id))) {
      throw new ThreadConflictError(thread, conflict.sibling);
    }
  }
}

/** The order of a Set or Map is that of insertion: the oldest goes first. */
function limit(names: Set<string> | Map<string, unknown>): void {
  if (names.size < REMEMBERED) return;
  for (const oldest of names.keys()) {
    names.delete(oldest);
    return;
  }
}
