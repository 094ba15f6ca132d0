import { randomUUID } from 'node:crypto';

import type { Facts } from './facts.ts';

/** Where the time comes from. */
export interface Clock {
  /** The instant now, ISO-8601 UTC with milliseconds. */
  now(): string;
  /** Milliseconds that only grow, for durations. */
  monotonicMs(): number;
}

/** Where identifiers come from. */
export interface Ids {
  /** A new identifier that cannot be guessed. */
  next(): string;
}

/** A log that takes an event's name and Facts only, so that no user text gets in. */
export interface Logger {
  debug(event: string, facts?: Facts): void;
  info(event: string, facts?: Facts): void;
  warn(event: string, facts?: Facts): void;
  error(event: string, facts?: Facts): void;
  /** A logger that adds `facts` to every line. */
  child(facts: Facts): Logger;
}

/** The text of the millisecond that was asked for last; many things happen in one. */
let last = { ms: 0, text: new Date(0).toISOString() };

function textOf(ms: number): string {
  if (ms !== last.ms) last = { ms, text: new Date(ms).toISOString() };
  return last.text;
}

/** The machine's clock. */
export const systemClock: Clock = Object.freeze({
  now: () => textOf(Date.now()),
  monotonicMs: () => performance.now(),
});

/** Random UUIDs (version 4). */
export const randomIds: Ids = Object.freeze({ next: () => randomUUID() });

/** A logger that keeps nothing. */
export const silentLogger: Logger = Object.freeze({
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLogger,
});
