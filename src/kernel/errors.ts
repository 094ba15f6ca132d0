import type { Facts } from './facts.ts';

const BRAND = Symbol.for('phasegate.error');

/** What an error says besides its message. */
export interface ErrorOptions {
  /** What to do next, in one sentence. */
  readonly hint: string;
  /** Whether the same call may succeed later without a change. */
  readonly retryable?: boolean;
  readonly details?: Facts;
  readonly cause?: unknown;
}

/**
 * The root of every error that Phasegate throws: something could not be decided or done.
 * Match on `code` (FOLDER_REASON), never on the text.
 */
export abstract class PhasegateError extends Error {
  abstract readonly code: string;
  readonly hint: string;
  readonly retryable: boolean;
  readonly details: Facts;

  constructor(message: string, options: ErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.hint = options.hint;
    this.retryable = options.retryable ?? false;
    this.details = Object.freeze({ ...options.details });
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** Tells whether `value` is an error of ours, also across two installed copies of the package. Never throws. */
export function isPhasegateError(value: unknown): value is PhasegateError {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return BRAND in value && 'code' in value && typeof value.code === 'string';
  } catch {
    // What was thrown may be a proxy that throws at each look; it is nothing of ours.
    return false;
  }
}

/** A value that is not plain JSON reached a place where only JSON can be kept. */
export class NotJsonError extends PhasegateError {
  readonly code = 'KERNEL_NOT_JSON';
  constructor(path: string, found: string) {
    super(`Expected a JSON value at ${path}, found ${found}.`, {
      hint: 'Use strings, finite numbers, booleans, null, arrays and plain objects only.',
      details: { path, found },
    });
  }
}
