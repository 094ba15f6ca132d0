/** The end of a call, for what was begun in it. Most calls ask nothing of their host: a signal is made for those that do. */
export interface CallEnd {
  /** Aborted when the call ends, or its caller calls it off. */
  readonly signal: AbortSignal;
  end(): void;
}

/** Made once: an error looks at the stack when it is made, which takes longer than all else at the end of a call. */
const ENDED = new DOMException('The call has ended.', 'AbortError');

/** Opens the end of a call. @param caller - What the caller calls it off with. */
export function createCallEnd(caller: AbortSignal | undefined): CallEnd {
  let controller: AbortController | undefined;
  let isOver = false;
  const end = (): void => {
    isOver = true;
    caller?.removeEventListener('abort', end);
    controller?.abort(ENDED);
  };
  return {
    get signal() {
      if (controller !== undefined) return controller.signal;
      controller = new AbortController();
      if (isOver || caller?.aborted === true) controller.abort(ENDED);
      else caller?.addEventListener('abort', end, { once: true });
      return controller.signal;
    },
    end,
  };
}
