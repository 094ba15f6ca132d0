import { randomBytes } from 'node:crypto';

const DIGITS = 16;
const OURS = /^(\d{16})\.[0-9a-f]{16}$/;

/**
 * Gives the version that follows `current`: a counter of 16 digits and 8 random bytes, so that two branches of a thread
 * never give one version to two values. It is greater than `current` in every order: numeric by its counter, and as text.
 *
 * @param current - A version of ours, or the whole number that another saver gave.
 */
export function nextVersion(current: unknown): string {
  const next = String(counterOf(current) + 1).padStart(DIGITS, '0');
  return `${next}.${randomBytes(8).toString('hex')}`;
}

/** Tells whether `version` stands for one value alone, wherever it is met. */
export function isUniqueVersion(version: unknown): version is string {
  return typeof version === 'string' && OURS.test(version);
}

function counterOf(version: unknown): number {
  if (typeof version === 'number') return Math.floor(version);
  return typeof version === 'string' ? Number.parseInt(version, 10) || 0 : 0;
}
