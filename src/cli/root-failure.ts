import { isPhasegateError } from '../kernel/index.ts';

const FULL = /^SQLITE_FULL|^ENOSPC$|^EDQUOT$/;
const MAX_DEPTH = 12;

/**
 * Gives what a command really failed of: not the complaint of something that was closed behind it, and a full disk as
 * STORAGE_FULL, wherever it was noticed.
 *
 * @param place - Where the command keeps its data, to name it.
 */
export async function rootFailure(error: unknown, place: string): Promise<unknown> {
  const all = failuresIn(error, 0);
  const known = all.find((each) => isPhasegateError(each) && KNOWS_FULL.has(each.code));
  if (known !== undefined) return known;
  const full = all.find(isFull);
  if (full !== undefined) {
    const { StorageFullError } = await import('../storage/index.ts');
    return new StorageFullError(place, full);
  }
  return all[0];
}

/** These say already that there is no room, and where. */
const KNOWS_FULL = new Set(['STORAGE_FULL', 'APP_OUTPUT_FAILED']);

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && FULL.test(String(error.code));
}

/** What was thrown first stands in front of what was thrown while closing, each with its causes behind it. */
function failuresIn(error: unknown, depth: number): readonly unknown[] {
  if (depth > MAX_DEPTH || !(error instanceof Error)) return [error];
  const next = (inner: unknown): readonly unknown[] => failuresIn(inner, depth + 1);
  if ('suppressed' in error && 'error' in error)
    return [...next(error.suppressed), ...next(error.error)];
  return error.cause === undefined ? [error] : [error, ...next(error.cause)];
}
