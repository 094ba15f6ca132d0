import { setTimeout as sleep } from 'node:timers/promises';

import { isPhasegateError, systemClock, type Clock } from '../../../../kernel/index.ts';
import type { HostRequest, HostResponse, PluginHost } from '../../../contract/index.ts';

/** When a request is sent again, and how often requests are sent at all. */
export interface CarePolicy {
  /** Attempts for one request, the first one included. */
  readonly maxAttempts: number;
  /** The wait before the second attempt; it doubles with each one. */
  readonly firstWaitMs: number;
  /** No wait is longer, also where the other side asks for more. */
  readonly maxWaitMs: number;
  /** Requests in a second; bursts of as many are let through. */
  readonly perSecond: number;
}

/** Time, for tests that have none to wait. */
export interface CareTime {
  readonly clock: Pick<Clock, 'now' | 'monotonicMs'>;
  readonly wait: (ms: number) => Promise<unknown>;
}

/** What came back, and how many attempts it took. */
export interface CarefulResponse {
  readonly response: HostResponse;
  readonly attempts: number;
}

/** Sends requests at a bounded rate, and again where that is safe. */
export interface CarefulSender {
  /**
   * @param repeatable - Whether the request may be sent twice: it changes nothing, or carries a key by which the other side
   * knows it again. One that is not is sent once, whatever comes back.
   */
  send(host: PluginHost, request: HostRequest, repeatable: boolean): Promise<CarefulResponse>;
}

export const DEFAULT_CARE: CarePolicy = Object.freeze({
  maxAttempts: 3,
  firstWaitMs: 200,
  maxWaitMs: 2000,
  perSecond: 10,
});

const SYSTEM_TIME: CareTime = { clock: systemClock, wait: (ms) => sleep(ms) };
/** Answers after which another attempt may go better: RFC 6585 (429), RFC 9110 (the others). */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Opens a sender; its rate holds for everything that is sent through it. */
export function createCarefulSender(
  policy: CarePolicy = DEFAULT_CARE,
  time: CareTime = SYSTEM_TIME,
): CarefulSender {
  const bucket = createBucket(policy.perSecond, time);
  return {
    send: async (host, request, repeatable) => {
      const attempts = repeatable ? policy.maxAttempts : 1;
      for (let attempt = 1; ; attempt++) {
        // Each attempt depends on how the one before it ended.
        // oxlint-disable no-await-in-loop
        await bucket.take();
        const response = await attemptOnce(host, request, attempt === attempts);
        if (response !== undefined && (!PASSING.has(response.status) || attempt === attempts))
          return { response, attempts: attempt };
        await time.wait(waitBefore(attempt, policy, { response, now: time.clock.now() }));
        // oxlint-enable no-await-in-loop
      }
    },
  };
}

/** Gives the answer; undefined for a request that failed on its way and may be tried again. */
async function attemptOnce(
  host: PluginHost,
  request: HostRequest,
  last: boolean,
): Promise<HostResponse | undefined> {
  try {
    return await host.fetch(request);
  } catch (error) {
    // What is denied stays denied; only what failed on the network may go better.
    if (last || !isPhasegateError(error) || error.code !== 'PLUGINS_HOST_FAILED') throw error;
    return undefined;
  }
}

function waitBefore(
  attempt: number,
  { firstWaitMs, maxWaitMs }: CarePolicy,
  { response, now }: { readonly response: HostResponse | undefined; readonly now: string },
): number {
  const asked = retryAfterMs(response?.headers['retry-after'], now);
  const doubled = firstWaitMs * 2 ** (attempt - 1);
  return Math.min(maxWaitMs, Math.max(doubled, asked));
}

/** RFC 9110, 10.2.3: a number of seconds, or a date. */
function retryAfterMs(header: string | undefined, now: string): number {
  if (header === undefined) return 0;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? 0 : Math.max(0, at - Date.parse(now));
}

/** Tokens that come back with time; who finds none waits for the next. */
function createBucket(perSecond: number, { clock, wait }: CareTime): { take(): Promise<void> } {
  let tokens = perSecond;
  let filledAtMs = clock.monotonicMs();
  return {
    take: async () => {
      const nowMs = clock.monotonicMs();
      tokens = Math.min(perSecond, tokens + ((nowMs - filledAtMs) * perSecond) / 1000);
      filledAtMs = nowMs;
      // Taken before the wait, so that who comes next waits behind.
      tokens -= 1;
      if (tokens < 0) await wait(Math.ceil((-tokens * 1000) / perSecond));
    },
  };
}
