/** For how long what comes in counts as one and the same event, in milliseconds. */
const TOGETHER_MS = 100;

/**
 * Gives a judge of errors that says yes once to those that come in together. ioredis ends a connection at each yes, and
 * would wait for its end as often as there were commands under way on it.
 *
 * @param isReason - Whether an error is a reason to connect anew.
 * @param nowMs - Milliseconds that only grow.
 */
export function onceTogether(
  isReason: (error: Error) => boolean,
  nowMs: () => number = () => performance.now(),
): (error: Error) => boolean {
  let untilMs = -Infinity;
  return (error) => {
    const atMs = nowMs();
    if (atMs < untilMs || !isReason(error)) return false;
    untilMs = atMs + TOGETHER_MS;
    return true;
  };
}
