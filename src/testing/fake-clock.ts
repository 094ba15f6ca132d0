import type { Clock } from '../kernel/index.ts';

/** A clock that stands until it is moved. */
export interface FakeClock extends Clock {
  /** Moves both times on. @param ms - Milliseconds, not negative. */
  advance(ms: number): void;
}

/**
 * Makes a clock for tests.
 *
 * @param start - ISO-8601; where `now()` begins. `monotonicMs()` begins at 0.
 * @throws RangeError if `start` is no instant, or `advance` is given a negative or no number.
 */
export function fakeClock(start = '2026-01-01T00:00:00.000Z'): FakeClock {
  const startMs = Date.parse(start);
  if (Number.isNaN(startMs)) throw new RangeError(`Expected an ISO-8601 instant, got "${start}".`);
  let passedMs = 0;
  return {
    now: () => new Date(startMs + passedMs).toISOString(),
    monotonicMs: () => passedMs,
    advance: (ms) => {
      if (!(ms >= 0)) throw new RangeError(`Expected milliseconds from 0, got ${ms}.`);
      passedMs += ms;
    },
  };
}
