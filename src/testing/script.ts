import { UnconsumedStepsError, UnexpectedCallError } from './errors.ts';

/**
 * What a scripted fake holds against a call: text that must occur in it, a pattern, or a function that answers false or
 * throws (an assertion, say) when the call is not the expected one.
 */
export type Matcher<Call> = string | RegExp | ((call: Call) => boolean);

/** Steps that are used up one by one. */
export interface Script<Step> {
  /**
   * Uses the next step.
   *
   * @throws {@link UnexpectedCallError} if there is none, or if `accepts` refuses it or throws.
   */
  take(accepts: (step: Step) => boolean): Step;
  /**
   * @throws {@link UnexpectedCallError} again, if there was one that somebody caught;
   * {@link UnconsumedStepsError} if a step was not used.
   */
  assertConsumed(): void;
}

/** Opens a script; `fake` names its owner in errors. */
export function openScript<Step>(fake: string, steps: readonly Step[]): Script<Step> {
  const queue = [...steps];
  let taken = 0;
  let unexpected: UnexpectedCallError | undefined;
  const refuse = (expected: string, cause?: unknown): never => {
    unexpected ??= new UnexpectedCallError(fake, { call: taken + 1, expected }, cause);
    throw unexpected;
  };
  return {
    take: (accepts) => {
      const step = queue[taken];
      if (step === undefined) return refuse('none, the script is used up');
      if (!verdict(() => accepts(step), refuse)) refuse('one that the step accepts');
      taken += 1;
      return step;
    },
    assertConsumed: () => {
      if (unexpected !== undefined) throw unexpected;
      if (taken < queue.length) throw new UnconsumedStepsError(fake, taken, queue.length);
    },
  };
}

/** Holds a matcher against a call, whose text is `text`. No matcher accepts every call. */
export function matches<Call>(
  matcher: Matcher<Call> | undefined,
  call: Call,
  text: string,
): boolean {
  if (matcher === undefined) return true;
  if (typeof matcher === 'string') return text.includes(matcher);
  // A pattern with a memory (flag g) would answer differently the second time.
  if (matcher instanceof RegExp) return text.search(matcher) >= 0;
  return matcher(call);
}

/** Waits until `signal` aborts, and rejects with its reason. */
export function hangUntilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal === undefined) return;
    const stop = (): void => {
      reject(abortReason(signal));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** The reason of an aborted signal, as an error. */
export function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new DOMException('Aborted.', 'AbortError');
}

function verdict(ask: () => boolean, refuse: (expected: string, cause: unknown) => never): boolean {
  try {
    return ask();
  } catch (error) {
    return refuse('one that the step accepts', error);
  }
}
