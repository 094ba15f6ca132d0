import { PhasegateError } from '../kernel/index.ts';

/** No workflow has that id. */
export class UnknownWorkflowError extends PhasegateError {
  readonly code = 'APP_UNKNOWN_WORKFLOW';
  constructor(id: string, known: readonly string[]) {
    super(`There is no workflow "${id}".`, {
      hint: `Known workflows: ${known.join(', ')}.`,
      details: { workflow: id },
    });
  }
}

/** No thread has that id. */
export class UnknownThreadError extends PhasegateError {
  readonly code = 'APP_UNKNOWN_THREAD';
  constructor(thread: string, place: string) {
    super(`There is no thread "${thread}" in ${place}.`, {
      hint: 'List the threads with "phasegate threads", or name another --data-dir or REDIS_URL.',
      details: { thread, place },
    });
  }
}

/** The audit trail knows the thread, and the store has no state of it. */
export class ThreadStateMissingError extends PhasegateError {
  readonly code = 'APP_THREAD_STATE_MISSING';
  constructor(thread: string, place: string) {
    super(
      `The audit trail knows thread "${thread}", and its state is missing in ${place}: the store was emptied or its time was over, or another store keeps it.`,
      {
        hint:
          'If another store keeps it, name that one (REDIS_URL, --data-dir). Otherwise put the store back from a backup, or take the ' +
          'thread in with "phasegate threads import FILE". Where neither is there, the "phasegate run" that began it, with the same ' +
          '--thread, names the checkpoint from which "phasegate replay THREAD --from CHECKPOINT" begins it anew, on record.',
        details: { thread, place },
      },
    );
  }
}

/** The thread has none of the checkpoints asked for. */
export class UnknownCheckpointError extends PhasegateError {
  readonly code = 'APP_UNKNOWN_CHECKPOINT';
  constructor(thread: string, checkpoint: string) {
    super(`Thread "${thread}" has no checkpoint "${checkpoint}".`, {
      hint: `List its checkpoints with "phasegate history ${thread}".`,
      details: { thread, checkpoint },
    });
  }
}

/** State is kept on a server that machines share, and there is no key that all of them know. */
export class SharedSealKeyMissingError extends PhasegateError {
  readonly code = 'APP_SEAL_KEY_MISSING';
  constructor(place: string) {
    super(
      `State on Redis (${place}) needs a sealing key that every machine knows, and none is set.`,
      {
        hint:
          'Set PHASEGATE_SEAL_KEY to 32 random bytes in hex or base64, such as `openssl rand -hex 32` prints, the same on ' +
          'every machine; or leave REDIS_URL out to keep state in the data folder.',
        details: { place },
      },
    );
  }
}

/** The thread runs another workflow, or was started from another input. */
export class ThreadMismatchError extends PhasegateError {
  readonly code = 'APP_THREAD_MISMATCH';
  constructor(thread: string, difference: string) {
    super(`Thread "${thread}" ${difference}.`, {
      hint: 'Use another --thread for a new run, or leave --input as it was to go on.',
      details: { thread },
    });
  }
}

/** The thread does not wait for what was sent. */
export class NotWaitingError extends PhasegateError {
  readonly code = 'APP_NOT_WAITING';
  constructor(thread: string, status: string, wanted: string) {
    super(`Thread "${thread}" does not wait for ${wanted}; it is ${status}.`, {
      hint: `Look at it with "phasegate show ${thread}".`,
      details: { thread, status },
    });
  }
}

/** The input file cannot be used. */
export class InvalidInputFileError extends PhasegateError {
  readonly code = 'APP_INVALID_INPUT_FILE';
  constructor(path: string, problem: string, hint: string) {
    super(`The input file ${path} ${problem}.`, { hint, details: { path } });
  }
}

/** The files of a completed run could not be written. The run itself is kept. */
export class OutputFailedError extends PhasegateError {
  readonly code = 'APP_OUTPUT_FAILED';
  constructor(path: string, cause: unknown) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'an error';
    super(`The files could not be written to ${path} (${reason}).`, {
      hint: 'Mend the place or name another --out, and run the same command again: the run is kept.',
      retryable: true,
      details: { path, reason },
      cause,
    });
  }
}

