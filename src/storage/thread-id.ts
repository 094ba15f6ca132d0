import { InvalidThreadIdError } from './errors/index.ts';

/** No leading dot or dash: an id may become a file name or stand on a command line. */
const THREAD_ID = /^[A-Za-z0-9_:][A-Za-z0-9._:-]{0,127}$/;

/**
 * Gives `value` back when it can name a thread: 1 to 128 of the characters `A-Z a-z 0-9 . _ : -`, not beginning with
 * `.` or `-`.
 *
 * @throws {@link InvalidThreadIdError} for anything else.
 */
export function parseThreadId(value: unknown): string {
  if (typeof value === 'string' && THREAD_ID.test(value)) return value;
  throw new InvalidThreadIdError(typeof value === 'string' ? value.length : -1);
}
