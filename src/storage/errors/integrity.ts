import { PhasegateError } from '../../kernel/index.ts';

/** The sealing key has the wrong length. */
export class SealKeyLengthError extends PhasegateError {
  readonly code = 'STORAGE_SEAL_KEY_LENGTH';
  constructor(path: string, found: number) {
    super(`Expected ${path} to hold 32 bytes, found ${found}.`, {
      hint: 'Restore the file from a backup. Without one, begin with a new data directory: old seals cannot be checked.',
      details: { found },
    });
  }
}

/** Others than the owner may read the sealing key. */
export class SealKeyExposedError extends PhasegateError {
  readonly code = 'STORAGE_SEAL_KEY_EXPOSED';
  constructor(path: string, mode: number) {
    super(`Other users may read ${path} (mode ${mode.toString(8).padStart(4, '0')}).`, {
      hint: `Run: chmod 600 ${path} (and begin with a new data directory if others may have read it).`,
      details: { mode: mode.toString(8) },
    });
  }
}

/** The sealing key is not a file of this user's own: a symbolic link, a folder, or a file of somebody else. */
export class SealKeyNotOwnError extends PhasegateError {
  readonly code = 'STORAGE_SEAL_KEY_NOT_OWN';
  constructor(path: string, found: 'link' | 'no file' | 'foreign') {
    const what = {
      link: 'is a symbolic link, and whoever can change where it leads can choose the key',
      'no file': 'is not a regular file',
      foreign: 'belongs to another user, who can change it',
    };
    super(`The sealing key ${path} ${what[found]}.`, {
      hint:
        found === 'foreign'
          ? `Run as its owner, or, if you trust what is in it: chown "$(id -u)" ${path}`
          : `Put the key itself there, as a file: cp --remove-destination "$(readlink -f ${path})" ${path} && chmod 600 ${path}`,
      details: { found },
    });
  }
}

/** The sealing key cannot be read or created. */
export class SealKeyUnreadableError extends PhasegateError {
  readonly code = 'STORAGE_SEAL_KEY_UNREADABLE';
  constructor(path: string, cause: unknown) {
    super(`The sealing key ${path} cannot be read or created.`, {
      hint: 'Let this user own the file with mode 0600, or name another data directory.',
      cause,
    });
  }
}

/** The sealing key is not the one that this data directory began with. */
export class SealKeyChangedError extends PhasegateError {
  readonly code = 'STORAGE_SEAL_KEY_CHANGED';
  constructor(path: string, found: 'none' | 'another') {
    super(
      found === 'none'
        ? `The sealing key ${path} is gone; what this data directory sealed cannot be checked without it.`
        : `The sealing key ${path} is not the one that this data directory began with.`,
      {
        hint: 'Restore the file from a backup. Without one, begin with a new data directory.',
        details: { found },
      },
    );
  }
}

/** What is stored of a thread is not what was written: it was edited, moved, removed or turned back. */
export class StateIntegrityError extends PhasegateError {
  readonly code = 'STORAGE_INTEGRITY';
  constructor(
    at: { readonly thread: string; readonly ns: string; readonly checkpoint: string },
    found: string,
    cause?: unknown,
  ) {
    super(
      `Thread "${at.thread}", checkpoint "${at.checkpoint}": ${found}. Somebody changed the stored state, or it is damaged.`,
      {
        hint: 'Do not go on with this thread. Find out who can write to the store, and restore a backup.',
        details: { ...at, found },
        cause,
      },
    );
  }
}

/** Something was sealed with a key that is not in the ring. */
export class UnknownStateKeyError extends PhasegateError {
  readonly code = 'STORAGE_UNKNOWN_STATE_KEY';
  constructor(thread: string, keyId: string) {
    super(`Thread "${thread}" was sealed with the key "${keyId}", which is not known here.`, {
      hint:
        'Give the key that it was written with behind the new one: in [storage.keys], or in stateKeys. The command ' +
        '"phasegate doctor" tells the ids of the keys that are given.',
      details: { thread, keyId },
    });
  }
}

/** The key for sealing state is missing or too short. */
export class InvalidStateKeyError extends PhasegateError {
  readonly code = 'STORAGE_STATE_KEY';
  constructor(found: number) {
    super(`Expected a key of at least 32 bytes to seal state with, found ${found}.`, {
      hint: 'Create one with: openssl rand -hex 32',
      details: { found },
    });
  }
}
