import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';

import type { Clock, Ids } from '../../kernel/index.ts';
import type { CheckpointStore, Keyring } from '../engine/index.ts';
import { inTime, timerOf } from '../in-time.ts';
import { operate } from './operate.ts';
import { KnownThreads } from './known-threads.ts';
import type { JournalOptions } from './journal-options.ts';
import { openJournalDirectory, type JournalFile } from './log/index.ts';
import { OutageBreaker, type Report } from './outage-breaker.ts';
import type { RemoteStore } from './remote.ts';
import { hasChanged, noteIncarnation, reconcile } from './replay/index.ts';
import { healthOf, type StorageHealth } from './storage-health.ts';
import {
  createJournaledStore,
  makeNote,
  type JournaledStoreParts,
  type Noting,
} from './store/index.ts';
import { tendJournal } from './tend-journal.ts';

const DEFAULT_PROBE_MS = 250;

/** What a journal stands before, and what it works with. */
export interface JournalParts {
  readonly remote: RemoteStore;
  readonly options: JournalOptions;
  readonly keys: () => Keyring;
  /** Gives a saver with the keys of the storage, on any store. */
  readonly saverOn: (store: CheckpointStore) => BaseCheckpointSaver;
  /** Makes the checkpointer of this process forget what it saw of a thread. */
  readonly forget: (thread: string) => void;
  /** Each operation is answered within so many milliseconds. */
  readonly deadlineMs: number;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly report: Report;
}

/** A journal before a store. */
export class Journal {
  /** Goes on, for threads of this process, while the store behind it is away. */
  readonly store: CheckpointStore;
  readonly #parts: JournalParts;
  readonly #operating: JournaledStoreParts;
  readonly #own: JournalFile;
  /** The journals of processes that have died. */
  readonly #orphans: Set<JournalFile>;
  readonly #threads: KnownThreads;
  readonly #breaker: OutageBreaker;
  readonly #counts = { replayed: 0, conflicts: 0, dropped: 0, rejected: 0 };
  readonly #waiting = new Map<string, (() => Promise<void>)[]>();
  readonly #stopTending: () => void;
  #closing: Promise<void> | undefined;

