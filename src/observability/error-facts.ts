import { isPhasegateError, type Facts } from '../kernel/index.ts';

/**
 * Gives what may be logged of anything that was thrown. Of our own errors: code, hint, retryable and details. Of
 * others: their class, their system code such as `ENOENT`, and the file and line that threw; never their message,
 * which may quote a prompt, a brief or a key.
 */
export function errorFacts(error: unknown): Facts {
  const place = originOf(error);
  if (isPhasegateError(error)) {
    const { code, hint, retryable, details } = error;
    return { ...details, code, hint, retryable, ...causeOf(error.cause), ...place };
  }
  return { code: 'UNEXPECTED', error: classOf(error), ...causeOf(error), ...place };
}

function causeOf(cause: unknown): Facts {
  if (typeof cause !== 'object' || cause === null) return {};
  const code = 'code' in cause ? cause.code : undefined;
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(code)) return { cause: code };
  return cause instanceof Error && isPhasegateError(cause) ? {} : { cause: classOf(cause) };
}

function classOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { name } = error.constructor;
  return /^[A-Za-z]\w{0,63}$/.test(name) ? name : 'Error';
}

/** The topmost frame as `file.ts:line:column`, read only where the stack provably no longer quotes the message. */
function originOf(error: unknown): Facts {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return {};
  const start = error.stack.indexOf(error.message);
  if (start < 0) return {};
  const frames = error.stack.slice(start + error.message.length);
  const frame = /^\s+at [^\n]*?([\w.-]{1,80}\.[cm]?[jt]s:\d{1,7}:\d{1,7})\)?$/m.exec(frames);
  return frame?.[1] === undefined ? {} : { origin: frame[1] };
}
