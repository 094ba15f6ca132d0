/** The right to write a thread. It ends with {@link ThreadLock.release}, with the process, or when `signal` is aborted. */
export interface ThreadLock extends AsyncDisposable {
  readonly thread: string;
  /** Grows by one with each holder of the thread, so a later holder always has the greater epoch. */
  readonly epoch: number;
  /** ISO-8601 UTC. */
  readonly since: string;
  /**
   * Aborted when the lock was lost, with a ThreadLockLostError, or a ThreadInterruptedError where another run took it:
   * stop, nothing more can be written to the thread.
   */
  readonly signal: AbortSignal;
  /** Gives the thread free. Safe to call twice, and after a loss. */
  release(): Promise<void>;
}

/**
 * What a second run does on a thread that is being worked on: `reject` gives up; `enqueue` waits in line, in the order of
 * arrival; `interrupt` takes the thread at once and goes on from what the other run had stored; `rollback` takes it at
 * once, and what the other run had stored since its own lock is taken back.
 *
 * @see LangGraph Server, "Double texting" (multitask strategies)
 */
export type BusyStrategy = 'reject' | 'enqueue' | 'interrupt' | 'rollback';

/** How a thread is locked. */
export interface LockOptions {
  /** Who takes it, for the one who is refused: a short name such as `cli` or `worker`. */
  readonly owner?: string;
  /** What to do while somebody else holds the thread; `reject` unless told. */
  readonly whenBusy?: BusyStrategy;
  /** How long to wait in line at most, where `whenBusy` is `enqueue`; 30,000 unless told. */
  readonly waitMs?: number;
  /** Ends the wait in line. */
  readonly signal?: AbortSignal;
  /**
   * Says that the id was made up just now, so that nobody else can have the thread: it may then begin while the storage is
   * away, where a journal takes in what is written.
   */
  readonly isNew?: boolean;
}
