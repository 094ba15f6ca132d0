import { PhasegateError } from '../kernel/index.ts';

/** The command line does not say what to do. */
export class UsageError extends PhasegateError {
  readonly code = 'CLI_USAGE';
  constructor(problem: string, hint: string) {
    super(problem, { hint });
  }
}

/** The command was asked to stop, by Ctrl-C or by a signal, before it was done. */
export class StoppedError extends PhasegateError {
  readonly code = 'CLI_STOPPED';
  constructor(hint: string) {
    super('Stopped before it was done.', { hint, retryable: true });
  }
}

/** Something has to be asked of a person, and there is no terminal to ask at. */
export class NotInteractiveError extends PhasegateError {
  readonly code = 'CLI_NOT_INTERACTIVE';
  constructor(what: string, hint: string) {
    super(`${what} needs a terminal, or an option that says it.`, { hint });
  }
}

/** A file with answers or an edited plan cannot be used. */
export class InvalidAnswerFileError extends PhasegateError {
  readonly code = 'CLI_INVALID_ANSWER_FILE';
  constructor(path: string, problem: string, cause?: unknown) {
    super(`The file ${path} ${problem}.`, {
      hint: 'Mend the file and run the same command again; nothing was sent.',
      details: { path },
      cause,
    });
  }
}

/** The thread does not ask what was answered. */
export class UnknownQuestionError extends PhasegateError {
  readonly code = 'CLI_UNKNOWN_QUESTION';
  constructor(id: string, known: readonly string[]) {
    super(`The thread asks no question "${id}".`, {
      hint: `It asks: ${known.join(', ')}.`,
      details: { question: id },
    });
  }
}

/** The editor could not be run, or ended with an error. */
export class EditorFailedError extends PhasegateError {
  readonly code = 'CLI_EDITOR_FAILED';
  constructor(editor: string, cause?: unknown) {
    super(`The editor "${editor}" could not be used.`, {
      hint: 'Set VISUAL or EDITOR to an editor that waits until the file is closed.',
      details: { editor },
      cause,
    });
  }
}

/** The run began with a model, and nobody says with which one to go on. */
export class ModelNotNamedError extends PhasegateError {
  readonly code = 'CLI_MODEL_NOT_NAMED';
  constructor(thread: string) {
    super(`The run on thread "${thread}" works with a model, and this command names none.`, {
      hint: 'Add --model NAME, or --model simulated to go on without a model.',
      details: { thread },
    });
  }
}

/** A file that was asked for cannot be written. */
export class UnwritableFileError extends PhasegateError {
  readonly code = 'CLI_UNWRITABLE_FILE';
  constructor(path: string, cause: unknown) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'an error';
    super(`Cannot write ${path} (${reason}).`, {
      hint: 'Name another file, or mend the place.',
      details: { path, reason },
      cause,
    });
  }
}
