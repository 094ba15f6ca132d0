import { createHash, hash, randomBytes, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 32;
const TOKEN_LENGTH = 43;

/** Makes a token: 256 random bits, base64url. It exists outside the caller's hands only until it is returned. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/**
 * Gives the id of a token's session. What cannot be a token is hashed and looked up like any other: it is nobody's preimage,
 * and of a longer text no more is hashed than makes it longer.
 */
export function idOf(token: unknown): string {
  const text = typeof token === 'string' ? token.slice(0, TOKEN_LENGTH + 1) : '';
  return hash('sha256', text, 'base64url');
}

/** Compares two texts in a time that depends on neither. */
export function equalInConstantTime(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
