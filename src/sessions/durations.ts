import { InvalidSessionError } from './errors.ts';

export const DAY_MS = 86_400_000;
const LONGEST_MS = 10 * 365 * DAY_MS;

/** Gives a whole number of milliseconds from `least` to ten years. @throws {@link InvalidSessionError} */
export function durationOf(name: string, value: number, least: number): number {
  const fits = Number.isSafeInteger(value) && value >= least && value <= LONGEST_MS;
  if (!fits) throw new InvalidSessionError(`${name} is not a whole number from ${least}`);
  return value;
}
