import { PhasegateError } from '../kernel/index.ts';

/** An entry could not be stored, so what it would have told of must not happen. */
export class AppendFailedError extends PhasegateError {
  readonly code = 'AUDIT_APPEND_FAILED';
  constructor(chain: string, cause: unknown) {
    super(`An entry could not be appended to the audit chain "${chain}".`, {
      hint: 'Mend the database named by the cause, then run again: an entry that did arrive is not written twice.',
      retryable: true,
      details: { chain },
      cause,
    });
  }
}

/** A trail was begun here, and its database holds none: it was deleted, or is another one. */
export class TrailGoneError extends PhasegateError {
  readonly code = 'AUDIT_TRAIL_GONE';
  constructor(chain: string) {
    super(`The audit chain "${chain}" was begun here, and its database is gone or empty.`, {
      hint: 'Put the database back from a backup. If it is lost: "phasegate audit begin-anew" begins another chain, which says so. Until then nothing runs.',
      details: { chain },
    });
  }
}

/** The database of the audit trail cannot be opened, read or written. */
export class AuditStoreError extends PhasegateError {
  readonly code = 'AUDIT_STORE_FAILED';
  constructor(operation: string, cause: unknown) {
    super(`The database of the audit trail failed (${operation}).`, {
      hint: 'Read the cause: check that the database is reachable, has room and may be written.',
      retryable: true,
      details: { operation },
      cause,
    });
  }
}

/** The file of the audit trail is no database any more. */
export class AuditDamagedError extends PhasegateError {
  readonly code = 'AUDIT_DAMAGED';
  constructor(operation: string, cause: unknown) {
    super(`The file of the audit trail is damaged: it is no database (${operation}).`, {
      hint: 'Keep the file as evidence, restore it from a backup, and verify it: phasegate audit verify. Until then nothing is recorded, and so nothing runs.',
      details: { operation },
      cause,
    });
  }
}

/** Another process kept the audit trail locked for longer than we wait. */
export class AuditStoreLockedError extends PhasegateError {
  readonly code = 'AUDIT_STORE_LOCKED';
  constructor(waitedMs: number, cause: unknown) {
    super(`The database of the audit trail stayed locked for ${waitedMs} ms.`, {
      hint: 'Try again; if it lasts, end the program that holds it open (a backup or an SQLite shell).',
      retryable: true,
      details: { waitedMs },
      cause,
    });
  }
}

/** The database of the audit trail was written by a newer version of this software. */
export class AuditStoreNewerError extends PhasegateError {
  readonly code = 'AUDIT_STORE_NEWER';
  constructor(versions: { readonly found: number; readonly known: number }) {
    super(
      `The audit trail has format ${versions.found}; this version knows formats up to ${versions.known}.`,
      { hint: 'Update phasegate, or name another database.', details: { ...versions } },
    );
  }
}

/** What is stored contradicts what was signed or seen before. Nothing is appended to it. */
export class AuditTamperedError extends PhasegateError {
  readonly code = 'AUDIT_TAMPERED';
  constructor(chain: string, problem: string) {
    super(`The audit chain "${chain}" was changed behind our back: ${problem}.`, {
      hint: 'Keep the database and the checkpoint file as they are, and run phasegate-verify on an export of both.',
      details: { chain },
    });
  }
}

/** The log was used after it was closed. */
export class AuditClosedError extends PhasegateError {
  readonly code = 'AUDIT_CLOSED';
  constructor() {
    super('The audit log was closed.', {
      hint: 'Open it again, and close it only after the last run has ended.',
    });
  }
}

/** A chain's name cannot be used. */
export class InvalidChainNameError extends PhasegateError {
  readonly code = 'AUDIT_INVALID_CHAIN_NAME';
  constructor(length: number) {
    super('Expected a chain name of 1 to 64 characters from a-z 0-9 - that begins with a letter.', {
      hint: 'Choose another name, such as "main"; "registry" is taken.',
      details: { length },
    });
  }
}

/** An event cannot be told in an entry. */
export class InvalidEventError extends PhasegateError {
  readonly code = 'AUDIT_INVALID_EVENT';
  constructor(problem: string, cause?: unknown) {
    super(`An audit event ${problem}.`, {
      hint: 'Give ids, counts, flags and digests only; user text does not belong into the trail.',
      cause,
    });
  }
}

