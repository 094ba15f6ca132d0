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

/** Sealed by the store it came from; this one has a key of its own. */
const OTHER_KEY = /^it was sealed with the key /;

/** A file is not the export of a thread that it says it is: nothing of it was taken in. */
export class ThreadFileError extends PhasegateError {
  readonly code = 'STORAGE_THREAD_FILE';
  /** @param line - Counted from 1. */
  constructor(line: number, found: string, cause?: unknown) {
    super(`Line ${line} of the exported thread: ${found}. Nothing was imported.`, {
      hint: OTHER_KEY.test(found)
        ? 'It comes from a store with another key. Name both in phasegate.toml, in these lines: [storage] / active_key = "here" / ' +
          '[storage.keys] / here = "${HERE_KEY}" / there = "${THERE_KEY}", with the key of this store in HERE_KEY (on SQLite ' +
          'what "xxd -p -c 64 seal.key" prints in the data folder, on Redis PHASEGATE_SEAL_KEY), and the other one in THERE_KEY.'
        : 'Export the thread again, or fetch the file again from where it is whole.',
      details: { line, found },
      cause,
    });
  }
}
