import { LONGEST_TIMER_MS } from '../kernel/index.ts';
import { InvalidSessionError } from './errors.ts';

export const DAY_MS = 86_400_000;
const LONGEST_MS = 10 * 365 * DAY_MS;

interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** Gives a whole number of milliseconds from `least` to ten years. @throws {@link InvalidSessionError} */
export function durationOf(name: string, value: number, least: number): number {
  return held(name, value, { least, most: LONGEST_MS });
}

/** The same for one that a timer waits for, 2^31 - 1 at most. @throws {@link InvalidSessionError} */
export function timerOf(name: string, value: number, least: number): number {
  return held(name, value, { least, most: LONGEST_TIMER_MS });
}

function held(name: string, value: number, { least, most }: Bounds): number {
  const fits = Number.isSafeInteger(value) && value >= least && value <= most;
  if (!fits)
    throw new InvalidSessionError(`${name} is not a whole number from ${least} to ${most}`);
  return value;
}
