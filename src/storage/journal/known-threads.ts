import type { Clock } from '../../kernel/index.ts';
import type { Lane, LaneFacts, Reading } from '../engine/index.ts';
import { ThreadConflictError } from '../errors/index.ts';
import { Acknowledged, revisionOf } from './acknowledged.ts';
import type { RemoteStore } from './remote.ts';
import { ThreadMirror } from './thread-mirror.ts';

/** A thread that goes on while the server is away. */
export interface KnownThread {
  readonly mirror: ThreadMirror;
  /** Operations that were acknowledged and that the server does not have. */
  kept: number;
  /** Whether what was known before them stands in the journal. */
  isBased: boolean;
  usedAtMs: number;
  /** When each checkpoint came, by namespace and id. */
  readonly cameAtMs: Map<string, number>;
}

interface Conflict {
  readonly sibling: string;
  readonly ids: ReadonlySet<string>;
}

interface Behind {
  readonly over: Promise<void>;
  readonly end: () => void;
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
  readonly #behind = new Map<string, Behind>();
  readonly #acknowledged = new Acknowledged();

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

  /** Says that the server may have less of these threads than it had, until it was compared with their journal. */
  expect(threads: Iterable<string>): void {
    for (const thread of threads) {
      if (this.#behind.has(thread)) continue;
      let end: () => void = () => undefined;
      const over = new Promise<void>((resolve) => {
        end = resolve;
      });
      this.#behind.set(thread, { over, end });
    }
  }

  /** Says that the server has everything of a thread, or of all threads. */
  compared(...threads: readonly string[]): void {
    for (const thread of threads.length === 0 ? [...this.#behind.keys()] : threads) {
      this.#behind.get(thread)?.end();
      this.#behind.delete(thread);
    }
  }

  /** Ends when the server has everything of the thread; `undefined` where it has. */
  behind(thread: string): Promise<void> | undefined {
    return this.#behind.get(thread)?.over;
  }

  /** Takes in what the server said of some lanes, and that was believed; `isAll` where it has no others. */
  acknowledged(thread: string, lanes: ReadonlyMap<string, LaneFacts>, isAll = false): void {
    this.#acknowledged.learn(thread, lanes, isAll);
  }

  /** Notes that the server has stored a lane as far as `revision`. */
  stored({ thread, ns }: Lane, revision: number): void {
    this.#acknowledged.stored(thread, ns, revision);
  }

  /** Whether the server says less of a thread than it has acknowledged; `isAll` where it has no other lanes. */
  isLess(thread: string, lanes: ReadonlyMap<string, LaneFacts>, isAll = false): boolean {
    const known = new Map(this.#acknowledged.of(thread));
    for (const [ns, { revision }] of this.#threads.get(thread)?.mirror.heads ?? []) {
      known.set(ns, Math.max(revision, known.get(ns) ?? 0));
    }
    return [...known].some(([ns, revision]) => {
      const facts = lanes.get(ns);
      return facts === undefined ? isAll && revision > 0 : revisionOf(facts) < revision;
    });
  }

  /** Whether the server has acknowledged anything of a thread. */
  hasAny(thread: string): boolean {
    return this.isLess(thread, new Map(), true);
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
    this.acknowledged(lane.thread, new Map([[lane.ns, reading.facts]]));
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
    this.#acknowledged.forget(thread);
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
    this.forget(thread);
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
