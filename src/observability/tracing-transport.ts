import { joinSignals, type Facts, type Logger } from '../kernel/index.ts';
import { errorFacts } from './error-facts.ts';

const FAILURES_UNTIL_PAUSE = 3;
const PAUSE_MS = 30_000;

/** The way to LangSmith: it never throws, never waits for long, and gives up for a while when nobody answers. */
export interface TracingTransport {
  readonly fetch: typeof fetch;
  /** Ends what is under way and drops what comes within the next half minute. */
  abandon(): void;
}

/**
 * Gives a `fetch` for the LangSmith client. A request that fails is logged and answered as if it had been taken: the
 * client would retry for minutes otherwise, and print raw errors. Only 404 passes through, by which the client learns
 * that a server is older.
 */
export function createTracingTransport(requestTimeoutMs: number, logger: Logger): TracingTransport {
  let failures = 0;
  let pausedUntil = 0;
  let ongoing = new AbortController();
  const isPaused = (): boolean => performance.now() < pausedUntil;
  const pause = (): void => {
    failures = 0;
    pausedUntil = performance.now() + PAUSE_MS;
  };
  const fail = (facts: Facts): Response => {
    if (isPaused()) return taken();
    failures += 1;
    logger.warn('tracing-failed', facts);
    if (failures < FAILURES_UNTIL_PAUSE) return taken();
    pause();
    logger.warn('tracing-paused', { delayMs: PAUSE_MS });
    return taken();
  };
  const send: typeof fetch = async (input, init) => {
    if (isPaused()) return taken();
    using deadline = joinSignals([ongoing.signal], requestTimeoutMs);
    const { signal } = deadline;
    try {
      // Redirects are refused, because they would carry the key to another host.
      const response = await fetch(input, { ...init, signal, redirect: 'error' });
      const body = await response.text();
      if (!response.ok && response.status !== 404) return fail({ httpStatus: response.status });
      failures = 0;
      return new Response(body === '' ? null : body, { status: response.status });
    } catch (error) {
      return fail(errorFacts(error));
    }
  };
  const abandon = (): void => {
    pause();
    ongoing.abort();
    ongoing = new AbortController();
  };
  return { fetch: send, abandon };
}

/** The answer of a server that took a request. */
export function taken(): Response {
  return Response.json({}, { status: 202 });
}
