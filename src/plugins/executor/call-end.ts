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
  return new End(caller);
}

class End implements CallEnd {
  readonly #caller: AbortSignal | undefined;
  #controller: AbortController | undefined;
  #isOver = false;

  constructor(caller: AbortSignal | undefined) {
    this.#caller = caller;
  }

  get signal(): AbortSignal {
    if (this.#controller !== undefined) return this.#controller.signal;
    this.#controller = new AbortController();
    if (this.#isOver || this.#caller?.aborted === true) this.#controller.abort(ENDED);
    else this.#caller?.addEventListener('abort', this.#stop, { once: true });
    return this.#controller.signal;
  }

  end(): void {
    this.#isOver = true;
    if (this.#controller === undefined) return;
    this.#caller?.removeEventListener('abort', this.#stop);
    this.#controller.abort(ENDED);
  }

  readonly #stop = (): void => this.end();
}
