/** A signal for one call: aborted by the caller or when the time is up. */
export interface CallDeadline {
  readonly signal: AbortSignal;
  /** Whether the time, not the caller, ended the call. */
  timedOut(): boolean;
  /** Lets go of the timer and of the caller's signal; to be called when the call is over. */
  end(): void;
}

/**
 * Joins the caller's signal with a timeout, for one call.
 *
 * `AbortSignal.any` would do the same, but on Node 20 it keeps a reference for as long as the caller's signal lives, and
 * one such signal serves a whole run.
 */
export function callDeadline(caller: AbortSignal, timeoutMs: number): CallDeadline {
  const controller = new AbortController();
  let late = false;
  const cancel = (): void => {
    controller.abort(caller.reason);
  };
  const timer = setTimeout(() => {
    late = true;
    controller.abort(new DOMException(`No answer within ${timeoutMs} ms.`, 'TimeoutError'));
  }, timeoutMs);
  if (caller.aborted) cancel();
  else caller.addEventListener('abort', cancel, { once: true });
  return {
    signal: controller.signal,
    timedOut: () => late,
    end: () => {
      clearTimeout(timer);
      caller.removeEventListener('abort', cancel);
    },
  };
}

/** What an aborted caller gets to see: its own reason if that is an error, an AbortError otherwise. */
export function abortError(caller: AbortSignal): Error {
  const reason: unknown = caller.reason;
  return reason instanceof Error
    ? reason
    : new DOMException('The model call was cancelled.', 'AbortError');
}