  /** @throws STORAGE_INVALID_DURATION, STORAGE_NOT_A_DIRECTORY, STORAGE_FULL, STORAGE_IO, STORAGE_FAILED. */
  constructor(parts: JournalParts) {
    const { remote, options, clock, ids, report } = parts;
    for (const name of ['retentionMs', 'probeMs', 'watchMs'] as const)
      timerOf(`journal.${name}`, options[name] ?? 0);
    const fsync = options.fsync ?? false;
    const directory = openJournalDirectory(options.directory, { clock, fsync, ids });
    this.#parts = parts;
    this.#own = directory.own;
    this.#orphans = new Set(directory.orphans);
    this.#threads = new KnownThreads(remote, clock);
    this.#breaker = new OutageBreaker({
      place: remote.place,
      clock,
      report,
      probeMs: options.probeMs ?? DEFAULT_PROBE_MS,
      probe: async () => remote.probe(),
      reconcile: async () => this.#reconcile(),
      hasChanged: async () => hasChanged(remote, directory.own),
      isBehind: () => this.#isBehind(),
    });
    const inner = {
      own: this.#own,
      orphans: this.#orphans,
      threads: this.#threads,
      breaker: this.#breaker,
    };
    this.#stopTending = tendJournal({ ...parts, ...inner });
    this.#operating = {
      ...inner,
      remote,
      journal: directory.own,
      deadlineMs: parts.deadlineMs,
      rejected: () => {
        this.#counts.rejected += 1;
      },
    };
    this.store = createJournaledStore(this.#operating);
  }

  /** Brings to the server what processes that died have left. */
  async start(): Promise<void> {
    if (this.#orphans.size > 0) return this.#breaker.begin();
    return noteIncarnation(this.#parts.remote, this.#own);
  }

  health(): StorageHealth {
    return healthOf({
      breaker: this.#breaker,
      journals: [this.#own, ...this.#orphans],
      threads: this.#threads,
      counts: this.#counts,
    });
  }

  /** When this process first acknowledged something of the thread without the server, since its lock was taken. */
  degradedSince(thread: string): string | undefined {
    return this.#threads.degradedSince(thread);
  }

  /** What the metadata of a checkpoint of the thread is to say now. */
  marks(thread: string): { readonly degraded?: true } {
    const { state } = this.#breaker;
    const isAhead = this.#keeps(thread) && state === 'reconcile';
    return state === 'open' || state === 'half-open' || isAhead ? { degraded: true } : {};
  }

  /** Makes a note about a thread: at the server, or here where the thread goes on without it. */
  async makeNote<Value>(noting: Noting<Value>): Promise<Value> {
    return makeNote(this.#operating, noting);
  }

  /** Reads what `remotely` gives; the last note that was made here of a thread that goes on without the server. */
  async readNote<Value>(
    thread: string,
    {
      remotely,
      from,
    }: {
      readonly remotely: () => Promise<Value>;
      readonly from: (text: string) => Value;
    },
  ): Promise<Value> {
    const { value } = await operate(this.#operating, {
      thread,
      kind: 'read',
      remotely: async () => ({ value: await remotely() }),
      locally: ({ mirror }) =>
        mirror.note === undefined ? undefined : { value: from(mirror.note) },
    });
    return value;
  }

  /** Notes that a lock on a thread was taken; `isNew` where nobody else can have the thread. */
  locked(thread: string, isNew: boolean): void {
    this.#threads.locked(thread);
    if (isNew) this.#threads.begin(thread).mirror.completed();
  }

  /** Gives the error for somebody whose operation failed with `cause`: one that says when to try again. */
  explain(cause: unknown): unknown {
    return this.#breaker.notice(cause) ? this.#breaker.refusal() : cause;
  }

  /** Does something with a thread once the server has everything of it: at once, unless there is an outage. */
  async whenStored(thread: string, work: () => Promise<void>): Promise<void> {
    if (!this.#keeps(thread) && this.#breaker.state === 'closed') return work();
    this.#waiting.set(thread, [...(this.#waiting.get(thread) ?? []), work]);
  }

  /** Closes the journal; what the server does not have stays in it for the next process. Safe to call twice. */
  async close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #isBehind(): boolean {
    return [...this.#threads.all.values()].some(({ kept }) => kept > 0);
  }

  #keeps(thread: string): boolean {
    return (this.#threads.get(thread)?.kept ?? 0) > 0;
  }

  async #reconcile(): Promise<void> {
    const parts = {
      ...this.#parts,
      threads: this.#threads,
      count: (what: 'replayed' | 'conflicts' | 'dropped', by: number) => {
        this.#counts[what] += by;
      },
    };
    for (const journal of [this.#own, ...this.#orphans]) {
      this.#threads.expect(journal.threads('kept', 'stored', 'sent'));
    }
    this.#threads.expect(this.#threads.all.keys());
    // Who left them had died before this process began to write.
    const orphans = [...this.#orphans].map((journal) => ({ journal, isOwn: false }));
    if (orphans.length > 0) await reconcile(parts, orphans);
    await reconcile(parts, [{ journal: this.#own, isOwn: true }]);
    this.#threads.compared();
    for (const [thread, works] of this.#waiting) {
      if (this.#keeps(thread)) continue;
      this.#waiting.delete(thread);
      for (const work of works) await work();
    }
  }

  async #close(): Promise<void> {
    this.#stopTending();
    const { remote, deadlineMs } = this.#parts;
    if (this.#isBehind()) {
      // The server may just have come back. If not, the next process finds it all.
      const last = inTime(this.#breaker.begin(), { place: remote.place, ms: deadlineMs });
      await last.catch((error: unknown) => this.#breaker.notice(error));
    }
    this.#breaker.close();
    for (const journal of [this.#own, ...this.#orphans]) journal.close();
  }
}
