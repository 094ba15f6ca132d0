/** What an aborted caller gets to see: its own reason if that is an error, an AbortError otherwise. */
export function abortError(caller: AbortSignal): Error {
  const reason: unknown = caller.reason;
  return reason instanceof Error
    ? reason
    : new DOMException('The model call was cancelled.', 'AbortError');
}
