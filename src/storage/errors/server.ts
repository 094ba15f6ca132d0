import { PhasegateError } from '../../kernel/index.ts';

/** The server of the storage cannot be reached, or did not answer in time. */
export class StorageUnavailableError extends PhasegateError {
  readonly code = 'STORAGE_UNAVAILABLE';
  /** When another try is worth it, where that is known. */
  readonly retryAfterMs: number | undefined;
  constructor(place: string, cause: unknown, retryAfterMs?: number) {
    super(`The storage at ${place} cannot be reached, or did not answer in time.`, {
      hint: 'Check that the server runs and that the network leads to it, then run the same command again.',
      retryable: true,
      details: retryAfterMs === undefined ? { place } : { place, retryAfterMs },
      cause,
    });
    this.retryAfterMs = retryAfterMs;
  }
}

/** The server of the storage does not let us in. */
export class StorageAuthenticationError extends PhasegateError {
  readonly code = 'STORAGE_AUTHENTICATION';
  constructor(place: string, cause: unknown) {
    super(
      `The storage at ${place} refuses the user or the password, or the user may not do this.`,
      {
        hint: 'Correct the user and the password in the URL, or the rights of the user.',
        details: { place },
        cause,
      },
    );
  }
}

/** The URL of a server does not say where the state is to be. */
export class InvalidServerUrlError extends PhasegateError {
  readonly code = 'STORAGE_SERVER_URL';
  constructor(place: string, found: string) {
    super(`The URL of the storage at ${place} cannot be used: ${found}.`, {
      hint: 'Write redis://USER:PASSWORD@HOST:PORT/NUMBER, or rediss:// for TLS; without a number it is database 0.',
      details: { place, found },
    });
  }
}

/** The server is set up in a way that loses what is stored. */
export class UnsuitableServerError extends PhasegateError {
  readonly code = 'STORAGE_UNSUITABLE_SERVER';
  constructor(place: string, found: string, remedy: string) {
    super(`The storage at ${place} is not fit to keep state: ${found}.`, {
      hint: `Change the settings of the server: ${remedy}`,
      details: { place, found },
    });
  }
}

/** A write reached the master, and too few replicas confirmed it. */
export class StorageUnreplicatedError extends PhasegateError {
  readonly code = 'STORAGE_UNREPLICATED';
  constructor(place: string, found: { readonly confirmed: number; readonly wanted: number }) {
    super(
      `The storage at ${place} confirmed a write by ${found.confirmed} of ${found.wanted} replicas in time; it may be kept or lost.`,
      {
        hint: 'Run the same command again: what was kept is recognized and not done twice. If it lasts, check the replicas.',
        retryable: true,
        details: { place, ...found },
      },
    );
  }
}
