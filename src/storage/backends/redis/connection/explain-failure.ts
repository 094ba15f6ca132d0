import { isPhasegateError } from '../../../../kernel/index.ts';
import {
  StorageAuthenticationError,
  StorageFailedError,
  StorageFullError,
  StorageInputOutputError,
  StorageUnavailableError,
  UnsuitableServerError,
} from '../../../errors/index.ts';

/** What passes by itself, or with another server in its place. */
const TRANSIENT: ReadonlySet<string> = new Set([
  'READONLY',
  'LOADING',
  'MASTERDOWN',
  'CLUSTERDOWN',
  'TRYAGAIN',
  'NOREPLICAS',
  'BUSY',
  'MOVED',
  'ASK',
]);

/** Gives the error that a caller should see instead of what the driver threw. */
export function explainFailure(cause: unknown, place: string): Error {
  if (isPhasegateError(cause)) return cause;
  if (isRefusal(cause)) return new StorageAuthenticationError(place, cause);
  if (isDatabaseMissing(cause)) {
    const remedy = 'raise its number of databases, or name one that it has at the end of the URL';
    return new UnsuitableServerError(place, 'it has no database of this number', remedy);
  }
  const code = replyCodeOf(messageOf(cause));
  if (code === 'OOM') return new StorageFullError(place, cause, 'memory');
  // The server may not write to its disk, and therefore takes nothing more.
  if (code === 'MISCONF') return new StorageInputOutputError(place, cause);
  if (code === undefined || TRANSIENT.has(code)) return new StorageUnavailableError(place, cause);
  return new StorageFailedError(place, { reason: code, cause });
}

/** Whether a server refused the user, the password, or that this user does this. */
export function isRefusal(cause: unknown): boolean {
  return /\b(NOAUTH|WRONGPASS|NOPERM)\b|invalid password|without any password/.test(
    messageOf(cause),
  );
}

/** Whether a server refused to choose the database: the driver would go on in the first one. */
export function isDatabaseMissing(cause: unknown): boolean {
  return /DB index is out of range|invalid DB index|SELECT is not allowed/.test(messageOf(cause));
}

/** Whether a command only found that there is no connection; why there is none is told elsewhere. */
export function isDisconnected(cause: unknown): boolean {
  return /^(Connection is closed|Stream isn't writeable|Cluster isn't ready|None of startup nodes)/.test(
    messageOf(cause),
  );
}

/** The word that begins an error reply, such as `READONLY`; that of the failed command where a script failed by it. */
function replyCodeOf(message: string): string | undefined {
  const inner = /^ERR Error running script.* -([A-Z]+) /.exec(message);
  return inner?.[1] ?? /^[A-Z]+(?= )/.exec(message)?.[0];
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
