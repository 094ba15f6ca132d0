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

/** That what an interrupted run had stored is about to be taken back. Its seal was checked. */
export interface CarriedOutRollback {
  readonly thread: string;
  /** The epoch of the lock under which the interrupted run worked. */
  readonly epoch: number;
  /** Who asked for it. */
  readonly owner: string;
  /** When it was asked for, ISO-8601 UTC. */
  readonly at: string;
  /** Id of the thread's latest checkpoint then; empty where it had none. */
  readonly from: string;
  /** Id of the one that is the latest again afterwards; empty where the thread is deleted. */
  readonly to: string;
}

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
  /**
   * Told before an interrupted run is taken back, by this one's wish or because another left that undone: what is to be
   * recorded of it. Where it throws, nothing is taken back, and the thread is not locked; the next one is told again.
   */
  readonly onRollback?: ((rollback: CarriedOutRollback) => Promise<void>) | undefined;
}
