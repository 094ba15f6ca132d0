import { setMaxListeners } from 'node:events';

/**
 * When a call has to come to its end: its caller calls it off, or its time is over. One piece of its work at a time is told. A
 * signal, which takes longer to make than all of this, is made only for who asks for it.
 */
export class CallDeadline implements Disposable {
  readonly #caller: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  #stop: (() => void) | undefined;
  #controller: AbortController | undefined;
  #end: 'caller' | 'time' | undefined;

  /** @param wallMs - From now on. */
  constructor(caller: AbortSignal, wallMs: number) {
    this.#caller = caller;
    if (caller.aborted) this.#end = 'caller';
    // Many calls at once may follow the signal of one run; Node warns of a leak from the eleventh on.
    setMaxListeners(0, caller);
    caller.addEventListener('abort', this.#callOff, { once: true });
    this.#timer = setTimeout(() => this.#over('time'), wallMs);
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

  /** Tells `stop` of the end, in the place of who was told before; undefined tells nobody. */
  tell(stop: (() => void) | undefined): void {
    this.#stop = stop;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#caller.removeEventListener('abort', this.#callOff);
  }

  readonly #callOff = (): void => this.#over('caller');

  #over(end: 'caller' | 'time'): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#controller?.abort();
    this.#stop?.();
  }
}