/** The signing key cannot be read, created or replaced. */
export class SigningKeyUnreadableError extends PhasegateError {
  readonly code = 'AUDIT_KEY_UNREADABLE';
  constructor(path: string, cause: unknown) {
    super(`The signing key ${path} cannot be read or written as an Ed25519 key in PEM form.`, {
      hint: 'Give this user access to the file, or restore it from a backup.',
      cause,
    });
  }
}

/** The key that the chain is signed with is not where it was. */
export class SigningKeyMissingError extends PhasegateError {
  readonly code = 'AUDIT_KEY_MISSING';
  constructor(path: string) {
    super(`The audit chain is there, and its signing key ${path} is not.`, {
      hint: 'Restore the key from a backup; on another machine of the same trail, copy it from the one that began it, with mode 0600. Without it nothing can be recorded here: keep the folder as evidence, and go on in another.',
    });
  }
}

/** The file of an archive cannot be written. */
export class ArchiveFileError extends PhasegateError {
  readonly code = 'AUDIT_ARCHIVE_FILE';
  constructor(path: string, cause: unknown) {
    super(`The archive ${path} cannot be written.`, {
      hint: 'Name a file that does not exist yet, in a place that this user may write to; nothing was taken out of the chain.',
      cause,
    });
  }
}

/** The master key of data subjects is not the one that fits. */
export class InvalidMasterKeyError extends PhasegateError {
  readonly code = 'AUDIT_INVALID_MASTER_KEY';
  constructor(problem: string) {
    super(`The master key of data subjects cannot be used: ${problem}.`, {
      hint: 'Give the 32 bytes that the database was written with; restore audit.subjects.key from where it is kept.',
    });
  }
}

/** Others may read the signing key. */
export class SigningKeyExposedError extends PhasegateError {
  readonly code = 'AUDIT_KEY_EXPOSED';
  constructor(path: string, mode: number) {
    super(`The signing key ${path} may be read by others (mode ${mode.toString(8)}).`, {
      hint: 'Run chmod 600 on it; if somebody may have read it, rotate the key as well.',
      details: { mode },
    });
  }
}

/** The chain is signed with another key than the one at hand. */
export class SigningKeyRetiredError extends PhasegateError {
  readonly code = 'AUDIT_KEY_RETIRED';
  constructor(keys: { readonly expected: string; readonly found: string }) {
    super(
      `The audit chain is signed with key ${keys.expected}; the key at hand is ${keys.found}.`,
      {
        hint: 'If the key was rotated, open the log again; otherwise restore the key that the chain names.',
        details: { ...keys },
      },
    );
  }
}

/** The file that keeps the signed checkpoints cannot be read or written. */
export class CheckpointFileError extends PhasegateError {
  readonly code = 'AUDIT_CHECKPOINT_FILE';
  constructor(path: string, cause: unknown) {
    super(`The checkpoint file ${path} cannot be read or written.`, {
      hint: 'Free some space or give this user access to the file, then run again.',
      retryable: true,
      cause,
    });
  }
}

/** Entries under a legal hold were about to be archived. */
export class LegalHoldError extends PhasegateError {
  readonly code = 'AUDIT_LEGAL_HOLD';
  constructor(holds: readonly string[], chain: string) {
    const names = holds.map((id) => `"${id}"`).join(', ');
    super(`Entries of the audit chain "${chain}" stay where they are by legal hold: ${names}.`, {
      hint: 'Release the holds first ("phasegate audit release NAME"), or archive only what is older than the entries held.',
      details: { holds: holds.length, chain },
    });
  }
}

/** A legal hold of this name is in force already. */
export class HoldExistsError extends PhasegateError {
  readonly code = 'AUDIT_HOLD_EXISTS';
  constructor(id: string) {
    super(`The legal hold "${id}" is in force already.`, {
      hint: 'Choose another name, or release it first.',
      details: { id },
    });
  }
}

/** The chain cannot be cut there. */
export class InvalidCutError extends PhasegateError {
  readonly code = 'AUDIT_INVALID_CUT';
  constructor(size: number, problem: string) {
    super(`The audit chain cannot be cut at ${size}: ${problem}.`, {
      hint: 'Cut at a size for which a signed checkpoint exists, below the last one.',
      details: { size },
    });
  }
}

/** Nothing is recorded under this run's id. */
export class UnknownRunError extends PhasegateError {
  readonly code = 'AUDIT_UNKNOWN_RUN';
  constructor(run: string) {
    super(`The audit trail holds no entry of the run "${run}".`, {
      hint: 'Check the id; entries that were archived are in the archive file.',
      details: { run },
    });
  }
}
