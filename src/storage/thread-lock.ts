/** The right to write a thread. It ends with {@link ThreadLock.release}, with the process, or when `signal` is aborted. */
export interface ThreadLock extends AsyncDisposable {
  readonly thread: string;
  /** Grows by one with each holder of the thread, so a later holder always has the greater epoch. */
  readonly epoch: number;
  /** ISO-8601 UTC. */
  readonly since: string;
  /** Aborted with a ThreadLockLostError when the lock was lost: stop, nothing more can be written to the thread. */
  readonly signal: AbortSignal;
  /** Gives the thread free. Safe to call twice, and after a loss. */
  release(): Promise<void>;
}

/** How a thread is locked. */
export interface LockOptions {
  /** Who takes it, for the one who is refused: a short name such as `cli` or `worker`. */
  readonly owner?: string;
  /**
   * Says that the id was made up just now, so that nobody else can have the thread: it may then begin while the storage is
   * away, where a journal takes in what is written.
   */
  readonly isNew?: boolean;
}
