import { randomBytes } from 'node:crypto';

const DIGITS = 16;
const RANDOM_BYTES = 8;
const OURS = /^(\d{16})\.[0-9a-f]{16}$/;

/**
 * Gives the version that follows `current`: a counter of 16 digits and 8 random bytes, so that two branches of a thread
 * never give one version to two values. It is greater than `current` in every order: numeric by its counter, and as text.
 *
 * @param current - A version of ours, or the whole number that another saver gave.
 */
export function nextVersion(current: unknown): string {
  const next = String(counterOf(current) + 1).padStart(DIGITS, '0');
  return `${next}.${randomHex()}`;
}

/** Tells whether `version` stands for one value alone, wherever it is met. */
export function isUniqueVersion(version: unknown): version is string {
  return typeof version === 'string' && OURS.test(version);
}

let pool = Buffer.alloc(0);

/** Gives 8 random bytes, each used once; asking the system for many at a time costs as much as asking for 8. */
function randomHex(): string {
  if (pool.length < RANDOM_BYTES) pool = randomBytes(RANDOM_BYTES * 512);
  const hex = pool.subarray(0, RANDOM_BYTES).toString('hex');
  pool = pool.subarray(RANDOM_BYTES);
  return hex;
}

function counterOf(version: unknown): number {
  if (typeof version === 'number') return Math.floor(version);
  return typeof version === 'string' ? Number.parseInt(version, 10) || 0 : 0;
}
