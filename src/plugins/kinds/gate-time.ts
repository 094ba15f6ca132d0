import { MAX_THREAD_WAIT_MS, type Limits } from '../contract/index.ts';

/** A runtime ends a call before a gate gives it up, and says why. */
const GRACE_MS = 500;
/** A plugin that is not there yet is loaded and initialized before it is called. */
const STEPS = 3;

/**
 * Gives the milliseconds after which a gate gives a call of a plugin up. A runtime counts the plugin's time from when it has a thread, and
 * bounds the wait for one apart; this is for a runtime that ends neither.
 */
export function gateTimeOf({ wallMs }: Limits): number {
  return STEPS * (MAX_THREAD_WAIT_MS + wallMs) + GRACE_MS;
}
