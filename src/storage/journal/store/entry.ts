import type { KnownThread } from '../known-threads.ts';
import type { JournalChange, JournalFile } from '../log/index.ts';
import type { OperatingParts } from '../operate.ts';

/** What a journaled store works with. */
export interface JournaledStoreParts extends OperatingParts {
  readonly journal: JournalFile;
}

/** An operation's line in the journal. */
export class Entry {
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
