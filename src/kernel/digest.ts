import { hash } from 'node:crypto';

import { canonicalJson } from './canonical-json.ts';
import { isDeepFrozen, keepDigest, keptDigest } from './deep-frozen.ts';

/**
 * Gives the SHA-256 of the canonical text of `value`: 64 lowercase hex digits.
 * Digests of what {@link frozenJson} or {@link deepFrozen} froze are remembered.
 *
 * @throws {@link NotJsonError} if `value` is not JSON.
 * @see FIPS 180-4 (SHA-256), RFC 8785 (canonical JSON)
 */
export function digestOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || !isDeepFrozen(value)) return sha256(value);
  const known = keptDigest(value);
  if (known !== undefined) return known;
  const digest = sha256(value);
  keepDigest(value, digest);
  return digest;
}

function sha256(value: unknown): string {
  return hash('sha256', canonicalJson(value), 'hex');
}
