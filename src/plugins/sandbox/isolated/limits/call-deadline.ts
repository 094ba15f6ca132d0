import { setMaxListeners } from 'node:events';

/**
 * When a call has to come to its end: its caller calls it off, or its time is over. One piece of its work at a time is told. A
 * signal, which takes longer to make than all of this, is made only for who asks for it.
 */
export class CallDeadline implements Disposable {
  readonly #caller: AbortSignal | undefined;
  readonly #wallMs: number;
  #timer: NodeJS.Timeout | undefined;
  #stop: (() => void) | undefined;
  #controller: AbortController | undefined;
  #end: 'caller' | 'time' | undefined;

  /**
   * @param caller - Undefined when nobody can call it off.
   * @param wallMs - From {@link CallDeadline.begin} on.
   */
  constructor(caller: AbortSignal | undefined, wallMs: number) {
    this.#caller = caller;
    this.#wallMs = wallMs;
    if (caller?.aborted === true) this.#end = 'caller';
  }

  /** Lets the time begin, and follows the caller; further calls change nothing. */
  begin(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#over('time'), this.#wallMs);
    if (this.#caller === undefined) return;
    // Many calls at once may follow the signal of one run; Node warns of a leak from the eleventh on.
    setMaxListeners(0, this.#caller);
    this.#caller.addEventListener('abort', this.#callOff, { once: true });
    if (this.#caller.aborted) this.#callOff();
  }

  /** What has ended the call; undefined while it may go on. */
  get end(): 'caller' | 'time' | undefined {
    return this.#end;
  }

  /** Aborted at the end. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#end !== undefined) this.#controller.abort();
    return this.#controller.signal;
  }

  /** Tells `stop` of the end, at once when it has come, in the place of who was told before; undefined tells nobody. */
  tell(stop: (() => void) | undefined): void {
    this.#stop = stop;
    if (this.#end !== undefined) stop?.();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener('abort', this.#callOff);
  }

  readonly #callOff = (): void => this.#over('caller');

  #over(end: 'caller' | 'time'): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#controller?.abort();
    this.#stop?.();
  }
}
