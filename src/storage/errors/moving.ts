import { PhasegateError } from '../../kernel/index.ts';

/** Nothing is kept of the thread, so there is nothing to move. */
export class ThreadNotFoundError extends PhasegateError {
  readonly code = 'STORAGE_THREAD_NOT_FOUND';
  constructor(thread: string) {
    super(`There are no checkpoints of a thread "${thread}".`, {
      hint: 'Check the name of the thread, and that this is the store that it was kept in.',
      details: { thread },
    });
  }
}

/** A thread is in the place where another one was to arrive. */
export class ThreadExistsError extends PhasegateError {
  readonly code = 'STORAGE_THREAD_EXISTS';
  constructor(thread: string) {
    super(`There is a thread "${thread}" already; it was left as it is.`, {
      hint: 'Name another thread, or ask for the old one to be replaced.',
      details: { thread },
    });
  }
}

/** A file is not the export of a thread that it says it is: nothing of it was taken in. */
export class ThreadFileError extends PhasegateError {
  readonly code = 'STORAGE_THREAD_FILE';
  /** @param line - Counted from 1. */
  constructor(line: number, found: string, cause?: unknown) {
    super(`Line ${line} of the exported thread: ${found}. Nothing was imported.`, {
      hint:
        'Export the thread again, or fetch the file again from where it is whole. A file of another store also needs ' +
        'the key that sealed it, behind the own one.',
      details: { line, found },
      cause,
    });
  }
}
