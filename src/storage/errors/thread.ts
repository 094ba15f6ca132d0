import { PhasegateError } from '../../kernel/index.ts';

/** The id cannot name a thread. */
export class InvalidThreadIdError extends PhasegateError {
  readonly code = 'STORAGE_INVALID_THREAD_ID';
  constructor(length: number) {
    super(
      'Expected a thread id of 1 to 128 characters from A-Z a-z 0-9 . _ : - that begins with neither "." nor "-".',
      { hint: 'Choose another id, such as "spring-campaign".', details: { length } },
    );
  }
}

/** Somebody else is writing the thread. */
export class ThreadBusyError extends PhasegateError {
  readonly code = 'STORAGE_THREAD_BUSY';
  constructor(holder: {
    readonly thread: string;
    readonly pid: number;
    readonly owner: string;
    readonly since: string;
  }) {
    super(
      `Thread "${holder.thread}" is being worked on by ${holder.owner} (process ${holder.pid}) since ${holder.since}.`,
      {
        hint: 'Wait for it to end, or use another thread.',
        retryable: true,
        details: { ...holder },
      },
    );
  }
}

/** The lock of a thread went to another holder while this one slept; the write was refused. */
export class ThreadLockLostError extends PhasegateError {
  readonly code = 'STORAGE_THREAD_LOCK_LOST';
  constructor(thread: string, cause?: unknown) {
    super(`The lock on thread "${thread}" was lost; nothing more is written to it from here.`, {
      hint: 'Run the same command again: it continues from the last checkpoint.',
      retryable: true,
      details: { thread },
      cause,
    });
  }
}

/** A write came for a thread, or a life of it, that was deleted. */
export class ThreadDeletedError extends PhasegateError {
  readonly code = 'STORAGE_THREAD_DELETED';
  constructor(thread: string, checkpoint: string) {
    super(`Thread "${thread}" was deleted; a late write to it was refused.`, {
      hint: 'End the run that still writes to it. A new run may begin the thread again.',
      details: { thread, checkpoint },
    });
  }
}

/** Others changed a thread each time that a write to it was tried. */
export class StateContentionError extends PhasegateError {
  readonly code = 'STORAGE_CONTENTION';
  constructor(thread: string, attempts: number) {
    super(
      `Thread "${thread}" was changed by others during each of ${attempts} attempts to write it.`,
      {
        hint: 'Let one run at a time work on a thread: take its lock first.',
        retryable: true,
        details: { thread, attempts },
      },
    );
  }
}

/** What was written of a thread while the server was away met another branch there, and went into a sibling thread. */
export class ThreadConflictError extends PhasegateError {
  readonly code = 'STORAGE_THREAD_CONFLICT';
  constructor(thread: string, sibling: string) {
    super(
      `Thread "${thread}" was changed by others while the storage was away; what was done here is in thread "${sibling}".`,
      {
        hint: `Compare the two threads: go on with "${thread}", or with "${sibling}".`,
        details: { thread, sibling },
      },
    );
  }
}

/** Another run took the thread, and said that it would not wait for this one. */
export class ThreadInterruptedError extends PhasegateError {
  readonly code = 'STORAGE_THREAD_INTERRUPTED';
  constructor(
    thread: string,
    by: { readonly owner: string; readonly how: 'interrupt' | 'rollback' },
  ) {
    super(
      by.how === 'interrupt'
        ? `Thread "${thread}" was taken over by ${by.owner}; this run was interrupted, and what it had stored is kept.`
        : `Thread "${thread}" was taken over by ${by.owner}; this run was interrupted, and what it had stored is taken back.`,
      {
        hint: 'Do not begin this run again by itself: the other one goes on in its place.',
        details: { thread, ...by },
      },
    );
  }
}