/** Somebody else's files stand where the files of a run would be written. Nothing was written; the run itself is kept. */
export class OutputTakenError extends PhasegateError {
  readonly code = 'APP_OUTPUT_TAKEN';
  constructor(directory: string, files: readonly string[]) {
    const named = files.slice(0, 3).join(', ');
    const more = files.length > 3 ? ` and ${files.length - 3} more` : '';
    super(
      `The folder ${directory} holds files that no run wrote, or that were changed since: ${named}${more}. Nothing was written.`,
      {
        hint: 'Move them elsewhere, or name another --out, and run the same command again: the run is kept.',
        details: { directory, files: files.length },
      },
    );
  }
}

/** The data folder holds no audit trail. */
export class NoAuditTrailError extends PhasegateError {
  readonly code = 'APP_NO_AUDIT_TRAIL';
  constructor(directory: string) {
    super(`There is no audit trail in ${directory}.`, {
      hint: 'A run begins it; or name another --data-dir.',
      details: { directory },
    });
  }
}

/** A key that was named cannot verify anything. */
export class UnusableKeyError extends PhasegateError {
  readonly code = 'APP_UNUSABLE_KEY';
  constructor(path: string, cause: unknown) {
    super(
      `The file ${path} is not a public key that signatures of the audit trail are verified with.`,
      {
        hint: 'Give the public half of the signing key, in PEM form: audit.key.pub of the data folder that wrote the trail.',
        details: { path },
        cause,
      },
    );
  }
}

/** A file that was named cannot be read. */
export class UnreadableFileError extends PhasegateError {
  readonly code = 'APP_UNREADABLE_FILE';
  constructor(path: string, cause: unknown) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'an error';
    super(`Cannot read ${path} (${reason}).`, {
      hint: 'Check the name of the file, and that this user may read it. A relative name counts from the working directory, also one in the configuration (compliance.facts, policy.files).',
      details: { path, reason },
      cause,
    });
  }
}

/** A file that was named as a receipt is something else. */
export class NoReceiptError extends PhasegateError {
  readonly code = 'APP_NO_RECEIPT';
  constructor(path: string) {
    super(`The file ${path} is no receipt.`, {
      hint: 'Give a file that "phasegate audit receipt THREAD --out FILE" wrote.',
      details: { path },
    });
  }
}

/** The audit trail holds nothing of the thread. */
export class NothingRecordedError extends PhasegateError {
  readonly code = 'APP_NOTHING_RECORDED';
  /** @param isStored - Whether the state store holds a thread of this name all the same. */
  constructor(wanted: string, isStored = false) {
    super(
      isStored
        ? `The state store holds the thread "${wanted}", and the audit trail never mentions it.`
        : `Nothing is recorded of "${wanted}".`,
      {
        hint: isStored
          ? 'Another program wrote it, another machine keeps its trail, or the trail was replaced: look at "phasegate audit verify".'
          : 'Give the id of a thread ("phasegate threads" lists them); what was archived is in the archive file.',
        details: { wanted, isStored },
      },
    );
  }
}

/** A sensitive field is stored under a key that is not here, and was not destroyed either. */
export class FieldKeyMissingError extends PhasegateError {
  readonly code = 'APP_FIELD_KEY_MISSING';
  constructor() {
    super('A sensitive field is stored under a key of a person that is not here, or was changed.', {
      hint: 'Use the data folder (audit.db and audit.subjects.key) or the audit database that the thread was written with.',
    });
  }
}

/** Nothing is stored under a key of this person. */
export class UnknownSubjectError extends PhasegateError {
  readonly code = 'APP_UNKNOWN_SUBJECT';
  constructor(isNamed: boolean) {
    super('Nothing is stored under a key of this person, so there is nothing to erase.', {
      hint: isNamed
        ? 'The person is named in clear where "phasegate privacy find" says; remove those threads if you have to.'
        : 'Check the key: it is what a workflow names the person by, or the id of a principal. "phasegate privacy find" names other spellings of it.',
      details: { named: isNamed },
    });
  }
}
