import { setMaxListeners } from 'node:events';

/**
 * The longest that a timer of Node can wait, in milliseconds: almost 25 days. Node lets a longer one fire at once, so a
 * duration that reaches a timer is refused above it.
 */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A signal that follows others, for as long as one piece of work takes. Disposing it lets go of them and of the timer. */
export interface JoinedSignal extends Disposable {
  readonly signal: AbortSignal;
  /** Whether the time, not one of the signals, ended the work. */
  timedOut(): boolean;
}

/**
 * Joins signals, and a time limit in milliseconds where one is given; the first that ends passes its reason on, and the
 * time limit a `TimeoutError`. One that no timer can wait for is cut to the longest.
 *
 * `AbortSignal.any` is not to be used for this. With a signal of `AbortSignal.timeout` in it, the timeout may be
 * collected as garbage before it fires (nodejs/node#57736); Node 24.16 loses the abort of any collected source
 * (nodejs/node#65995); and Node 20 keeps what was joined for as long as the longest signal lives.
 */
export function joinSignals(
  sources: readonly (AbortSignal | undefined)[],
  timeoutMs?: number,
): JoinedSignal {
  const controller = new AbortController();
  const leaving: (() => void)[] = [];
  let late = false;
  for (const source of sources) {
    if (source === undefined) continue;
    const follow = (): void => {
      controller.abort(source.reason);
    };
    if (source.aborted) follow();
    // Many calls at once may follow the signal of one run; Node warns of a leak from the eleventh on.
    setMaxListeners(0, source);
    source.addEventListener('abort', follow, { once: true });
    leaving.push(() => {
      source.removeEventListener('abort', follow);
    });
  }
  if (timeoutMs !== undefined) {
    const timer = setTimeout(
      () => {
        late = !controller.signal.aborted;
        controller.abort(new DOMException(`No end within ${timeoutMs} ms.`, 'TimeoutError'));
      },
      Math.min(timeoutMs, LONGEST_TIMER_MS),
    );
    leaving.push(() => {
      clearTimeout(timer);
    });
  }
  return {
    signal: controller.signal,
    timedOut: () => late,
    [Symbol.dispose]: () => {
      for (const leave of leaving) leave();
    },
  };
}
